import type { Span } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import { ident, list, literal } from '../engine/sql.ts';
import { TABLE } from './context.ts';
import type { Family } from './operators.ts';
import { intervalSql } from './span.ts';
import type { TestParts } from './test.ts';

const COMPARE: Partial<Record<string, string>> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' };
/** A value to compare text with, trimmed as all text of the tables is. */
const textOf = (v: unknown): string => String(v).trim();
const dateSql = (v: unknown): string => `TIMESTAMP ${literal(String(v).replace('T', ' '))}`;

/**
 * A test on the expression x as SQL that is true or false, never null: a test on an unknown value is no.
 * Ranking tests need the tag's table and are made by `rankTest`.
 */
export function valueTest(x: string, family: Family, { op, value }: TestParts): string {
  if (op === 'known') return `(${x} IS ${value === true ? 'NOT ' : ''}NULL)`;
  const yes = (expr: string): string => `coalesce(${expr}, false)`;
  const values = Array.isArray(value) ? value : [value];
  if (family === 'boolean') {
    const bool = values[0] === true || values[0] === 'true';
    return yes(`${x} = ${literal(op === 'is' ? bool : !bool)}`);
  }
  const compare = COMPARE[op];
  if (compare) return yes(`${x} ${compare} ${literal(value as number)}`);
  switch (op) {
    case 'is':
      return yes(`${x} = ${literal(textOf(value))}`);
    case 'isNot':
      return yes(`${x} <> ${literal(textOf(value))}`);
    case 'in':
      return yes(`${x} IN ${list(values.map(textOf))}`);
    case 'notIn':
      return yes(`${x} NOT IN ${list(values.map(textOf))}`);
    case 'startsWith':
      return yes(`starts_with(${x}, ${literal(textOf(value))})`);
    case 'contains':
      return yes(`contains(${x}, ${literal(String(value))})`);
    case 'between':
      return yes(`${x} BETWEEN ${literal(values[0] as number)} AND ${literal(values[1] as number)}`);
    case 'before':
      return yes(`${x} < ${dateSql(value)}`);
    case 'after':
      return yes(`${x} >= ${dateSql(value)}`);
    case 'last':
      return yes(`${x} >= as_of() - ${intervalSql(value as Span)} AND ${x} < as_of()`);
    case 'older':
      return yes(`${x} < as_of() - ${intervalSql(value as Span)}`);
    case 'has':
      return yes(`list_contains(${x}, ${literal(textOf(value))})`);
    case 'hasAny':
      return yes(`list_has_any(${x}, ${literal(values.map(textOf))})`);
    case 'hasAll':
      return yes(`list_has_all(${x}, ${literal(values.map(textOf))})`);
    default:
      throw new Error(`${op} is not a test of one value`);
  }
}

/** Tests that rank the known members of the whole universe by a numeric tag: exactly N by value, then id; or mid-percentiles [lo, hi). */
export function rankTest(entity: Entity, tag: string, { op, value }: TestParts): string {
  const { table, key } = TABLE[entity];
  const x = ident(tag);
  const down = op === 'top' || op === 'topPercent' ? 'DESC' : 'ASC';
  const known = `FROM ${table} WHERE ${x} IS NOT NULL`;
  if (op === 'percentile') {
    const [lo, hi] = value as [number, number];
    // 100 · midpct with one division, so that whole percentiles are exact.
    const pct = `(2 * rank() OVER (ORDER BY ${x}) - 2 + count(*) OVER (PARTITION BY ${x})) * 50 / count(*) OVER ()`;
    return `t.${key} IN (SELECT ${key} FROM (SELECT ${key}, ${pct} AS pct ${known}) WHERE pct >= ${literal(lo)} AND pct < ${literal(hi)})`;
  }
  if (op === 'top' || op === 'bottom')
    return `t.${key} IN (SELECT ${key} ${known} ORDER BY ${x} ${down}, ${key} LIMIT ${Math.floor(value as number)})`;
  const rank = `row_number() OVER (ORDER BY ${x} ${down}, ${key}) AS r, count(*) OVER () AS n`;
  return `t.${key} IN (SELECT ${key} FROM (SELECT ${key}, ${rank} ${known}) WHERE r <= floor(n * ${literal(value as number)} / 100 + 0.5))`;
}
