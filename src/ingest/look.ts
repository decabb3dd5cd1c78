import type { FileFacts } from '../core/files.ts';
import type { Frame, Value } from '../core/frame.ts';
import { rows } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { RawColumn, RawFile } from './raw.ts';
import { dateSql, idSql, numberSql, rawFile } from './raw.ts';

/** Rows from which roles are proposed, and distinct values that cross to TypeScript for the tests of words. */
const ROWS = 100_000;
const VALUES = 2_000;

/** What role inference sees of a column: counts and values of the first 100,000 rows. Shares are of the distinct known values. */
export interface ColumnLook {
  name: string;
  raw: RawColumn;
  known: number;
  distinct: number;
  numbers: number;
  wholes: number;
  dates: number;
  range: [number, number] | null;
  medianDate: string | null;
  /** The newest date in any column of any file. */
  newestDate: string | null;
  /** Distinct known values, at most 2,000, in an order that is no order of theirs. */
  values: string[];
}
export interface FileLook {
  file: FileFacts;
  raw: RawFile;
  rows: number;
  columns: ColumnLook[];
  /** Condition that keeps the first 100,000 rows. */
  first: string;
}

interface Seen {
  known: number;
  distinct: number;
  numbers: number;
  wholes: number;
  dates: number;
  lo: number | null;
  hi: number | null;
  median_date: string | null;
  newest: string | null;
  vals: string[] | null;
}

/** Whole-column shares of 0 and 1 hold for the first rows and for distinct values too; only between them SQL has to count. */
const decided = (share: number): boolean => share === 0 || share === 1;

function seenSql(c: RawColumn, table: string, first: string): string {
  // The casts read the text that GROUP BY leaves, so the column stands for it under its own name.
  const number = numberSql(c);
  const { ts } = dateSql(c);
  const count = (share: number, test: string): string => (decided(share) ? `${share} * count(*)` : `count(*) FILTER (${test})`);
  const hasDates = c.facts.date > 0;
  return (
    `WITH d AS (SELECT ${c.sql} AS c${c.facts.index}, ${idSql(c)} AS v, count(*) AS n FROM ${table} f WHERE ${first} GROUP BY ALL), ` +
    `f AS (SELECT c${c.facts.index}, v, n FROM d WHERE v IS NOT NULL) ` +
    `SELECT coalesce(sum(n), 0) AS known, count(DISTINCT v) AS distinct, ${count(c.facts.number, `${number} IS NOT NULL`)} / nullif(count(*), 0) AS numbers, ` +
    `${count(c.facts.whole, `${number} = floor(${number})`)} / nullif(count(*), 0) AS wholes, ${count(c.facts.date, `${ts} IS NOT NULL`)} / nullif(count(*), 0) AS dates, ` +
    `${c.facts.number > 0 ? `min(${number}), max(${number})` : 'NULL, NULL'}, ` +
    `${hasDates ? `CAST(quantile_disc(${ts}, 0.5) AS VARCHAR), CAST(max(${ts}) AS VARCHAR)` : 'NULL, NULL'}, ` +
    `list(DISTINCT v ORDER BY md5(v), v)[1:${VALUES}] FROM f`
  );
}
const NAMES = ['known', 'distinct', 'numbers', 'wholes', 'dates', 'lo', 'hi', 'median_date', 'newest', 'vals'];
const named = (frame: Frame): Frame => ({ ...frame, names: NAMES });

/** Looks at the first 100,000 rows of every file. */
export async function lookAt(engine: Engine, files: readonly FileFacts[], opts?: QueryOptions): Promise<FileLook[]> {
  const looks: FileLook[] = [];
  for (const file of files) looks.push(await lookAtFile(engine, file, opts));
  const newest = looks
    .flatMap((l) => l.columns.map((c) => c.newestDate))
    .reduce<string | null>((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
  for (const look of looks) for (const c of look.columns) c.newestDate = newest;
  return looks;
}

async function lookAtFile(engine: Engine, file: FileFacts, opts?: QueryOptions): Promise<FileLook> {
  const raw = await rawFile(engine, file);
  let first = 'true';
  if (file.rows > ROWS) {
    const last = await engine.query(`SELECT line FROM ${raw.table} ORDER BY line LIMIT 1 OFFSET ${ROWS - 1}`, opts);
    first = `f.line <= ${Number((last.columns[0] as ArrayLike<Value>)[0])}`;
  }
  const columns: ColumnLook[] = [];
  for (const c of raw.columns) {
    const seen = rows<Seen>(named(await engine.query(seenSql(c, raw.table, first), opts)))[0]!;
    columns.push({
      name: c.facts.name,
      raw: c,
      known: seen.known,
      distinct: seen.distinct,
      numbers: seen.numbers ?? 0,
      wholes: seen.wholes ?? 0,
      dates: seen.dates ?? 0,
      range: seen.lo === null || seen.hi === null ? null : [seen.lo, seen.hi],
      medianDate: seen.median_date,
      newestDate: seen.newest,
      values: seen.vals ?? [],
    });
  }
  return { file, raw, rows: Math.min(file.rows, ROWS), columns, first };
}
