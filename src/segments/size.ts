import { rows } from '../core/frame.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Rule } from '../core/rule.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { entityOf, TABLE, tagOf, type RuleContext } from './context.ts';
import { membersSql, ruleExpr } from './sql.ts';
import { validate } from './validate.ts';
import { words } from './words.ts';

/** Members of a rule or segment. `revenue`: their gross purchases (products: revenue), null where no money is known; `sql` gives the members. */
export interface SegmentSize {
  n: number;
  universe: number;
  revenue: number | null;
  ms: number;
  words: string;
  sql: string;
}

/** Members of each rule, in one query. Throws what `validate` throws. */
export async function sizesOf(engine: Engine, rules: readonly Rule[], ctx: RuleContext, opts: QueryOptions = {}): Promise<number[]> {
  if (rules.length === 0) return [];
  for (const rule of rules) validate({ rule }, ctx);
  const flags = rules.map((rule, i) => `${ruleExpr(rule, ctx)} AS f${i}`).join(', ');
  const counts = rules.map((_, i) => `count(*) FILTER (f${i}) AS n${i}`).join(', ');
  const frame = await engine.query(`SELECT ${counts} FROM (SELECT ${flags} FROM ${TABLE.user.table} t)`, opts);
  return frame.columns.map((c) => Number(c[0]));
}

/** Counts members and their revenue in one query. Throws what `validate` throws. */
export async function sizeOf(engine: Engine, ref: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<SegmentSize> {
  const started = performance.now();
  const entity = entityOf(ref);
  const { table, key } = TABLE[entity];
  const sql = membersSql(ref, ctx);
  const money = entity === 'user' ? 'monetary' : 'revenue';
  const revenue = tagOf(ctx, entity, money) ? `round(fsum(${money}), 6)::DOUBLE` : 'NULL::DOUBLE';
  const frame = await engine.query(
    `SELECT count(*) AS n, ${revenue} AS revenue, (SELECT count(*) FROM ${table}) AS universe FROM ${table} WHERE ${key} IN (${sql})`,
    opts,
  );
  const row = rows<{ n: number; revenue: number | null; universe: number }>(frame)[0]!;
  const none = row.n === 0 && revenue !== 'NULL::DOUBLE' ? 0 : null;
  return { n: row.n, universe: row.universe, revenue: row.revenue ?? none, ms: performance.now() - started, words: words(ref, ctx), sql };
}
