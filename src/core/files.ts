import type { Role, TableName } from './roles.ts';
import type { Where } from './errors.ts';

/** How a text file is cut into cells. `quote` '' means no quoting. */
export interface Dialect {
  encoding: string;
  delimiter: string;
  quote: string;
  escape: string;
  header: boolean;
  /** Lines before the header (or first row) that are not data. */
  skip: number;
  /** Rows have as many cells as they like (one basket a row): missing ones are NULL instead of the row being rejected. */
  ragged?: boolean;
}
export type FileFormat = 'csv' | 'parquet';

/** The whole-column judgement of one column of a file. Counts are rows. JSON. */
export interface ColumnFacts {
  name: string;
  /** Position in the file, from 0. */
  index: number;
  known: number;
  empty: number;
  distinct: number;
  /** Share of the known values that read as a number, a whole number, a date. */
  number: number;
  whole: number;
  date: number;
  /** Decimal sign judged over the column; `guess` where no value decides. */
  decimal: { sign: '.' | ','; guess: boolean; scale: number } | null;
  /** Date forms met with their counts, commonest first; `ambiguous` while d/m against m/d is not decided by any value. */
  dates: { form: string; n: number }[];
  ambiguous: boolean;
  offset: boolean;
  /** Every known value ends in '.0': ids lose it, and the app says so. */
  dotZero: boolean;
  min: string | null;
  max: string | null;
  /** A few distinct known values, most frequent first. */
  samples: string[];
  /** Least and greatest as number, where the column reads as numbers. */
  range: [number, number] | null;
  /** Values written by a spreadsheet or database for "nothing", with counts. */
  lost: { text: string; n: number; reason: string }[];
  /** `NA` is a value in this column (Namibia among two-letter country codes), not a word for nothing. */
  keepsNA?: boolean;
}

export interface RejectedRow {
  line: number;
  reason: string;
  text: string;
}

export interface FileFacts {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  format: FileFormat;
  dialect: Dialect | null;
  rows: number;
  rejected: number;
  /** The first 1,000; all of them stay in the engine for download. */
  rejectedRows: RejectedRow[];
  columns: ColumnFacts[];
  notes: Note[];
}

/** Something noticed that a person may want to look at. `id` is stable, so that an answer to it can be kept. */
export interface Note {
  id: string;
  level: 'info' | 'warn' | 'bad';
  title: string;
  detail: string;
  where?: Where;
}

/** One guess of a column's role. Score and parts as in `docs/definitions`: S = 1 − (1 − 0.7N)(1 − 0.5V)(1 − 0.3R). */
export interface RoleGuess {
  role: Role;
  score: number;
  name: number;
  value: number;
  relation: number;
  evidence: string;
}

export interface ColumnMapping {
  column: string;
  role: Role | null;
  /** sure ≥ 0.75, likely ≥ 0.55, guess ≥ 0.40, else attribute; `chosen` where a person decided. */
  confidence: 'sure' | 'likely' | 'guess' | 'attribute' | 'chosen';
  guesses: RoleGuess[];
  evidence: string;
  /** A question to be answered: 'dayfirst' (d/m or m/d), 'zone', 'decimal'. */
  asks: ('dayfirst' | 'zone' | 'decimal')[];
}
export type IdCut = 'zeros' | 'case' | 'dot';
export type FileShape = 'media' | 'edges' | 'funnel' | 'events' | 'users' | 'products' | 'baskets' | 'outcomes' | 'unknown' | 'ignored';
export interface FileMapping {
  file: string;
  shape: FileShape;
  /** A person chose the shape: guessing leaves it and `tables` alone. */
  shapeChosen?: boolean;
  tables: TableName[];
  why: string;
  columns: ColumnMapping[];
  options: {
    dayFirst?: Record<string, boolean>;
    decimal?: Record<string, '.' | ','>;
    zone?: string;
    dropDuplicates?: boolean;
    /** Taken from an offered join, by column: cut leading zeros, ignore case, cut a '.0' at the end. */
    ids?: Record<string, IdCut[]>;
  };
}
/** How the files become tables. JSON; part of the project document. */
export interface Mapping {
  files: FileMapping[];
}

/** How well two tables join, one way. */
export interface JoinReport {
  from: string;
  to: string;
  matched: number;
  total: number;
  text: string;
  detail: string;
}
/** What one row says of a member, and the last place where it is said. `value` is null where it tells who somebody is: it stands in the file alone. */
export interface Said {
  value: string | null;
  file: string;
  line: number;
}
/** A column of which the rows of some members say more than one thing. JSON. */
export interface Contradiction {
  table: 'users' | 'products';
  /** Name in the canonical table. */
  column: string;
  role: Role | null;
  /** As people say it: "gender", or the file's own name of the column. */
  title: string;
  /** Members with more than one known value. */
  n: number;
  /** Nobody changes it: one of the values must be wrong. Others may simply be older and newer. */
  fixed: boolean;
  /**
   * Which value counts. `last row`: of the files in their order, the last row that knows one; `last dated`: the last dated event before the as-of date;
   * `most rows`: what most rows say, ties the last dated; `own file`: what the table of users or products says, whatever events say.
   */
  takes: 'last row' | 'last dated' | 'most rows' | 'own file';
  /** The file columns it comes from: "crm.csv › Gender". */
  from: string[];
  /** The first members by id, with what is said of them and what was taken of it. */
  examples: { id: string; taken: string | null; said: Said[] }[];
}
export interface BuildReport {
  facts: import('./tables.ts').DataFacts;
  joins: JoinReport[];
  notes: Note[];
  /** Absent where nothing contradicts itself. */
  contradictions?: Contradiction[];
  /** Per file: in = matched + unknown + doubled + rejected. */
  accounts: { file: string; rows: number; kept: number; rejected: number; doubled: number; cellsRejected: number }[];
  ms: number;
}
export interface Progress {
  task: string;
  file?: string;
  phase: string;
  done: number;
  of: number;
  unit: 'bytes' | 'rows' | 'steps';
  startedAt: number;
}
