import { TesseraError } from '../core/errors.ts';
import type { Engine, Kept, KeepOptions } from './engine.ts';
import { ident, join, literal, raw, sql, type Sql } from './sql.ts';

/** Attaching a damaged file can hang for good. */
const ATTACH_MS = 20_000;
/** Raw tables, which are spoken of as `z.f_…`; all others go by their bare names. */
const RAW = /^[fr]_/;

/** How a table is spoken of, wherever its rows are: raw tables in `z`, all others by their bare names, which are views. */
export const reachable = (table: string): Sql => (RAW.test(table) ? ident('z', table) : ident(table));

/** What there is to keep: every table of `z`, and of the kept database behind `p` what nothing has replaced. */
export async function keepable(engine: Engine): Promise<string[]> {
  const frame = await engine.query(
    `SELECT DISTINCT table_name FROM (
       SELECT table_name, table_catalog AS place FROM information_schema.tables WHERE table_catalog IN ('z', 'p')
     ) WHERE CASE WHEN regexp_matches(table_name, '${RAW.source}') THEN place = 'z' ELSE table_name IN (SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name NOT IN ('z', 'p')) END ORDER BY table_name`,
  );
  return Array.from(frame.columns[0]!, String);
}

/**
 * Writes tables, as `keepable` names them, as a DuckDB database file that is written once and then only read, types as they are, and compares rows and a checksum of every
 * table in the file with the source. In the tab `path` is in the browser's private file system, and a second engine writes it;
 * in Node it stands under out/ and is had by `take`. On an error or cancellation no file is left. STORE_FULL where there is no room,
 * STORE_DAMAGED where the file does not hold what was written.
 */
export async function writeDatabase(engine: Engine, tables: readonly string[], path: string, opts: KeepOptions = {}): Promise<Kept[]> {
  if (engine.writeDatabase) return engine.writeDatabase(tables, path, opts);
  const before = await checksums(engine, reachable, tables, opts);
  const of = before.reduce((sum, c) => sum + c.rows, 0);
  await engine.exec(sql`DETACH DATABASE IF EXISTS kept; ATTACH ${path} AS kept`.text);
  try {
    let rows = 0;
    for (const { table, rows: n } of before) {
      await engine.exec(sql`CREATE TABLE ${ident('kept', table)} AS SELECT * FROM ${reachable(table)}`.text, opts);
      opts.on?.((rows += n), of);
    }
    await engine.exec('CHECKPOINT kept', opts);
    compare(before, await checksums(engine, (table) => ident('kept', table), tables, opts));
    await engine.exec('DETACH kept');
    return before.map(({ table, rows: n }) => ({ table, rows: n }));
  } catch (e) {
    await engine.exec('DETACH DATABASE IF EXISTS kept').catch(() => undefined);
    await engine.take(path).catch(() => undefined);
    throw storeError(e);
  }
}

/**
 * Makes a kept database readable as `p` and everything in it reachable as after a build: raw tables as views in `z`, all others as views under
 * their bare names. Nothing is read but what is asked for. The file's length and hash must have been checked before: STORE_DAMAGED after 20 s otherwise.
 */
export async function attachDatabase(engine: Engine, db: Blob, opts: { limitMs?: number } = {}): Promise<string[]> {
  const name = 'in/kept.db';
  await engine.exec('DETACH DATABASE IF EXISTS p');
  await engine.unregister(name).catch(() => undefined);
  await engine.register(name, db);
  try {
    await engine.exec(sql`ATTACH ${name} AS p (READ_ONLY)`.text, { signal: AbortSignal.timeout(opts.limitMs ?? ATTACH_MS) });
  } catch (cause) {
    throw damaged(cause);
  }
  const tables = await engine.query("SELECT table_name FROM duckdb_tables() WHERE database_name = 'p' ORDER BY table_name");
  const names = Array.from(tables.columns[0]!, String);
  await dropTables(engine, names);
  const view = (t: string): string => sql`CREATE OR REPLACE VIEW ${reachable(t)} AS SELECT * FROM ${ident('p', t)}`.text;
  await engine.exec(names.map(view).join(';'));
  return names;
}

/** Drops what `z` has under these names, tables or (of a kept database) views; names that are not there are no error. */
export async function dropTables(engine: Engine, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const there = await engine.query(
    sql`SELECT table_name, table_type = 'VIEW' FROM information_schema.tables WHERE table_catalog = 'z' AND table_name IN (${join(names.map((n) => literal(n)))})`
      .text,
  );
  const drops = Array.from(
    there.columns[0]!,
    (name, i) => sql`DROP ${raw(there.columns[1]![i] ? 'VIEW' : 'TABLE')} ${ident('z', String(name))}`.text,
  );
  await engine.exec(drops.join(';'));
}

export interface Checksum {
  table: string;
  rows: number;
  sum: string;
}
/** Rows of a table and a sum over the hashes of its rows, whatever their order. */
export const checksumSql = (table: Sql): string =>
  sql`SELECT count(*) AS n, coalesce(sum((hash(t) & 4294967295)::BIGINT), 0)::VARCHAR AS s FROM ${table} AS t`.text;

export async function checksums(
  engine: Engine,
  place: (table: string) => Sql,
  tables: readonly string[],
  opts: { signal?: AbortSignal } = {},
): Promise<Checksum[]> {
  const out: Checksum[] = [];
  for (const table of tables) {
    const frame = await engine.query(checksumSql(place(table)), opts);
    out.push({ table, rows: frame.columns[0]![0] as number, sum: frame.columns[1]![0] as string });
  }
  return out;
}

/** Throws STORE_DAMAGED unless both hold the same. */
export function compare(before: readonly Checksum[], after: readonly Checksum[]): void {
  before.forEach((b, i) => {
    const a = after[i];
    if (a?.rows !== b.rows || a.sum !== b.sum) throw damaged(new Error(`${b.table}: ${b.rows} rows written, ${a?.rows ?? 0} read back`));
  });
}

const damaged = (cause: unknown): TesseraError =>
  new TesseraError('STORE_DAMAGED', 'The kept tables cannot be read.', { next: 'Drop the files again; what you made is still here.', cause });

/** What went wrong while keeping, as ours. */
export function storeError(e: unknown): unknown {
  const text = e instanceof TesseraError ? String((e.cause as Error | undefined)?.message ?? '') : String(e instanceof Error ? e.message : e);
  if (!/quota|no space|disk full|data pipe|could not write/i.test(text)) return e;
  return new TesseraError('STORE_FULL', 'There is no room to keep the tables.', {
    next: 'Work goes on; free some space or remove an old project to keep this one.',
    cause: e,
  });
}
