import type { FileFacts, Mapping } from '../core/files.ts';
import type { Value } from '../core/frame.ts';
import type { Role, TableName } from '../core/roles.ts';
import type { ColumnType, DataFacts, TableColumn, TableFacts } from '../core/tables.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';

/** What is known of a column when its table is made: its role and the file columns it came from. */
export interface ColumnOrigin {
  role: Role | null;
  from: string[];
  kind?: ColumnType;
}
export type Origins = ReadonlyMap<string, ColumnOrigin>;

const kindOf = (type: string): ColumnType => {
  if (type.startsWith('DECIMAL')) return 'money';
  if (type.startsWith('TIMESTAMP')) return 'timestamp';
  if (type === 'DATE') return 'date';
  if (type === 'BOOLEAN') return 'boolean';
  return /INT|DOUBLE|FLOAT/.test(type) ? 'number' : 'text';
};
const column0 = (frame: { columns: ArrayLike<unknown>[] }, i = 0): Value => (frame.columns[i] as ArrayLike<Value>)[0] ?? null;

/** Counts rows, known and distinct values of every column of one new table (z.n_<name>). */
export async function tableFacts(engine: Engine, name: TableName, origins: Origins, opts?: QueryOptions): Promise<TableFacts> {
  const table = `z.n_${name}`;
  const shape = await engine.query(`SELECT column_name, column_type FROM (DESCRIBE ${table})`, opts);
  const names = Array.from(shape.columns[0] as ArrayLike<Value>, String);
  const types = Array.from(shape.columns[1] as ArrayLike<Value>, String);
  const known = await engine.query(`SELECT count(*), ${names.map((n) => `count(${ident(n).text})`).join(', ')} FROM ${table}`, opts);
  const rowsAll = Number(column0(known));
  const columns: TableColumn[] = [];
  for (const [i, n] of names.entries()) {
    const origin = origins.get(n.toLowerCase());
    const count = Number(column0(known, i + 1));
    const counting = rowsAll > ROUGH_FROM && ROUGH.has(n) ? `approx_count_distinct(${ident(n).text})` : `count(DISTINCT ${ident(n).text})`;
    const distinct = UNIQUE.has(n) ? count : Number(column0(await engine.query(`SELECT ${counting} FROM ${table}`, opts)));
    columns.push({ name: n, type: origin?.kind ?? kindOf(types[i]!), role: origin?.role ?? null, from: origin?.from ?? [], known: count, distinct });
  }
  return { name, rows: rowsAll, columns };
}
/** Every value of these is another: no need to count. */
const UNIQUE = new Set(['row', 'line']);
/** Of these nobody needs the exact number, and at ten million rows it would cost more memory than the table. */
const ROUGH = new Set(['utc', 'ts', 'ord', 'occ', 'o']);
const ROUGH_FROM = 2_000_000;

/** The whole of what the canonical tables hold, read from the new tables. */
export async function dataFacts(
  engine: Engine,
  tables: DataFacts['tables'],
  counts: { users: number; products: number },
  files: readonly FileFacts[],
  mapping: Mapping,
  zone: string,
  opts?: QueryOptions,
): Promise<DataFacts> {
  const events: Record<string, number> = {};
  let first: string | null = null;
  let last: string | null = null;
  let hourKnown = false;
  if (tables.events) {
    const kinds = await engine.query(
      `SELECT event, count(*) FROM z.n_events${counts.users > 0 ? ' WHERE u IS NOT NULL' : ''} GROUP BY event ORDER BY count(*) DESC, CAST(event AS VARCHAR)`,
      opts,
    );
    for (let i = 0; i < kinds.n; i++) events[String((kinds.columns[0] as ArrayLike<Value>)[i])] = Number((kinds.columns[1] as ArrayLike<Value>)[i]);
    const times = await engine.query(
      "SELECT CAST(min(ts) AS VARCHAR), CAST(max(ts) AS VARCHAR), count(*) FILTER (ts <> date_trunc('day', ts)), count(ts) FROM z.n_events",
      opts,
    );
    first = column0(times, 0) as string | null;
    last = column0(times, 1) as string | null;
    hourKnown = Number(column0(times, 3)) > 0 && Number(column0(times, 2)) > 0.01 * Number(column0(times, 3));
  }
  const price = tables.products?.columns.find((c) => c.name === 'price');
  return {
    tables,
    users: counts.users,
    products: counts.products,
    events,
    firstEvent: first,
    lastEvent: last,
    hourKnown,
    priced: (price?.distinct ?? 0) > 1,
    digest: await digest(files, mapping, zone),
  };
}

/** SHA-256 over the sorted hashes of the files, the mapping's meaning and the zone: names the data. */
async function digest(files: readonly FileFacts[], mapping: Mapping, zone: string): Promise<string> {
  const meaning = mapping.files.map((f) => [f.file, f.shape, f.tables, f.columns.map((c) => [c.column, c.role]), f.options]);
  const text = JSON.stringify([files.map((f) => f.sha256).sort(), meaning.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)), zone]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (b) => b.toString(16).padStart(2, '0')).join('');
}
