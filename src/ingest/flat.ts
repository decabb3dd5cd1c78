import type { Value } from '../core/frame.ts';
import type { Contradiction } from '../core/files.ts';
import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { categorySql } from './category.ts';
import { SHOWN, withExamples } from './contradictions.ts';
import type { EntityColumn, EntityContext } from './entities.ts';
import { entityColumns } from './entities.ts';
import type { Lookup } from './ids.ts';
import type { FilePlan } from './plan.ts';
import { makeChanges, makePast, newest, NO_TIME } from './past.ts';
import { col } from './plan.ts';
import { tablesOf } from './role-words.ts';

/** A column belongs to users (products) if so many of those with at least two known rows have one value. */
const ONE_VALUE = 0.98;
/** Columns that clearly vary are dropped by a look at the first rows. */
const LOOK_ROWS = 200_000;
const LOOK_SHARE = 0.8;
/** What a product is called is what its rows say most often. */
const MOST_FREQUENT: readonly Role[] = ['name', 'category', 'brand', 'style'];

const KEY = { users: ['u', 'user_id'], products: ['p', 'product_id'] } as const;
type Table = keyof typeof KEY;

/**
 * Users or products out of files of events (definitions, section 2: flat exports): one row per id met; columns with one known value for 98 % of
 * those with at least two rows, and all columns that mean something of a user or product alone. Value: the last known by (ts, row), with what it was before
 * in z.n_<table>_past (`past` names those columns); name, category, brand and style of products: the most frequent, ties the latest.
 */
export async function makeFlat(
  engine: Engine,
  table: Table,
  files: readonly FilePlan[],
  c: EntityContext,
): Promise<{ columns: EntityColumn[]; differ: Contradiction[]; past: string[] }> {
  const [key, role] = KEY[table];
  const kept: EntityColumn[] = [];
  const differ: Contradiction[] = [];
  for (const x of await entityColumns(engine, table, files, c)) {
    if (x.name === 'price' || (x.role === null && [...x.sources.values()].every((s) => s.facts.distinct < 2))) continue;
    const made = await flatColumn(engine, table, files, x, c, kept.length);
    if (made) kept.push(x);
    if (made) differ.push(...made);
  }
  const joins = kept.map((_, i) => `LEFT JOIN temp.flat_${i} f${i} ON f${i}.k = d.${key}`).join(' ');
  const values = kept.map((x, i) => `, f${i}.v AS ${ident(x.name).text}`).join('');
  const any = files.some((f) => col(f, role) || (table === 'products' && f.mapping.shape === 'baskets'));
  await engine.exec(
    `CREATE OR REPLACE TABLE z.n_${table} AS SELECT d.${key}${values} FROM (SELECT DISTINCT ${key} FROM z.n_events WHERE ${any ? `${key} IS NOT NULL` : 'false'}) d ${joins} ORDER BY d.${key}`,
    c.opts,
  );
  for (let i = 0; i < kept.length; i++) await engine.exec(`DROP TABLE temp.flat_${i}`, c.opts);
  const moving = kept.flatMap((x, place) => (byFrequency(table, x) ? [] : [{ name: x.name, place }]));
  return { columns: kept, differ, past: await makePast(engine, table, key, moving, c.opts) };
}

const byFrequency = (table: Table, x: EntityColumn): boolean => table === 'products' && x.role !== null && MOST_FREQUENT.includes(x.role);

/** Makes temp.flat_<place>(k, v), and the changes of it, if the column belongs to the table, and says where its rows do not agree; null if it does not. */
async function flatColumn(
  engine: Engine,
  table: Table,
  files: readonly FilePlan[],
  x: EntityColumn,
  c: EntityContext,
  place: number,
): Promise<Contradiction[] | null> {
  const [key, role] = KEY[table];
  const always = x.role !== null && x.role !== 'label' && tablesOf(x.role).filter((t) => t !== 'outcomes').length === 1;
  const value = async (f: FilePlan): Promise<string> => (x.role === 'category' ? categorySql(engine, f, c.opts) : x.of(x.sources.get(f)!));
  const sources: { file: FilePlan; v: string; id: Lookup }[] = [];
  for (const file of files) {
    const id = col(file, role);
    if (id && x.sources.has(file)) sources.push({ file, v: await value(file), id: c.dictionary.lookup(id, 'i') });
  }
  if (sources.length === 0) return null;
  const grouped = (limit: string): string =>
    `SELECT k, v, CAST(sum(n) AS BIGINT) AS n FROM (${sources
      .map(
        (s) =>
          `SELECT ${s.id.ordinal} AS k, ${s.v} AS v, count(*) AS n FROM (SELECT * FROM ${s.file.table} ${limit}) f ${s.file.join} ${s.id.join} GROUP BY 1, 2`,
      )
      .join(' UNION ALL ')}) WHERE k IS NOT NULL GROUP BY k, v`;
  const known = (groups: string): string => `(SELECT * FROM ${groups} WHERE v IS NOT NULL)`;
  const values = known('temp.flat_groups');
  const many = files.reduce((n, f) => n + f.facts.rows, 0) > 2 * LOOK_ROWS;
  if (!always && many && (await oneValue(engine, known(`(${grouped(`LIMIT ${LOOK_ROWS}`)})`), c.opts)) < LOOK_SHARE) return null;
  await engine.exec(`CREATE OR REPLACE TEMP TABLE flat_groups AS ${grouped('')}`, c.opts);
  if (!always && (await oneValue(engine, values, c.opts)) < ONE_VALUE) return null;
  const most = byFrequency(table, x);
  const best = most ? `SELECT k, v FROM ${values} QUALIFY n = max(n) OVER (PARTITION BY k)` : `SELECT k, v FROM ${values}`;
  await engine.exec(`CREATE OR REPLACE TEMP TABLE flat_open AS SELECT * FROM (${best}) QUALIFY count(*) OVER (PARTITION BY k) > 1`, c.opts);
  // One value that some rows do not tell may have been unknown at first.
  const gaps = ' UNION SELECT k FROM temp.flat_groups GROUP BY k HAVING count(v) = 1 AND count(*) > 1';
  await engine.exec(`CREATE OR REPLACE TEMP TABLE flat_watched AS SELECT DISTINCT k FROM temp.flat_open${most ? '' : gaps}`, c.opts);
  const seen = sources
    .map(
      (s) =>
        `SELECT ${s.id.ordinal} AS k, ${s.v} AS v, ${s.file.src} AS src, f.line AS line FROM ${s.file.table} f ${s.file.join} ${s.id.join} WHERE ${s.id.ordinal} IN (SELECT k FROM temp.flat_watched) AND ${s.v} IS NOT NULL`,
    )
    .join(' UNION ALL ');
  if (!most) await makeChanges(engine, key, seen, place, c.opts);
  const latest = most
    ? `SELECT r.k, arg_max(r.v, (coalesce(e.ts, ${NO_TIME}), e.row)) AS v FROM (${seen}) r JOIN (FROM z.n_events WHERE ${key} IN (SELECT k FROM temp.flat_open)) e ON e.src = r.src AND e.line = r.line ` +
      `JOIN temp.flat_open o ON o.k = r.k AND o.v = r.v GROUP BY r.k`
    : `SELECT * FROM (${newest(place)}) WHERE k IN (SELECT k FROM temp.flat_open)`;
  await engine.exec(
    `CREATE OR REPLACE TEMP TABLE flat_${place} AS SELECT k, v FROM (${best}) WHERE k NOT IN (SELECT k FROM temp.flat_open) UNION ALL ${latest}`,
    c.opts,
  );
  const bad = `SELECT k FROM ${values} GROUP BY k HAVING count(*) > 1`;
  const n = await engine.query(`SELECT count(*) FROM (${bad})`, c.opts);
  const few = `(SELECT ${key} AS k, ${role} AS id FROM ${c.dictionary.table} WHERE ${key} IN (SELECT k FROM (${bad}) ORDER BY k LIMIT ${SHOWN})) d`;
  const rows = sources
    .map(
      (s) =>
        `SELECT d.k, CAST(${s.v} AS VARCHAR) AS v, ${s.file.src} AS src, f.line AS line FROM ${s.file.table} f ${s.file.join} JOIN ${few} ON d.id = ${s.id.text} WHERE ${s.v} IS NOT NULL`,
    )
    .join(' UNION ALL ');
  const doubtful = {
    table,
    column: x,
    n: Number((n.columns[0] as ArrayLike<Value>)[0]),
    takes: most ? 'most rows' : 'last dated',
    bad,
    rows,
  } as const;
  const differ = await withExamples(engine, [doubtful], c, files, () => `SELECT k, CAST(v AS VARCHAR) AS v FROM temp.flat_${place}`);
  await engine.exec('DROP TABLE temp.flat_groups; DROP TABLE temp.flat_open; DROP TABLE temp.flat_watched', c.opts);
  return differ;
}

/** Share of those with at least two known rows that have one value; 0 where nobody has two. */
async function oneValue(engine: Engine, grouped: string, opts?: QueryOptions): Promise<number> {
  const frame = await engine.query(
    `SELECT count(*) FILTER (rows >= 2 AND vals = 1) / nullif(count(*) FILTER (rows >= 2), 0) FROM (SELECT sum(n) AS rows, count(*) AS vals FROM ${grouped} GROUP BY k)`,
    opts,
  );
  return Number((frame.columns[0] as ArrayLike<Value>)[0] ?? 0);
}
