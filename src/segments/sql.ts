import type { SegmentRef } from '../core/profile.ts';
import type { Limit, Rule, Test } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import { ident, literal } from '../engine/sql.ts';
import { entityOf, segmentOf, TABLE, tagOf, type RuleContext } from './context.ts';
import { didSql } from './did-sql.ts';
import { idsExpr } from './id-list.ts';
import { familyOf } from './operators.ts';
import { sequenceSql } from './sequence-sql.ts';
import { testOf } from './test.ts';
import { rankTest, valueTest } from './test-sql.ts';
import { validate } from './validate.ts';

const RANKS = new Set(['top', 'bottom', 'topPercent', 'bottomPercent', 'percentile']);

/**
 * A rule or segment (with its limit) as a SELECT of its members' ordinals: `u`, for products `p`. Throws what `validate` throws.
 */
export function membersSql(ref: SegmentRef, ctx: RuleContext): string {
  validate(ref, ctx);
  return selectSql(ref, ctx);
}

function selectSql(ref: SegmentRef, ctx: RuleContext): string {
  const entity = entityOf(ref);
  const { table, key } = TABLE[entity];
  return `SELECT t.${key} FROM ${table} t WHERE ${ruleExpr(ref.rule, ctx, entity)}${'limit' in ref && ref.limit ? limitSql(ref.limit, entity) : ''}`;
}

function limitSql(limit: Limit, entity: Entity): string {
  const { key, id } = TABLE[entity];
  if ('top' in limit)
    return ` ORDER BY t.${ident(limit.by)} ${limit.dir === 'asc' ? 'ASC' : 'DESC'} NULLS LAST, t.${key} LIMIT ${Math.floor(limit.top)}`;
  return ` ORDER BY md5(concat(${literal(`${limit.seed}:`)}, t.${id})), t.${key} LIMIT ${Math.floor(limit.sample)}`;
}

/** A valid rule as a two-valued condition on `t`, one row of user_tags (product_tags). */
export function ruleExpr(rule: Rule, ctx: RuleContext, entity: Entity = 'user'): string {
  const { key, id } = TABLE[entity];
  if ('all' in rule) return rule.all.length ? `(${rule.all.map((r) => ruleExpr(r, ctx, entity)).join(' AND ')})` : 'true';
  if ('any' in rule) return rule.any.length ? `(${rule.any.map((r) => ruleExpr(r, ctx, entity)).join(' OR ')})` : 'false';
  if ('not' in rule) return `(NOT ${ruleExpr(rule.not, ctx, entity)})`;
  if ('segment' in rule) {
    const segment = segmentOf(ctx, rule.segment)!;
    // Without a limit the segment is its rule: one scan instead of two.
    return segment.limit ? `t.${key} IN (${selectSql(segment, ctx)})` : ruleExpr(segment.rule, ctx, entity);
  }
  if ('ids' in rule) return idsExpr(rule.ids, ctx.lists, entity);
  if ('sample' in rule) return sampleSql(rule.sample.percent, rule.sample.seed, `t.${id}`);
  if ('tag' in rule) {
    const test = testOf(rule as Test);
    if (RANKS.has(test.op)) return rankTest(entity, rule.tag, test);
    return valueTest(`t.${ident(rule.tag)}`, familyOf(tagOf(ctx, entity, rule.tag)!.type), test);
  }
  if ('did' in rule) return didSql(rule.did, ctx);
  if ('didNot' in rule) return `(NOT ${didSql(rule.didNot, ctx)})`;
  return sequenceSql(rule, ctx);
}

/** The same members each time: the first 32 bits of md5(seed ":" id), as hex, below percent of 2^32. */
function sampleSql(percent: number, seed: string, id: string): string {
  const limit = Math.floor((percent / 100) * 2 ** 32);
  if (limit >= 2 ** 32) return 'true';
  return `substr(md5(concat(${literal(`${seed}:`)}, ${id})), 1, 8) < ${literal(limit.toString(16).padStart(8, '0'))}`;
}
