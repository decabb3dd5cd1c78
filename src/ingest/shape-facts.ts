import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { FileGuesses } from './candidates.ts';
import { textSql } from './raw.ts';
import type { ShapeFacts } from './shapes.ts';

/** Signs between the products of one cell. */
export const CELL_SIGNS = ['|', ';', ','] as const;

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
  if (columns.length === 1) facts.delimited = (await cellSign(engine, file, opts)) !== null;
  return facts;
}

/** The sign that stands in at least half of a lone column's cells. */
async function cellSign(engine: Engine, file: FileGuesses, opts?: QueryOptions): Promise<string | null> {
  const v = textSql(file.look.raw.columns[0]!);
  const shares = CELL_SIGNS.map((s) => `count(*) FILTER (contains(${v}, ${literal(s).text})) / nullif(count(${v}), 0)`).join(', ');
  const frame = await engine.query(`SELECT ${shares} FROM ${file.look.raw.table} f WHERE ${file.look.first}`, opts);
  return CELL_SIGNS.find((_, i) => Number((frame.columns[i] as ArrayLike<Value>)[0] ?? 0) >= 0.5) ?? null;
}
