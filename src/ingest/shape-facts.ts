import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { FileGuesses } from './candidates.ts';
import type { RawColumn } from './raw.ts';
import { textSql } from './raw.ts';
import type { ShapeFacts } from './shapes.ts';

/** Signs between the products of one cell. */
const SIGNS = ['|', ';', ','] as const;

/** What tells baskets from other files, asked of the first rows only where a file may be baskets at all. */
export async function shapeFacts(engine: Engine, file: FileGuesses, opts?: QueryOptions): Promise<ShapeFacts> {
  const columns = file.look.raw.columns;
  const headless = file.look.file.dialect?.header === false;
  const from = `FROM ${file.look.raw.table} f WHERE ${file.look.first}`;
  const facts: ShapeFacts = { cellsInSeveral: 0, delimited: false };
  if (headless && columns.length > 1) {
    const cells = columns.map((c, i) => `SELECT ${textSql(c)} AS v, ${i} AS k ${from}`).join(' UNION ALL ');
    const frame = await engine.query(
      `SELECT count(*) FILTER (k > 1) / nullif(count(*), 0) FROM (SELECT v, count(DISTINCT k) AS k FROM (${cells}) WHERE v IS NOT NULL GROUP BY v)`,
      opts,
    );
    facts.cellsInSeveral = Number((frame.columns[0] as ArrayLike<Value>)[0] ?? 0);
  }
  const sign = columns.length <= 2 ? await cellSign(engine, file.look.raw.table, columns.at(-1)!, opts) : null;
  facts.delimited = sign !== null && (await comesAgain(engine, file.look.raw.table, columns.at(-1)!, sign, opts));
  return facts;
}

/** The sign that stands in at least half of a column's cells: each lists several things. */
export async function cellSign(engine: Engine, table: string, column: RawColumn, opts?: QueryOptions): Promise<string | null> {
  const v = textSql(column);
  const shares = SIGNS.map((s) => `count(*) FILTER (contains(${v}, ${literal(s).text})) / nullif(count(${v}), 0)`).join(', ');
  const frame = await engine.query(`SELECT ${shares} FROM ${table} f`, opts);
  const found = SIGNS.map((sign, i) => ({ sign, share: Number((frame.columns[i] as ArrayLike<Value>)[0] ?? 0) })).sort(
    (a, b) => b.share - a.share,
  )[0]!;
  return found.share >= 0.5 ? found.sign : null;
}

/** Things come again, sentences do not: at most half of what stands between the signs is different. */
async function comesAgain(engine: Engine, table: string, column: RawColumn, sign: string, opts?: QueryOptions): Promise<boolean> {
  const things = `unnest(string_split(${textSql(column)}, ${literal(sign).text}))`;
  const frame = await engine.query(
    `SELECT count(DISTINCT trim(x)) / count(x) FROM (SELECT ${things} AS x FROM (SELECT * FROM ${table} LIMIT 100000) f)`,
    opts,
  );
  return Number((frame.columns[0] as ArrayLike<Value>)[0] ?? 1) <= 0.5;
}
