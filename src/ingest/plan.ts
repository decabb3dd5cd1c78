import type { FileFacts, FileMapping } from '../core/files.ts';
import type { Role, TableName } from '../core/roles.ts';
import type { DateSql } from './parse-date.ts';
import type { RawColumn } from './raw.ts';
import { dateSql, numberSql } from './raw.ts';

/** A column of a file with what it means. Its SQL stands in the file's `from`. */
export interface Col extends RawColumn {
  /** Id of the file. */
  file: string;
  role: Role | null;
  /** Where its distinct values are read: table and alias, without the joins of `from`. */
  home: string;
  /** "orders.csv › Country", for people. */
  title: string;
  dayFirst: boolean | undefined;
  sign: '.' | ',' | undefined;
  zone: string;
}
/** One dropped file as the mapping reads it. `src` is its place among the project's files. */
export interface FilePlan {
  src: number;
  facts: FileFacts;
  mapping: FileMapping;
  table: string;
  /** Tables joined to the raw table f: order lines have their orders as h. */
  join: string;
  cols: Col[];
  /** Another file's lines carry what this file of orders says: it makes no events of its own. */
  linesIn: FilePlan | null;
}
export interface Plan {
  files: FilePlan[];
  zone: string;
}

export const col = (file: FilePlan, role: Role): Col | undefined => file.cols.find((c) => c.role === role);
export const cols = (file: FilePlan, role: Role): Col[] => file.cols.filter((c) => c.role === role);
export const attributes = (file: FilePlan): Col[] => file.cols.filter((c) => c.role === null);
/** Files that feed a table. */
export const feeding = (plan: Plan, table: TableName): FilePlan[] => plan.files.filter((f) => f.mapping.tables.includes(table));

/** SQL for a number, by the user's decimal sign if there was a question. */
export const numberOf = (c: Col, type?: string): string => numberSql(c, type, c.sign);
/** SQL for a date, by the user's order of day and month if there was a question. */
export const dateOf = (c: Col): DateSql => dateSql(c, c.dayFirst);
