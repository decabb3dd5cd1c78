import { rows } from '../core/frame.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { entityOf, TABLE, type RuleContext } from './context.ts';
import { membersSql } from './sql.ts';
import { problemsOf } from './validate.ts';

export interface Overlap {
  a: number;
  b: number;
  both: number;
  onlyA: number;
  onlyB: number;
  neither: number;
}

/** How two segments of one entity share their members, in one query. */
export async function overlap(engine: Engine, a: SegmentRef, b: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<Overlap> {
  const { table, key } = TABLE[entityOf(a)];
  const flags = `t.${key} IN (${membersSql(a, ctx)}) AS a, t.${key} IN (${membersSql(b, ctx)}) AS b`;
  const counts =
    'count(*) FILTER (a) AS a, count(*) FILTER (b) AS b, count(*) FILTER (a AND b) AS "both", count(*) FILTER (a AND NOT b) AS "onlyA", count(*) FILTER (b AND NOT a) AS "onlyB", count(*) FILTER (NOT a AND NOT b) AS neither';
  return rows<Overlap>(await engine.query(`SELECT ${counts} FROM (SELECT ${flags} FROM ${table} t)`, opts))[0]!;
}

/** Members that a rule shares with each of the given segments, in their order; null for those that cannot be counted (a mistake in them, another entity). */
export async function overlaps(
  engine: Engine,
  ref: SegmentRef,
  others: Segment[],
  ctx: RuleContext,
  opts: QueryOptions = {},
): Promise<({ id: string; n: number; both: number } | null)[]> {
  const entity = entityOf(ref);
  const { table, key } = TABLE[entity];
  const usable = others.map((s) => entityOf(s) === entity && problemsOf(s, ctx).length === 0);
  const own = `t.${key} IN (${membersSql(ref, ctx)}) AS own`;
  const flags = others.flatMap((s, i) => (usable[i] ? [`t.${key} IN (${membersSql(s, ctx)}) AS f${i}`] : []));
  const counts = others.flatMap((_, i) => (usable[i] ? [`count(*) FILTER (f${i}) AS n${i}, count(*) FILTER (own AND f${i}) AS b${i}`] : []));
  if (counts.length === 0) return others.map(() => null);
  const row = rows<Record<string, number>>(
    await engine.query(`SELECT ${counts.join(', ')} FROM (SELECT ${[own, ...flags].join(', ')} FROM ${table} t)`, opts),
  )[0]!;
  return others.map((s, i) => (usable[i] ? { id: s.id, n: row[`n${i}`]!, both: row[`b${i}`]! } : null));
}
