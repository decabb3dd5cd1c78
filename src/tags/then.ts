import type { DataFacts } from '../core/tables.ts';
import { ident, type Sql } from '../engine/sql.ts';

/**
 * Columns of a flat export that change with its rows, as they were at asOf: <table>_then holds, per user or product of which anything changed, every such
 * column as last told before asOf, and whether it changed at all for this one (definitions, section 2: flat exports).
 */
type Flat = 'users' | 'products';
const KEY = { users: 'u', products: 'p' } as const;
const told = (column: string): Sql => ident(`${column} told`);

/** SELECT of <table>_then, for a table with `past`. */
export function thenSql(facts: DataFacts, table: Flat): string {
  const columns = facts.tables[table]!.past!.map((name) => {
    const x = ident(name);
    const seen = `${x} IS NOT NULL AND (utc < as_of_utc() OR utc IS NULL)`;
    return `count(${x}) > 0 AS ${told(name)}, arg_max(${x}, (coalesce(ts, TIMESTAMP '-infinity'), row)) FILTER (${seen}) AS ${x}`;
  });
  return `SELECT ${KEY[table]}, ${columns.join(', ')} FROM ${table}_past GROUP BY ${KEY[table]}`;
}

/** What is joined to table x where its columns change: <table>_then as h. */
export const besideThen = (facts: DataFacts, table: Flat): string =>
  facts.tables[table]?.past ? ` LEFT JOIN ${table}_then h ON h.${KEY[table]} = x.${KEY[table]}` : '';

/** A changing column of the table `alias`, beside h. */
export const valueThen = (column: string, alias: string): string =>
  `CASE WHEN h.${told(column)} THEN h.${ident(column)} ELSE ${alias}.${ident(column)} END`;
