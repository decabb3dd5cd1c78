import { column } from '../core/frame.ts';
import type { Basis } from '../core/settings.ts';
import type { DataFacts, TableFacts } from '../core/tables.ts';
import type { TableName } from '../core/roles.ts';
import type { Entity } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { toUtc } from './basis.ts';
import { besideThen, thenSql, valueThen } from './then.ts';

const ENTITIES: readonly Entity[] = ['user', 'product'];

/** Columns that SQL may name though no file has them, with what stands in for them. */
const EVENT_DEFAULTS: Record<string, string> = {
  row: '0::UINTEGER',
  src: '0::UTINYINT',
  line: '0::UINTEGER',
  u: 'NULL::UINTEGER',
  p: 'NULL::UINTEGER',
  utc: 'NULL::TIMESTAMP',
  ts: 'NULL::TIMESTAMP',
  event: "'other'",
  amount: 'NULL::DOUBLE',
  quantity: '1::DOUBLE',
  discount: 'NULL::DOUBLE',
  price: 'NULL::DOUBLE',
  rating: 'NULL::DOUBLE',
  ord: 'NULL::UINTEGER',
  occ: 'NULL::BIGINT',
  query: 'NULL::VARCHAR',
  device: 'NULL::VARCHAR',
  os: 'NULL::VARCHAR',
  channel: 'NULL::VARCHAR',
  campaign: 'NULL::VARCHAR',
};
const PRODUCT_DEFAULTS: Record<string, string> = {
  p: 'NULL::UINTEGER',
  name: 'NULL::VARCHAR',
  category: 'NULL::VARCHAR',
  cat: 'NULL::VARCHAR',
  brand: 'NULL::VARCHAR',
  style: 'NULL::VARCHAR',
  cost: 'NULL::DOUBLE',
  stock: 'NULL::DOUBLE',
  launched_at: 'NULL::TIMESTAMP',
};
const USER_DEFAULTS: Record<string, string> = { u: 'NULL::UINTEGER', signup_at: 'NULL::TIMESTAMP', referrer_id: 'NULL::VARCHAR' };
const EDGE_DEFAULTS: Record<string, string> = { u: 'NULL::UINTEGER', v: 'NULL::UINTEGER', kind: 'NULL::VARCHAR', at: 'NULL::TIMESTAMP' };
/** DECIMALs would cut quantiles and ratios to their scale; DOUBLE holds every amount to the cent. */
const AS_DOUBLE = new Set(['amount', 'quantity', 'discount', 'price', 'rating', 'cost', 'stock']);
const FROM_PRODUCT = ['category', 'cat', 'brand', 'style'];

/** Names of a table's columns; none if the data has no such table. */
async function columnsOf(engine: Engine, facts: DataFacts, table: TableName, opts?: QueryOptions): Promise<Set<string>> {
  if (!facts.tables[table]) return new Set();
  return new Set(Array.from(column(await engine.query(`SELECT column_name FROM (DESCRIBE ${table})`, opts), 'column_name'), String));
}

/**
 * SELECT list that gives every column of `has`, money as DOUBLE, columns of `past` as they were at asOf (then.ts), and a stand-in for every default
 * it lacks.
 */
function selectList(
  has: Set<string>,
  defaults: Record<string, string>,
  alias: string,
  skip: readonly string[] = [],
  past: readonly string[] = [],
): string {
  const own = [...has]
    .filter((c) => !skip.includes(c))
    .map((c) => {
      const sql = past.includes(c) ? valueThen(c, alias) : `${alias}.${ident(c)}`;
      return AS_DOUBLE.has(c) ? `${sql}::DOUBLE AS ${ident(c)}` : past.includes(c) ? `${sql} AS ${ident(c)}` : sql;
    });
  const rest = Object.entries(defaults)
    .filter(([c]) => !has.has(c) && !skip.includes(c))
    .map(([c, sql]) => `${sql} AS ${ident(c)}`);
  return [...own, ...rest].join(', ');
}

/** FROM of a table or, where the data has none, of nothing. */
const fromTable = (facts: DataFacts, table: TableName, alias: string): string =>
  facts.tables[table] ? `FROM ${table} ${alias}` : `FROM (SELECT 1 WHERE false) ${alias}`;

/** True if a price of products came with the files; else it is the median paid price, made here as of asOf. */
const priceMapped = (products: TableFacts | undefined): boolean => products?.columns.some((c) => c.name === 'price' && c.role === 'price') ?? false;

/**
 * The statements that make everything tag SQL reads, over the canonical tables:
 *   macros as_of(), as_of_utc() (the same instant on the clock of the project's zone, and in UTC), ago(x), midpct(x), cut5(x, q);
 *   view ev0: events before asOf (or without time) of a user, with d, buy, ret, act, paid (per piece); ev: with category, cat, brand, style of the product;
 *   ev0_all, ev_all: with the rows without user; user_base, product_base, edge_base: rows of the universe and links visible at asOf, with every column tags may name;
 *   universe(u), product_universe(p), and product_price(p, price): prices as of asOf. Only those of `entities` are made as tables; the other's are asked
 *   of the events wherever they are read.
 */
export async function prepareEv(engine: Engine, basis: Basis, facts: DataFacts, opts?: QueryOptions, entities = ENTITIES): Promise<void> {
  const [events, products, users, edges] = await Promise.all([
    columnsOf(engine, facts, 'events', opts),
    columnsOf(engine, facts, 'products', opts),
    columnsOf(engine, facts, 'users', opts),
    columnsOf(engine, facts, 'edges', opts),
  ]);
  const list = selectList(events, EVENT_DEFAULTS, 'e', FROM_PRODUCT);
  const flags = "e.ts::DATE AS d, e.event = 'purchase' AS buy, e.event = 'refund' AS ret, e.event NOT IN ('refund', 'adjustment', 'free') AS act";
  // An amount that is quantity × price − discount is taken as that product in DOUBLE, as the definitions write it: paid prices that differ only in
  // the last bit are ranked as there.
  const made = 'e.quantity * e.price - coalesce(e.discount, 0)';
  const paid = events.has('price')
    ? `CASE WHEN abs(${made} - e.amount) < 5e-7 THEN ${made} ELSE e.amount END / CASE WHEN e.quantity > 0 THEN e.quantity END AS paid`
    : 'e.amount / CASE WHEN e.quantity > 0 THEN e.quantity END AS paid';
  const visible = '(e.utc < as_of_utc() OR e.utc IS NULL)';
  const base = `(SELECT ${list} ${fromTable(facts, 'events', 'e')})`;
  const ofProduct = FROM_PRODUCT.map((c) => (products.has(c) ? `g.${c}` : `${PRODUCT_DEFAULTS[c]} AS ${c}`)).join(', ');
  const evAll = `${ofProduct} FROM ev0_all e${products.size ? ' LEFT JOIN products g USING (p)' : ''}`;
  // Of a flat export, who is first named later is not there yet.
  const there = (table: 'users' | 'products', key: 'u' | 'p'): string =>
    facts.tables[table]?.flat
      ? ` ANTI JOIN (SELECT ${key} FROM events WHERE ${key} IS NOT NULL GROUP BY ${key} HAVING min(utc) >= as_of_utc()) later USING (${key})`
      : '';
  const scoped = basis.scope === 'all' ? 'ev0_all' : 'ev0';
  const mapped = priceMapped(facts.tables.products);
  const ofUsers = `SELECT ${selectList(users, USER_DEFAULTS, 'x', [], facts.tables.users?.past)} ${fromTable(facts, 'users', 'x')}${besideThen(facts, 'users')}`;
  const productList = (skip: string[]): string => selectList(products, PRODUCT_DEFAULTS, 'x', skip, facts.tables.products?.past);
  const relation = (entity: Entity, name: string, query: string): string[] =>
    entities.includes(entity)
      ? [`CREATE OR REPLACE TABLE made_${name} AS ${query}`, `CREATE OR REPLACE VIEW ${name} AS SELECT * FROM made_${name}`]
      : [`CREATE OR REPLACE VIEW ${name} AS ${query}`, `DROP TABLE IF EXISTS made_${name}`];
  const statements = [
    `CREATE OR REPLACE MACRO as_of() AS TIMESTAMP ${literal(basis.asOf)}`,
    `CREATE OR REPLACE MACRO as_of_utc() AS TIMESTAMP ${literal(toUtc(basis.asOf, basis.zone))}`,
    "CREATE OR REPLACE MACRO ago(x) AS date_diff('day', x::DATE, as_of()::DATE)",
    'CREATE OR REPLACE MACRO midpct(x) AS (rank() OVER (ORDER BY x) - 1 + count(*) OVER (PARTITION BY x) / 2) / count(*) OVER ()',
    'CREATE OR REPLACE MACRO cut5(x, q) AS 1 + (x > q[1])::INT + (x > q[2])::INT + (x > q[3])::INT + (x > q[4])::INT',
    `CREATE OR REPLACE VIEW ev0_all AS SELECT e.*, ${flags}, ${paid} FROM ${base} e WHERE ${visible}`,
    'CREATE OR REPLACE VIEW ev0 AS SELECT * FROM ev0_all WHERE u IS NOT NULL',
    `CREATE OR REPLACE VIEW ev_all AS SELECT e.*, ${evAll}`,
    'CREATE OR REPLACE VIEW ev AS SELECT * FROM ev_all WHERE u IS NOT NULL',
    ...(facts.tables.products?.past ? relation('product', 'products_then', thenSql(facts, 'products')) : []),
    ...(facts.tables.users?.past ? relation('user', 'users_then', thenSql(facts, 'users')) : []),
    ...relation(
      'product',
      'product_price',
      mapped
        ? 'SELECT p, price::DOUBLE AS price FROM products WHERE price IS NOT NULL'
        : `SELECT p, median(paid) AS price FROM ${scoped} WHERE buy AND p IS NOT NULL AND paid IS NOT NULL GROUP BY p`,
    ),
    ...relation(
      'product',
      'product_universe',
      `SELECT p FROM (SELECT ${productList([])} ${fromTable(facts, 'products', 'x')}${besideThen(facts, 'products')})${there('products', 'p')} WHERE coalesce(launched_at < as_of(), true) UNION SELECT p FROM ${scoped} WHERE p IS NOT NULL ORDER BY p`,
    ),
    `CREATE OR REPLACE VIEW product_base AS SELECT g.*, pp.price FROM (SELECT ${productList(['price'])} ${fromTable(facts, 'products', 'x')}${besideThen(facts, 'products')}) g SEMI JOIN product_universe USING (p) LEFT JOIN product_price pp USING (p)`,
    `CREATE OR REPLACE VIEW edge_base AS SELECT * FROM (SELECT ${selectList(edges, EDGE_DEFAULTS, 'x')} ${fromTable(facts, 'edges', 'x')}) WHERE coalesce("at" < as_of(), true) AND u IS NOT NULL AND v IS NOT NULL`,
    ...relation(
      'user',
      'universe',
      `SELECT u FROM (${ofUsers})${there('users', 'u')} WHERE coalesce(signup_at < as_of(), true) UNION SELECT u FROM ev0 UNION SELECT u FROM edge_base UNION SELECT v FROM edge_base ORDER BY u`,
    ),
    `CREATE OR REPLACE VIEW user_base AS SELECT x.* FROM (${ofUsers}) x SEMI JOIN universe USING (u)`,
  ];
  await engine.exec(statements.join(';\n'), opts);
}
