import type { Value } from '../core/frame.ts';
import type { Contradiction } from '../core/files.ts';
import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { categorySql } from './category.ts';
import { doubtfulRows, withExamples } from './contradictions.ts';
import type { Typed } from './entity-schema.ts';
import { typed } from './entity-schema.ts';
import type { Dictionary, Lookup } from './ids.ts';
import type { Col, FilePlan } from './plan.ts';
import { attributes, col, cols } from './plan.ts';
import { isMany, tablesOf } from './role-words.ts';

/** One column of a table of users or products and the file columns it comes from. */
export interface EntityColumn extends Typed {
  name: string;
  role: Role | null;
  sources: Map<FilePlan, Col>;
}
export interface EntityTable {
  columns: EntityColumn[];
  /** Rows of the files that name an entity again, and those that name none. */
  doubled: Map<FilePlan, number>;
  nameless: Map<FilePlan, number>;
  /** Columns of which rows with the same id say different things. */
  differ: Contradiction[];
}
export interface EntityContext {
  dictionary: Dictionary;
  zone: string;
  opts: QueryOptions | undefined;
}

const KEY = { users: ['u', 'user_id'], products: ['p', 'product_id'] } as const;

/** The columns that the files give a table: one per role, one per name among those without a role (`attr:<column>`). */
export async function entityColumns(
  engine: Engine,
  table: 'users' | 'products',
  files: readonly FilePlan[],
  c: EntityContext,
): Promise<EntityColumn[]> {
  const groups = new Map<string, { name: string; role: Role | null; sources: Map<FilePlan, Col> }>();
  const add = (key: string, name: string, role: Role | null, file: FilePlan, column: Col): void => {
    const group = groups.get(key) ?? { name, role, sources: new Map<FilePlan, Col>() };
    if (!group.sources.has(file)) group.sources.set(file, column);
    groups.set(key, group);
  };
  for (const file of files) {
    for (const x of file.cols) {
      if (x.role === null || x.role === KEY[table][1] || !x.sql.startsWith('f.')) continue;
      if (tablesOf(x.role).includes(table)) add(x.role, x.role, x.role, file, x);
      // An answer to learn is a column of users too, marked by its role.
      else if (table === 'users' && x.role === 'label') add(`attr:${x.facts.name.toLowerCase()}`, `attr:${x.facts.name}`, 'label', file, x);
    }
    for (const x of attributes(file))
      if (x.facts.known > 0 && x.sql.startsWith('f.')) add(`attr:${x.facts.name.toLowerCase()}`, `attr:${x.facts.name}`, null, file, x);
  }
  const out: EntityColumn[] = [];
  for (const g of groups.values()) out.push({ ...g, ...(await typed(engine, g.role, [...g.sources.values()], c.zone, c.opts)) });
  return out;
}

/** SQL of one file's value of a column, NULL of its type where the file has none. */
async function cell(engine: Engine, x: EntityColumn, file: FilePlan, opts?: QueryOptions): Promise<string> {
  const source = x.sources.get(file);
  if (!source) return `CAST(NULL AS ${x.type})`;
  const many = x.role !== null && isMany(x.role) ? cols(file, x.role) : [];
  if (x.role === 'competitor_price' && many.length > 1)
    return `CAST(list_aggregate(list_filter([${many.map(x.of).join(', ')}], lambda v: v IS NOT NULL), 'median') AS ${x.type})`;
  if (x.role === 'category') return categorySql(engine, file, opts);
  return x.of(source);
}

/**
 * Users or products from their own files: one row per id; where ids repeat, in one file or over several, the last known value per column by
 * (file, line) counts (definitions, section 1: duplicates). `rowId` finds the ordinal of a row in a file without ids.
 */
export async function makeEntities(
  engine: Engine,
  table: 'users' | 'products',
  files: readonly FilePlan[],
  c: EntityContext,
  rowId: (file: FilePlan) => Lookup,
): Promise<EntityTable> {
  const [key, role] = KEY[table];
  const columns = await entityColumns(engine, table, files, c);
  const out: EntityTable = { columns, doubled: new Map(), nameless: new Map(), differ: [] };
  const parts: string[] = [];
  for (const file of files) {
    const id = col(file, role);
    const found = id ? c.dictionary.lookup(id, 'i') : rowId(file);
    let values = '';
    for (const x of columns) values += `, ${await cell(engine, x, file, c.opts)} AS ${ident(x.name).text}`;
    parts.push(
      `SELECT ${file.src} AS src, f.line AS line, ${found.ordinal} AS ${key}${values} FROM (SELECT *, row_number() OVER () AS k FROM ${file.table}) f ${found.join}`,
    );
  }
  await engine.exec(`CREATE OR REPLACE TEMP TABLE entity_rows AS ${parts.join(' UNION ALL ')}`, c.opts);
  await count(engine, key, files, out, c.opts);
  const again = [...out.doubled.values()].some((n) => n > 0);
  const last = columns
    .map((x) => `, arg_max(${ident(x.name).text}, (src, line)) FILTER (${ident(x.name).text} IS NOT NULL) AS ${ident(x.name).text}`)
    .join('');
  const body = again
    ? `SELECT ${key}${last} FROM entity_rows WHERE ${key} IS NOT NULL GROUP BY ${key}`
    : `SELECT * EXCLUDE (src, line) FROM entity_rows WHERE ${key} IS NOT NULL`;
  await engine.exec(`CREATE OR REPLACE TABLE z.n_${table} AS ${body} ORDER BY ${key}`, c.opts);
  if (again && columns.length > 0) out.differ = await withExamples(engine, await doubtfulRows(engine, table, columns, c.opts), c, files);
  await engine.exec('DROP TABLE entity_rows', c.opts);
  return out;
}

/** Rows per file without an id, and rows whose id stood in an earlier row of any file. */
async function count(engine: Engine, key: string, files: readonly FilePlan[], out: EntityTable, opts?: QueryOptions): Promise<void> {
  const frame = await engine.query(
    `SELECT src, count(*) FILTER (${key} IS NULL), count(${key}) - count(DISTINCT ${key}) FROM entity_rows GROUP BY src ` +
      `UNION ALL SELECT NULL, 0, count(${key}) - count(DISTINCT ${key}) FROM entity_rows ORDER BY 1 NULLS LAST`,
    opts,
  );
  const [src, without, twice] = frame.columns as unknown as ArrayLike<Value>[];
  let inFiles = 0;
  for (let i = 0; i < frame.n; i++) {
    const file = files.find((f) => f.src === src![i]);
    if (!file) continue;
    out.nameless.set(file, Number(without![i]));
    out.doubled.set(file, Number(twice![i]));
    inFiles += Number(twice![i]);
  }
  // Ids that several files share are counted at the last of them.
  const across = Number(twice![frame.n - 1]) - inFiles;
  const lastFile = files.at(-1);
  if (across > 0 && lastFile) out.doubled.set(lastFile, (out.doubled.get(lastFile) ?? 0) + across);
}
