import { ident } from '../engine/sql.ts';
import type { Relation } from './define.ts';

/** One statement, or (`relation`) a query whose answer goes through TypeScript and is written back as a table. */
export interface Step {
  label: string;
  sql: string;
  table?: string;
  relation?: Relation;
}

export const create = (table: string, sql: string, label: string): Step => ({
  label,
  table,
  sql: `CREATE OR REPLACE TEMP TABLE ${ident(table)} AS ${sql}`,
});
