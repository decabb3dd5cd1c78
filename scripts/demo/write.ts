import { DuckDBDataChunk, DuckDBInstance, DOUBLE, BIGINT, VARCHAR, INTEGER } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';

/** How a column lies in the Parquet file. Money is whole cents here and DECIMAL(12, 2) there; instants are microseconds, dates days since 1970. */
export type ColumnKind = 'text' | 'whole' | 'number' | 'money' | 'instant' | 'date';
export interface Column {
  name: string;
  kind: ColumnKind;
  values: (string | number | bigint | null)[];
}
export interface Table {
  name: string;
  columns: Column[];
}
export interface Written {
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
}

const RAW: Record<ColumnKind, DuckDBType> = { text: VARCHAR, whole: INTEGER, number: DOUBLE, money: BIGINT, instant: BIGINT, date: INTEGER };
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const cast: Record<ColumnKind, (column: string) => string> = {
  text: (c) => c,
  whole: (c) => c,
  number: (c) => c,
  money: (c) => `(${c}::DECIMAL(14, 0) / 100)::DECIMAL(12, 2)`,
  instant: (c) => `make_timestamp(${c})`,
  date: (c) => `DATE '1970-01-01' + ${c}`,
};
const CHUNK = 2048;

async function load(db: DuckDBConnection, table: Table): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE raw (${table.columns.map((c) => `${quoted(c.name)} ${RAW[c.kind].toString()}`).join(', ')})`);
  const appender = await db.createAppender('raw');
  const n = table.columns[0]!.values.length;
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    const chunk = DuckDBDataChunk.create(
      table.columns.map((c) => RAW[c.kind]),
      to - from,
    );
    chunk.setColumns(table.columns.map((c) => c.values.slice(from, to).map((v): DuckDBValue => (v !== null && c.kind === 'money' ? BigInt(v) : v))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/**
 * Writes tables as Parquet (zstd) by native DuckDB with one thread, so that the same tables give the same bytes.
 * Rows keep their order. Returns size and hash of every file.
 */
export async function writeTables(folder: string, tables: Table[]): Promise<Written[]> {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const db = await instance.connect();
  const written: Written[] = [];
  for (const table of tables) {
    await load(db, table);
    const name = `${table.name}.parquet`;
    const path = join(folder, name);
    const columns = table.columns.map((c) => `${cast[c.kind](quoted(c.name))} AS ${quoted(c.name)}`).join(', ');
    await db.run(`COPY (SELECT ${columns} FROM raw) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)`);
    const bytes = await readFile(path);
    written.push({ name, rows: table.columns[0]!.values.length, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  db.closeSync();
  return written;
}
