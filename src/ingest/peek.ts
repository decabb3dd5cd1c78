import { TesseraError } from '../core/errors.ts';
import type { FileFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';

export interface PeekRows {
  header: string[];
  rows: { line: number; cells: (string | null)[] }[];
}
export interface LineCells {
  file: string;
  line: number;
  header: string[];
  cells: (string | null)[];
  text: string | null;
}

/** Full name of a file's raw table ('f': its rows, 'r': its rejected rows), wherever it is: in `z`, or in an attached kept database. */
export async function rawTable(engine: Engine, id: string, kind: 'f' | 'r'): Promise<string> {
  const frame = await engine.query(
    `SELECT database_name AS d FROM duckdb_tables() WHERE table_name = ${literal(`${kind}_${id}`).text} ORDER BY d = 'z' DESC, d LIMIT 1`,
  );
  if (frame.n === 0) throw new TesseraError('FILE_UNREADABLE', 'The rows of this file are not kept here.', { next: 'Drop the file again.' });
  return `"${String(column(frame, 'd')[0])}"."${kind}_${id}"`;
}

const cellsSql = (facts: FileFacts): string => facts.columns.map((_, i) => `CAST(c${i} AS VARCHAR) AS c${i}`).join(', ');
const header = (facts: FileFacts): string[] => facts.columns.map((c) => c.name);

/** Rows of a file as text, in file order, from the `offset`-th (0 for the first). NULL where the cell was empty. */
export async function peek(engine: Engine, facts: FileFacts, offset: number, limit: number): Promise<PeekRows> {
  const table = await rawTable(engine, facts.id, 'f');
  const frame = await engine.query(
    // Rows were put in by line and come out so; sorting millions for the sake of a screenful would be slow.
    `SELECT line, ${cellsSql(facts)} FROM (FROM ${table} LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}) ORDER BY line`,
  );
  const cells = frame.columns.slice(1);
  const rows = Array.from({ length: frame.n }, (_, r) => ({ line: Number(frame.columns[0]![r]), cells: cells.map((c) => c[r] as string | null) }));
  return { header: header(facts), rows };
}

/**
 * The row that stands on a line of the file (a row may run over several), with its text: of a rejected row as it was, of a text file's row written
 * so that reading it again gives its cells. `text` is null for Parquet, where `line` is the row's number.
 */
export async function rawLine(engine: Engine, facts: FileFacts, line: number): Promise<LineCells> {
  const at = Math.trunc(line);
  const latest = async (kind: 'f' | 'r', what: string): Promise<{ line: number; values: (string | null)[] } | null> => {
    const table = await rawTable(engine, facts.id, kind);
    const frame = await engine.query(`SELECT line, ${what} FROM ${table} WHERE line = (SELECT max(line) FROM ${table} WHERE line <= ${at})`);
    return frame.n === 0 ? null : { line: Number(frame.columns[0]![0]), values: frame.columns.slice(1).map((c) => c[0] as string | null) };
  };
  const row = await latest('f', cellsSql(facts));
  const reject = facts.rejected > 0 ? await latest('r', 'text') : null;
  if (reject && reject.line > (row?.line ?? 0))
    return { file: facts.name, line: reject.line, header: header(facts), cells: [], text: reject.values[0] ?? '' };
  if (!row)
    throw new TesseraError('USAGE', `${facts.name} has no row on line ${at}.`, {
      next: 'Choose a line of its table.',
      where: { file: facts.name, line: at },
    });
  return {
    file: facts.name,
    line: row.line,
    header: header(facts),
    cells: row.values,
    text: facts.dialect ? written(row.values, facts.dialect) : null,
  };
}

function written(cells: (string | null)[], dialect: { delimiter: string; quote: string; escape: string }): string {
  const { delimiter, quote, escape } = dialect;
  const needs = (c: string): boolean =>
    quote !== '' && ((delimiter !== '' && c.includes(delimiter)) || c.includes(quote) || /[\r\n]/.test(c) || /^ | $/.test(c));
  const inside = (c: string): string => (escape === quote ? c : c.replaceAll(escape, escape + escape)).replaceAll(quote, escape + quote);
  return cells.map((c) => (c === null ? '' : needs(c) ? quote + inside(c) + quote : c)).join(delimiter);
}
