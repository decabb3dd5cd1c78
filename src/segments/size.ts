import { rows } from '../core/frame.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { entityOf, TABLE, tagOf, type RuleContext } from './context.ts';
import { membersSql } from './sql.ts';
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

/** Listed ids that are not in the universe: how many, and the first of them, so that every id is accounted for. */
export async function strangersOf(
  engine: Engine,
  ids: readonly string[],
  entity: 'user' | 'product',
  show = 20,
): Promise<{ listed: number; found: number; missing: string[] }> {
  const { table, id } = TABLE[entity];
  const listed = [...new Set(ids.map((v) => v.trim()))];
  const frame = await engine.query(`SELECT i FROM (SELECT unnest(${literal(listed)}) AS i) WHERE i NOT IN (SELECT ${id} FROM ${table}) ORDER BY i`);
  return { listed: listed.length, found: listed.length - frame.n, missing: Array.from(frame.columns[0]!, String).slice(0, show) };
}
