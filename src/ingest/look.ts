import type { FileFacts } from '../core/files.ts';
import type { Frame, Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { RawColumn, RawFile } from './raw.ts';
import { nameScore } from './name-score.ts';
import { ROLE_WORDS } from './role-words.ts';
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

type Seen = [
  known: number,
  distinct: number,
  numbers: number | null,
  wholes: number | null,
  dates: number | null,
  lo: number | null,
  hi: number | null,
  median: string | null,
  values: string[] | null,
];

/** Whole-column shares of 0 and 1 hold for the first rows and for distinct values too; only between them SQL has to count. */
const decided = (share: number): boolean => share === 0 || share === 1;
const BIRTH = ROLE_WORDS.find((w) => w.role === 'birth_date')!;

function seenSql(c: RawColumn, table: string, first: string): string {
  const number = numberSql(c);
  const { ts } = dateSql(c);
  const count = (share: number, test: string): string => (decided(share) ? `${share} * count(*)` : `count(*) FILTER (${test})`);
  const median = c.facts.date > 0 && nameScore(c.facts.name, BIRTH).n > 0 ? `CAST(quantile_disc(${ts}, 0.5) AS VARCHAR)` : 'NULL';
  const raw = `c${c.facts.index}`;
  // The casts read the different cells that GROUP BY leaves, so those stand for the column under its own name.
  return (
    `WITH d AS (SELECT f.${raw}, count(*) AS n FROM ${table} f WHERE ${first} GROUP BY f.${raw}), f AS (SELECT f.${raw}, ${idSql(c)} AS v, n FROM d f) ` +
    `SELECT coalesce(sum(n), 0), count(DISTINCT v), ${count(c.facts.number, `${number} IS NOT NULL`)} / nullif(count(*), 0), ` +
    `${count(c.facts.whole, `${number} = floor(${number})`)} / nullif(count(*), 0), ${count(c.facts.date, `${ts} IS NOT NULL`)} / nullif(count(*), 0), ` +
    `${c.facts.number > 0 ? `min(${number}), max(${number})` : 'NULL, NULL'}, ${median}, arg_min(v, hash(v), ${VALUES}) FROM f WHERE v IS NOT NULL`
  );
}
const firstRow = (frame: Frame): Seen => frame.columns.map((c) => (c as ArrayLike<Value>)[0]) as unknown as Seen;

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
    const [known, distinct, numbers, wholes, dates, lo, hi, median, values] = firstRow(await engine.query(seenSql(c, raw.table, first), opts));
    columns.push({
      name: c.facts.name,
      raw: c,
      known,
      distinct,
      numbers: numbers ?? 0,
      wholes: wholes ?? 0,
      dates: dates ?? 0,
      range: lo === null || hi === null ? null : [lo, hi],
      medianDate: median,
      newestDate: c.facts.date >= 0.5 ? c.facts.max : null,
      values: [...new Set(values)],
    });
  }
  return { file, raw, rows: Math.min(file.rows, ROWS), columns, first };
}
