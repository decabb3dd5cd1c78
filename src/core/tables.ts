import type { Role, TableName } from './roles.ts';

/**
 * The canonical tables, as `ingest` builds them and everything after reads them (bare names, views in the engine's main database):
 *
 *   user_ids(u UINTEGER, user_id VARCHAR)         every user id met anywhere; u is dense from 0 in bytewise order of user_id,
 *   product_ids(p UINTEGER, product_id VARCHAR)   so ordering by u or p *is* ordering by id
 *   order_ids(o UINTEGER, order_id VARCHAR)       likewise
 *   users(u, <role columns>, "attr:<column>"…)    one row per id of a users file or of a flat export's user side
 *   products(p, <role columns>, cat, "attr:…"…)   category is a path joined by '/'; cat is its first level; price is products.price or the median paid price
 *   users_past, products_past(u or p, utc, ts, row, <columns>)  of flat exports: from this row on it is told that a column (all others NULL) has this value
 *   events(row UINTEGER, src UTINYINT, line UINTEGER, u, p, utc TIMESTAMP, ts TIMESTAMP, event, amount, quantity, discount, price,
 *          ord UINTEGER, occ BIGINT, o UINTEGER, <device os channel campaign country region city query rating status>, "attr:…"…)
 *     row: order of (file, line); src: the file's place in `ProjectDoc.files`; line: 1-based line (Parquet: row) in that file;
 *     u or p null where the file has none; utc the instant, ts its wall clock in the project's zone (may be null in event tables without a time);
 *     ord: the order this row belongs to (rows without order_id are orders of their own), dense; o: ordinal of order_id or null;
 *     occ: occasion = session, else order, else instant, as a number; money is DECIMAL(18, s) or DOUBLE, magnitudes only.
 *   edges(u, v, kind, at TIMESTAMP)               "u acts on v"; referral edges from users.referrer_id are included, from referrer to referred
 *   media(media_id, name, reach, cpm, cpc, ctr, cvr, "mix:<tag>=<value>"…)
 *   outcomes(u, experiment, variant, at, value, label)
 *
 * Role columns carry the role's name and exist only where the role is mapped. Text of few values is ENUM (created in bytewise order).
 * users.gender holds female | male | other or the file's own word; signup_at, launched_at, edges.at are wall clock in the project's zone.
 */
export type ColumnType = 'text' | 'number' | 'money' | 'date' | 'timestamp' | 'boolean';
export interface TableColumn {
  name: string;
  type: ColumnType;
  role: Role | null;
  /** The file columns this came from, as shown to people: "orders.csv › Country". */
  from: string[];
  known: number;
  distinct: number;
}
export interface TableFacts {
  name: TableName;
  rows: number;
  columns: TableColumn[];
  /** Users or products that no file of their own lists: a flat export names them, and before its first row of one nobody knew of it. */
  flat?: true;
  /** Columns of a flat table whose values changed: what they were is in <table>_past. */
  past?: string[];
}
/** What the canonical tables hold: everything that decides which tags and questions exist. JSON. */
export interface DataFacts {
  tables: Partial<Record<TableName, TableFacts>>;
  users: number;
  products: number;
  /** Rows per event kind, over rows with a user. */
  events: Record<string, number>;
  /** Wall clock in the project's zone; null where no event is dated. */
  firstEvent: string | null;
  lastEvent: string | null;
  /** ≥ 99 % of times are 00:00: hour tags do not exist. */
  hourKnown: boolean;
  /** Median paid prices vary, so price tags exist though no price is mapped. */
  priced: boolean;
  /** Names the data: SHA-256 over the sorted file hashes and the mapping. */
  digest: string;
}
