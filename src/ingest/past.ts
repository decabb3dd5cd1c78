import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';

/** What sorts before every time. */
export const NO_TIME = "TIMESTAMP '-infinity'";
const past = (place: number): string => `temp.past_${place}`;

/**
 * Makes temp.past_<place>(k, utc, ts, row, v): the rows from which on a column of a flat export says something else of k than before, in order of (ts, row).
 * Of a k that says one thing from its first row on there are none. `seen`: SELECT of (k, v, src, line) with known v, of all k that may change.
 */
export async function makeChanges(engine: Engine, key: string, seen: string, place: number, opts?: QueryOptions): Promise<void> {
  const of = past(place);
  const events = `(FROM z.n_events WHERE ${key} IS NOT NULL)`;
  await engine.exec(
    `CREATE OR REPLACE TEMP TABLE past_${place} AS SELECT k, utc, ts, row, v FROM (
      SELECT r.k, r.v, e.utc, e.ts, e.row, lag(r.v) OVER (PARTITION BY r.k ORDER BY coalesce(e.ts, ${NO_TIME}), e.row) AS before
      FROM (${seen}) r JOIN ${events} e ON e.src = r.src AND e.line = r.line AND e.${key} = r.k
    ) WHERE v IS DISTINCT FROM before`,
    opts,
  );
  const first = `SELECT ${key} AS k, min(coalesce(utc, ${NO_TIME})) AS at FROM ${events} WHERE ${key} IN (SELECT k FROM ${of}) GROUP BY 1`;
  await engine.exec(
    `DELETE FROM ${of} WHERE k IN (SELECT k FROM (SELECT k, min(coalesce(utc, ${NO_TIME})) AS at FROM ${of} GROUP BY k HAVING count(*) = 1) p JOIN (${first}) e USING (k) WHERE p.at <= e.at)`,
    opts,
  );
}

/** The newest value of each k of temp.past_<place>: SELECT of (k, v). */
export const newest = (place: number): string => `SELECT k, arg_max(v, (coalesce(ts, ${NO_TIME}), row)) AS v FROM ${past(place)} GROUP BY k`;

/**
 * Puts the changes of all columns into z.n_<table>_past(<key>, utc, ts, row, <columns>), where a row tells what changed and is NULL in all else, and takes
 * the temporary tables away. Answers the columns that change; with none there is no table.
 */
export async function makePast(
  engine: Engine,
  table: string,
  key: string,
  columns: readonly { name: string; place: number }[],
  opts?: QueryOptions,
): Promise<string[]> {
  const changing: (typeof columns)[number][] = [];
  for (const c of columns) {
    const n = await engine.query(`SELECT count(*) FROM ${past(c.place)}`, opts);
    if (Number(n.columns[0]![0]) > 0) changing.push(c);
  }
  if (changing.length > 0) {
    const parts = changing.map((c) => `SELECT k AS ${key}, utc, ts, row, v AS ${ident(c.name)} FROM ${past(c.place)}`);
    await engine.exec(`CREATE OR REPLACE TABLE z.n_${table}_past AS SELECT * FROM (${parts.join(' UNION ALL BY NAME ')}) ORDER BY ${key}, row`, opts);
  }
  for (const c of columns) await engine.exec(`DROP TABLE IF EXISTS ${past(c.place)}`, opts);
  return changing.map((c) => c.name);
}
