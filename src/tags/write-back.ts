import type { Frame } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import type { Computed, TagContext } from './define.ts';

const cell = (value: string | number | boolean | null): string =>
  value === null ? '' : typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value);

/** Runs what TypeScript computes from a query's answer and puts the rows into a temporary table. */
export const writeBack = (
  engine: Engine,
  table: string,
  { columns, run }: Computed,
  input: Frame,
  ctx: TagContext,
  opts: QueryOptions,
): Promise<void> => writeRows(engine, table, columns, run(input, ctx), opts);

/** Puts rows into a temporary table, by way of CSV (the one bulk insert every engine has). */
export async function writeRows(
  engine: Engine,
  table: string,
  columns: Computed['columns'],
  rows: (string | number | boolean | null)[][],
  opts: QueryOptions,
): Promise<void> {
  const lines = rows.map((row) => row.map(cell).join(','));
  const types = `{${columns.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ')}}`;
  await engine.exec(`CREATE OR REPLACE TEMP TABLE ${ident(table)} (${columns.map(([name, type]) => `${ident(name)} ${type}`).join(', ')})`, opts);
  if (lines.length === 0) return;
  const file = `in/tags-${table}.csv`;
  await engine.register(file, new TextEncoder().encode(`${lines.join('\n')}\n`));
  try {
    await engine.exec(
      `INSERT INTO temp.${ident(table)} SELECT * FROM read_csv(${literal(file)}, header = false, delim = ',', quote = '"', escape = '"', auto_detect = false, columns = ${types})`,
      opts,
    );
  } finally {
    await engine.unregister(file);
  }
}
