import type { Value } from '../core/frame.ts';
import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import type { Col, Plan } from './plan.ts';
import { col, cols } from './plan.ts';
import { idSql } from './raw.ts';

/** How an id cell becomes its ordinal: joins to put after FROM, and the ordinal's SQL. */
export interface Lookup {
  join: string;
  ordinal: string;
  /** SQL of the id itself. */
  text: string;
}
/** One dictionary of ids: the table, and how each source column finds its ordinal. */
export interface Dictionary {
  /** z.n_user_ids and so on. */
  table: string;
  rows: number;
  /** `as` tells several look-ups of one statement apart. */
  lookup: (c: Col, as: string) => Lookup;
}

/** Source columns of an entity's ids in all files. */
export function idColumns(plan: Plan, entity: 'user' | 'product' | 'order'): Col[] {
  const roles: Role[] = entity === 'user' ? ['user_id', 'other_id', 'referrer_id'] : entity === 'product' ? ['product_id'] : ['order_id'];
  return plan.files.flatMap((f) => roles.flatMap((r) => cols(f, r).filter(atHome)));
}

const HOME = {
  user: ['z.n_user_ids', 'u', 'user_id'],
  product: ['z.n_product_ids', 'p', 'product_id'],
  order: ['z.n_order_ids', 'o', 'order_id'],
} as const;
const name = (c: Col): string => ident('temp', `ids_${c.file}_${c.facts.index}`).text;
/** Columns joined from a file of orders are read there. */
const atHome = (c: Col): boolean => c.sql.startsWith('f.');

/**
 * Collects an entity's ids from all files (trimmed, NFC, without `.0` of a float export) into a dictionary, dense from 0 in bytewise order, and
 * leaves for each column whose cells differ from their ids a temporary table (raw, k). `more` is SQL of further ids (rows numbered, cells of baskets).
 */
export async function makeDictionary(
  engine: Engine,
  entity: keyof typeof HOME,
  columns: readonly Col[],
  more: readonly string[] = [],
  opts?: QueryOptions,
): Promise<Dictionary> {
  const [table, key, id] = HOME[entity];
  // Cells that are their own ids need no table; and if no cell says nothing either, the cell is the id.
  const same = new Set<string>();
  const exact = new Set<string>();
  for (const c of columns) {
    await engine.exec(
      `CREATE OR REPLACE TEMP TABLE ${name(c)} AS SELECT ${c.sql} AS raw, ${idSql(c)} AS id FROM (SELECT DISTINCT ${c.sql} FROM ${c.home}) f WHERE ${c.sql} IS NOT NULL`,
      opts,
    );
    const frame = await engine.query(
      `SELECT coalesce(bool_and(CAST(raw AS VARCHAR) = id), true), coalesce(bool_and(CAST(raw AS VARCHAR) IS NOT DISTINCT FROM id), true) FROM ${name(c)}`,
      opts,
    );
    const [joins, whole] = frame.columns.map((x) => (x as ArrayLike<Value>)[0] === true);
    if (c.type === 'VARCHAR' && joins) same.add(name(c));
    if (c.type === 'VARCHAR' && whole) exact.add(name(c));
  }
  const all = [...columns.map((c) => `SELECT id FROM ${name(c)}`), ...more].join(' UNION ALL ') || 'SELECT NULL::VARCHAR AS id';
  await engine.exec(
    `CREATE OR REPLACE TABLE ${table} AS SELECT CAST(row_number() OVER (ORDER BY id) - 1 AS UINTEGER) AS ${key}, id AS ${id} FROM (SELECT DISTINCT id FROM (${all}) WHERE id IS NOT NULL) ORDER BY id`,
    opts,
  );
  for (const c of columns) {
    if (!same.has(name(c)))
      await engine.exec(`CREATE OR REPLACE TEMP TABLE ${name(c)} AS SELECT raw, ${key} AS k FROM ${name(c)} JOIN ${table} ON ${id} = id`, opts);
    else await engine.exec(`DROP TABLE ${name(c)}`, opts);
  }
  const counted = await engine.query(`SELECT count(*) FROM ${table}`, opts);
  return {
    table,
    rows: Number((counted.columns[0] as ArrayLike<Value>)[0]),
    lookup: (c, as) =>
      same.has(name(c))
        ? { join: `LEFT JOIN ${table} ${as} ON ${as}.${id} = ${c.sql}`, ordinal: `${as}.${key}`, text: exact.has(name(c)) ? c.sql : idSql(c) }
        : { join: `LEFT JOIN ${name(c)} ${as} ON ${as}.raw = ${c.sql}`, ordinal: `${as}.k`, text: idSql(c) },
  };
}

/** Drops the temporary tables of a dictionary. */
export async function dropLookups(engine: Engine, columns: readonly Col[]): Promise<void> {
  for (const c of columns) await engine.exec(`DROP TABLE IF EXISTS ${name(c)}`);
}

/** Sessions by number, in order of their first line: the unit of "how often" needs no names. Null if the file has no sessions. */
export async function makeSessions(engine: Engine, plan: Plan, opts?: QueryOptions): Promise<Dictionary | null> {
  const sessions = plan.files.flatMap((f) => {
    const c = col(f, 'session_id');
    return c && atHome(c) ? [{ c, src: f.src }] : [];
  });
  if (sessions.length === 0) return null;
  const parts = sessions.map(
    ({ c, src }) =>
      `SELECT CAST(${c.sql} AS VARCHAR) AS raw, ${src} AS src, min(f.line) AS line FROM ${c.home} WHERE ${c.sql} IS NOT NULL GROUP BY 1`,
  );
  const first = parts.length === 1 ? parts[0]! : `SELECT raw, min((src, line)) AS line FROM (${parts.join(' UNION ALL ')}) GROUP BY raw`;
  const keep = idSql({ ...sessions[0]!.c, sql: 'raw', type: 'VARCHAR' });
  await engine.exec(
    `CREATE OR REPLACE TEMP TABLE session_ids AS SELECT raw, CAST(row_number() OVER (ORDER BY line, raw) - 1 AS UINTEGER) AS k FROM (${first}) WHERE ${keep} IS NOT NULL`,
    opts,
  );
  return {
    table: 'session_ids',
    rows: 0,
    lookup: (c, as) => ({ join: `LEFT JOIN session_ids ${as} ON ${as}.raw = CAST(${c.sql} AS VARCHAR)`, ordinal: `${as}.k`, text: idSql(c) }),
  };
}
