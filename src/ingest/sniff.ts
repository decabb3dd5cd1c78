import type { Dialect } from '../core/files.ts';
import type { HeadRow } from './cells.ts';
import { cellsOf } from './cells.ts';
import { headerOf, leadingRows } from './header.ts';
import type { Cut } from './records.ts';
import { BLANK, BROKEN, Records, Scanner } from './records.ts';

/** Delimiters tried, the one that text holds least often by chance first: it wins a tie. */
const DELIMITERS = ['\t', '\u0001', '|', ';', '::', ',', '^', '~'];
/** Bytes and rows that the dialect is judged by. */
const LOOK = 512 << 10;
const ROWS = 2000;

export interface Sniffed {
  dialect: Dialect;
  cut: Cut;
  /** Header cells as they stand in the file; null without a header. */
  header: string[] | null;
  /** Cells that a row must have. */
  width: number;
  /** Rows of the head after the header. */
  rows: HeadRow[];
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** How UTF-8 text is cut into cells, by its head. What `given` says is taken as it is. `whole`: the head is the whole file. */
export function sniff(head: Uint8Array, whole: boolean, encoding: string, given: Partial<Dialect> = {}): Sniffed {
  const newline = newlineOf(head);
  const look = head.subarray(0, LOOK);
  const ended = whole && look.length === head.length;
  const sep = /^sep=(.)\r?[\n\r]/i.exec(decoder.decode(look.subarray(0, 8)));
  const delimiters = given.delimiter !== undefined ? [given.delimiter] : sep ? [sep[1]!] : DELIMITERS;
  const forced = given.delimiter !== undefined || sep !== null;
  const skipped = given.skip ?? (sep ? 1 : 0);
  const body = afterLines(look, skipped, newline);
  const tried = delimiters.flatMap((delimiter) => quotesOf(body, given).map((q) => attempt(body, ended, { delimiter, newline, ...q })));
  const best = tried.reduce((a, b) => (b.score > a.score + 0.02 ? b : a));
  const loose = tried.reduce((a, b) => (b.wide > a.wide ? b : a));
  const ragged = given.ragged ?? (!forced && best.share < 0.5 && baskets(loose));
  const single = !forced && !ragged && best.score < 0.45 && !beginsWide(best);
  const chosen = single ? attempt(body, ended, { ...best.cut, delimiter: '' }) : ragged ? loose : best;

  const lead = given.skip === undefined && !ragged && !single ? leadingRows(chosen.rows, chosen.width) : 0;
  const rows = chosen.rows.slice(lead);
  const header = given.header === false || ragged ? null : headerOf(rows, given.header);
  const skip = skipped + (lead > 0 ? (rows[0]?.line ?? 0) : 0);
  const { delimiter, quote, escape } = chosen.cut;
  const dialect: Dialect = { encoding, delimiter, quote, escape, header: header !== null, skip, ...(ragged ? { ragged } : {}) };
  return { dialect, cut: chosen.cut, header, width: single ? 1 : chosen.width, rows: header ? rows.slice(1) : rows };
}

interface Attempt {
  cut: Cut;
  rows: HeadRow[];
  width: number;
  share: number;
  /** Share of rows with more than one cell. */
  wide: number;
  score: number;
}

/** Cuts the head by a dialect and says how well that went: the share of rows that have the commonest number of cells. */
function attempt(head: Uint8Array, ended: boolean, cut: Cut): Attempt {
  const found = new Records();
  new Scanner(cut).scan(head, head.length, ended, found);
  // A single long line that is cut by the end of the head is still a row to look at.
  if (found.n === 0) new Scanner(cut).scan(head, head.length, true, found);
  const rows: HeadRow[] = [];
  for (let i = 0; i < found.n && rows.length < ROWS; i++) {
    if (found.flags[i]! & BLANK) continue;
    const text = decoder.decode(head.subarray(found.start[i], found.end[i]));
    rows.push({ line: found.line[i]!, cells: cellsOf(text, cut), broken: (found.flags[i]! & BROKEN) > 0 });
  }
  const counts = new Map<number, number>();
  for (const r of rows) if (!r.broken) counts.set(r.cells.length, (counts.get(r.cells.length) ?? 0) + 1);
  const first = rows[0]?.cells.length ?? 0;
  let width = counts.has(first) ? first : 1;
  for (const [k, n] of counts) if (k > 1 && (width === 1 || n > (counts.get(width) ?? 0))) width = k;
  const share = rows.length === 0 ? 0 : (counts.get(width) ?? 0) / rows.length;
  const broken = rows.filter((r) => r.broken).length / Math.max(1, rows.length);
  const score = width < 2 ? -broken : share - broken + (first === width ? 0.15 : 0) + Math.min(width, 20) / 200;
  const wide = rows.filter((r) => r.cells.length > 1).length / Math.max(1, rows.length);
  return { cut, rows, width, share, wide, score };
}

/** Quotes to try: double ones; none and single ones only where the text gives reason to. */
function quotesOf(head: Uint8Array, given: Partial<Dialect>): { quote: string; escape: string }[] {
  if (given.quote !== undefined) return [{ quote: given.quote, escape: given.escape ?? given.quote }];
  const text = decoder.decode(head.subarray(0, 64 << 10));
  const escape = /\\"/.test(text) && !/[^"]""[^",;\t|\r\n]/.test(text) ? '\\' : '"';
  const out = [{ quote: '"', escape }];
  if (!text.includes('"') && (text.match(/(^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n]|$)/g)?.length ?? 0) > 1) out.push({ quote: "'", escape: "'" });
  // Quotes that never enclose a cell are inches, or somebody's accent.
  // eslint-disable-next-line no-control-regex -- U+0001 is the delimiter of Hive exports
  if (text.includes('"') && !/(^|[,;\t|\n:\u0001])"[^"]*("")*[^"]*"(?=[,;\t|\r\n:\u0001]|$)/.test(text)) out.push({ quote: '', escape: '' });
  return out;
}

/** Rows of many lengths whose cells come again and again: one basket a row. */
function baskets(a: Attempt): boolean {
  if (a.rows.length < 10 || a.wide < 0.3) return false;
  const cells = a.rows.flatMap((r) => r.cells.map((c) => c.trim())).filter((c) => c !== '');
  return cells.length >= 1.5 * a.rows.length && new Set(cells).size < cells.length / 2 && cells.every((c) => c.length <= 60);
}

/** A short or damaged file whose first row still shows a table. */
const beginsWide = (a: Attempt): boolean => (a.rows[0]?.cells.length ?? 0) > 1 && a.rows.filter((r) => r.cells.length > 1).length > a.rows.length / 2;

/** A file that has carriage returns and no line feed comes from an old Mac. */
function newlineOf(head: Uint8Array): '\n' | '\r' {
  return head.indexOf(10) < 0 && head.indexOf(13) >= 0 ? '\r' : '\n';
}

/** The bytes after so many lines; those before them are no CSV, so quotes there mean nothing. */
export function afterLines(bytes: Uint8Array, lines: number, newline: '\n' | '\r'): Uint8Array {
  let at = 0;
  for (let k = 0; k < lines; k++) {
    const end = bytes.indexOf(newline.charCodeAt(0), at);
    if (end < 0) return bytes.subarray(bytes.length);
    at = end + 1;
  }
  return bytes.subarray(at);
}
