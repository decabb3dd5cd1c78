import type { Test, Where } from '../core/rule.ts';
import { ident, list } from '../engine/sql.ts';
import { whereColumn, type RuleContext } from './context.ts';
import { familyOf } from './operators.ts';
import { testOf } from './test.ts';
import { valueTest } from './test-sql.ts';

/** Condition on one event row `e`, two-valued: all of the tests hold on that same row. Columns of its product by a semi-join, so that events alone are scanned. */
export function whereSql(where: readonly Where[], ctx: RuleContext): string {
  return where.map((w) => one(w, ctx)).join(' AND ');
}

function one(where: Where, ctx: RuleContext): string {
  if ('any' in where) return where.any.length ? `(${where.any.map((w) => one(w, ctx)).join(' OR ')})` : 'false';
  if ('not' in where) return `NOT ${one(where.not, ctx)}`;
  const column = whereColumn(ctx, where.col)!;
  const test = testOf(where as Test);
  if (column.of === 'id') return productId(where.col, test);
  const family = familyOf(column.column.type);
  if (column.of === 'event') return valueTest(`e.${ident(where.col)}`, family, test);
  const matches = valueTest(`g.${ident(where.col)}`, family, test);
  // An event without a product knows nothing of the product's columns, as if they were unknown.
  if (test.op === 'known' && test.value === false)
    return `coalesce(e.p NOT IN (SELECT g.p FROM product_base g WHERE g.${ident(where.col)} IS NOT NULL), true)`;
  return `coalesce(e.p IN (SELECT g.p FROM product_base g WHERE ${matches}), false)`;
}

function productId(col: string, test: ReturnType<typeof testOf>): string {
  if (test.op === 'known') return `(e.p IS ${test.value === true ? 'NOT ' : ''}NULL)`;
  if (test.op === 'is' || test.op === 'in') {
    const ids = (Array.isArray(test.value) ? test.value : [test.value]).map((v) => String(v).trim());
    return `coalesce(e.p IN (SELECT p FROM product_ids WHERE product_id IN ${list(ids)}), false)`;
  }
  return `coalesce(e.p IN (SELECT p FROM product_ids x WHERE ${valueTest(`x.${ident(col)}`, 'text', test)}), false)`;
}
