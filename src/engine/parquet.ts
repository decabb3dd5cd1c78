import { TesseraError } from '../core/errors.ts';
import type { Engine, Source } from './engine.ts';
import { cancelled } from './engine-error.ts';
import { decodeError, tooLarge, type ParquetCodec } from './parquet-codec.ts';
import { rawType } from './parquet-types.ts';
import { ident, join, raw, sql, type Sql } from './sql.ts';
import { schemaOf } from './parquet-footer.ts';

export interface LoadedColumn {
  name: string;
  /** The engine's type in the table made. */
  type: string;
  /** Instants with an offset: the column is UTC for certain. */
  zoned: boolean;
}
export interface Loaded {
  rows: number;
  columns: LoadedColumn[];
}
export interface LoadOptions {
  signal?: AbortSignal;
  /** Rows so far. */
  on?: (rows: number) => void;
}

/** Rows gathered before they are moved on, and moved before the compressed database is written out. */
const MOVE_ROWS = 200_000;
const CHECKPOINT_ROWS = 4_000_000;

/**
 * Makes `z.<table>(line UINTEGER, c0 … cN)` of a Parquet file: line is the row, from 1; columns keep the file's own types as far as the rooms
 * after this know them (`parquet-types.ts`). On any error, or cancellation, no table is left.
 */
export async function loadParquet(engine: Engine, table: string, source: Source, opts: LoadOptions = {}): Promise<Loaded> {
  const target = ident('z', table);
  try {
    const loaded = await (engine.parquet ? loadByCodec(engine, engine.parquet, table, source, opts) : loadNatively(engine, table, source, opts));
    await textOfBytes(engine, target, loaded.columns, opts.signal);
    if (opts.signal?.aborted) throw cancelled();
    await engine.exec('CHECKPOINT z');
    return loaded;
  } catch (e) {
    await engine.exec(sql`DROP TABLE IF EXISTS ${target}`.text).catch(() => undefined);
    throw e;
  }
}

/** The bytes of a Parquet file (zstd) with what a SELECT answers. ENUMs become text, HUGEINTs doubles. */
export async function writeParquet(engine: Engine, select: string, opts: { signal?: AbortSignal } = {}): Promise<Uint8Array> {
  const types = await engine.query(`DESCRIBE ${select}`, opts);
  const columns = Array.from({ length: types.n }, (_, i) => {
    const name = ident(String(types.columns[0]![i]));
    const type = String(types.columns[1]![i]);
    const plain = type.replace(/ENUM\((?:'(?:[^']|'')*'(?:, )?)*\)/g, 'VARCHAR').replace(/\bU?HUGEINT\b/g, 'DOUBLE');
    return plain === type ? name : sql`CAST(${name} AS ${raw(plain)}) AS ${name}`;
  });
  const statement = sql`SELECT ${join(columns)} FROM (${raw(select)})`.text;
  if (engine.parquet && engine.arrow) return engine.parquet.write(await engine.arrow(statement, opts));
  await engine.exec(`COPY (${statement}) TO 'out/written.parquet' (FORMAT parquet, COMPRESSION zstd)`, opts);
  return engine.take('out/written.parquet');
}

async function loadByCodec(engine: Engine, codec: ParquetCodec, table: string, source: Source, opts: LoadOptions): Promise<Loaded> {
  const stage = `stage_${table}`;
  const drop = sql`DROP TABLE IF EXISTS ${ident(stage)}`.text;
  let plan: Plan | undefined;
  let staged = 0;
  let moved = 0;
  let sinceCheckpoint = 0;
  const move = async (): Promise<void> => {
    if (staged === 0) return;
    await engine.exec(sql`INSERT INTO ${ident('z', table)} ${plan!.select(ident(stage), moved)}; DELETE FROM ${ident(stage)}`.text, opts);
    moved += staged;
    sinceCheckpoint += staged;
    staged = 0;
    if (sinceCheckpoint >= CHECKPOINT_ROWS) {
      sinceCheckpoint = 0;
      await engine.exec('CHECKPOINT z; CHECKPOINT');
    }
    opts.on?.(moved);
  };
  try {
    await engine.exec(drop);
    const info = await codec.read(source, {
      signal: opts.signal,
      onBatch: async (ipc, rows) => {
        if (plan === undefined) {
          const names = schemaOf(ipc).fields.map((f) => f.name);
          await engine.insertArrow(stage, ipc, true).catch((e: unknown) => {
            // A type that the engine has no column for, such as half-precision numbers.
            throw decodeError(e);
          });
          plan = await planOf(engine, sql`SELECT * FROM ${ident(stage)}`, names);
          await engine.exec(plan.create(table));
        } else {
          await engine.insertArrow(stage, ipc, false);
          staged += rows;
          if (staged >= MOVE_ROWS) await move();
        }
      },
    });
    await move();
    return { rows: info.rows, columns: plan!.columns };
  } finally {
    await engine.exec(drop).catch(() => undefined);
  }
}

async function loadNatively(engine: Engine, table: string, source: Source, opts: LoadOptions): Promise<Loaded> {
  const name = `in/${table}.parquet`;
  await engine.register(name, source);
  try {
    const file = sql`SELECT * FROM read_parquet(${name})`;
    const plan = await planOf(engine, file);
    await checkUnpacked(engine, name);
    await engine.exec(`${plan.create(table)}; INSERT INTO ${ident('z', table).text} ${plan.select(sql`(${file})`, 0).text}`, opts);
    const rows = Number((await engine.query(sql`SELECT count(*) FROM ${ident('z', table)}`.text)).columns[0]![0]);
    opts.on?.(rows);
    return { rows, columns: plan.columns };
  } catch (e) {
    throw nativeError(e);
  } finally {
    await engine.unregister(name);
  }
}

/** What the footer says the file unpacks to. Not asked where a column has no type, only nulls: that question brings the engine down. */
async function checkUnpacked(engine: Engine, name: string): Promise<void> {
  const untyped = await engine.query(sql`SELECT count(*) FROM parquet_schema(${name}) WHERE logical_type = 'NullType()'`.text);
  if (untyped.columns[0]![0] !== 0) return;
  const sizes = await engine.query(
    sql`SELECT coalesce(sum(total_uncompressed_size), 0)::DOUBLE, coalesce(sum(total_compressed_size), 0)::DOUBLE FROM parquet_metadata(${name})`
      .text,
  );
  const [unpacked, packed] = sizes.columns.map((c) => Number(c[0])) as [number, number];
  if (unpacked > 2 ** 30 && unpacked / packed > 500) throw tooLarge(`it unpacks to ${Math.round(unpacked / 2 ** 20)} MB`);
}

function nativeError(e: unknown): unknown {
  const said = e instanceof TesseraError && e.code === 'ENGINE_SQL' ? (e.cause as Error | undefined)?.message : undefined;
  if (said === undefined) return e;
  if (/no magic bytes found at end|too small to be a parquet/i.test(said)) {
    return new TesseraError('FILE_TRUNCATED', 'This Parquet file is cut off: its end is missing.', { next: 'Download or copy it again.', cause: e });
  }
  return decodeError(new Error(said));
}

interface Plan {
  columns: LoadedColumn[];
  create(table: string): string;
  /** Rows of the source with their line, from `before` + 1, and every column cast. */
  select(from: Sql, before: number): Sql;
}

async function planOf(engine: Engine, source: Sql, names?: string[]): Promise<Plan> {
  const described = await engine.query(`DESCRIBE ${source.text}`);
  const types = Array.from(described.columns[1]!, (type) => rawType(String(type)));
  const columns = types.map((t, i) => ({ name: names?.[i] ?? String(described.columns[0]![i]), type: t.type, zoned: t.zoned }));
  const fields = types.map((_, i) => ident(`c${i}`));
  return {
    columns,
    create: (table) =>
      sql`CREATE OR REPLACE TABLE ${ident('z', table)} (line UINTEGER, ${join(types.map((t, i) => sql`${fields[i]!} ${raw(t.type)}`))})`.text,
    // By place and not by name: names may come twice.
    select: (from, before) =>
      sql`SELECT (row_number() OVER () + ${before})::UINTEGER, ${join(types.map((t, i) => t.cast(fields[i]!)))} FROM ${from} AS t(${join(fields)})`,
  };
}

/** Columns of bytes that are text throughout (older writers do not say so) become text; other bytes as the engine prints them. */
async function textOfBytes(engine: Engine, table: Sql, columns: LoadedColumn[], signal?: AbortSignal): Promise<void> {
  for (const [i, column] of columns.entries()) {
    if (column.type !== 'BLOB') continue;
    const field = ident(`c${i}`);
    const bad = await engine.query(sql`SELECT count(*) FROM ${table} WHERE ${field} IS NOT NULL AND try(decode(${field})) IS NULL`.text, { signal });
    const text = bad.columns[0]![0] === 0 ? sql`decode(${field})` : sql`${field}::VARCHAR`;
    await engine.exec(sql`ALTER TABLE ${table} ALTER COLUMN ${field} TYPE VARCHAR USING ${text}`.text, { signal });
    column.type = 'VARCHAR';
  }
}
