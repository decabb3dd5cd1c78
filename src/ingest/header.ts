import type { Note } from '../core/files.ts';
import type { HeadRow } from './cells.ts';

/** Titles above a table are at most this many rows. */
const MOST_TITLES = 50;
const NUMBER = /^[-+(]?\s*[\p{Sc}]?\s*[-+]?[\d.,'\s\u00a0]*\d[\d.,]*(?:[eE][+-]?\d+)?\s*[\p{Sc}%]?\)?-?$/u;
const DATE = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|^\d{1,2}[- ][A-Za-z]{3}[- ]\d{4}/;
const NOTHING = /^\s*(?:na|n\/a|#n\/a|nan|null|\\n|-+|—|\?)?\s*$/i;

type Kind = 'nothing' | 'value' | 'text';
const kind = (cell: string): Kind => (NOTHING.test(cell) ? 'nothing' : NUMBER.test(cell.trim()) || DATE.test(cell.trim()) ? 'value' : 'text');

/** Rows above the table: shorter ones, or titles padded to its width with empty cells. */
export function leadingRows(rows: HeadRow[], width: number): number {
  if (width < 2) return 0;
  const filled = (r: HeadRow | undefined): number => r?.cells.filter((c) => c.trim() !== '').length ?? 0;
  let k = 0;
  while (k < rows.length && k < MOST_TITLES) {
    const row = rows[k]!;
    const title = width >= 3 && filled(row) <= 1 && rows.slice(k + 1, k + 4).some((r) => filled(r) >= Math.max(2, width / 2));
    if (row.cells.length >= width && !row.broken && !title) return k > 0 && shortHeader(rows, k, width) ? k - 1 : k;
    k++;
  }
  return 0;
}

/** The row before the table names its columns but one: row names have none (as R writes them), or rows end with a delimiter. */
function shortHeader(rows: HeadRow[], k: number, width: number): boolean {
  const before = rows[k - 1]!;
  return width >= 3 && before.cells.length === width - 1 && headerOf(rows.slice(k)) === null && headerOf(rows.slice(k - 1)) !== null;
}

/** The first row if it names the columns, else null. `given` true: it does, whatever it looks like. */
export function headerOf(rows: HeadRow[], given?: boolean): string[] | null {
  const first = rows[0]?.cells;
  if (!first) return null;
  if (given) return first;
  const rest = rows.slice(1).filter((r) => !r.broken);
  const kinds = first.map(kind);
  if (rest.length === 0) return kinds.every((k) => k !== 'value') ? first : null;
  let named = 0;
  let data = 0;
  first.forEach((cell, c) => {
    const below = rest.map((r) => r.cells[c] ?? '').filter((v) => kind(v) !== 'nothing');
    if (below.length === 0 || kinds[c] === 'nothing') return;
    const values = below.filter((v) => kind(v) === 'value').length / below.length;
    if (kinds[c] === 'text' && values >= 0.9) named++;
    else if (kinds[c] === 'value' && values >= 0.9) data++;
    else if (kinds[c] === 'text' && below.includes(cell)) data++;
  });
  if (named > 0 && (data === 0 || named > data || years(first))) return first;
  if (data > 0) return null;
  const texts = first.filter((c) => c.trim() !== '');
  return kinds.includes('value') || new Set(texts).size < texts.length ? null : first;
}

/** Numbers as names: the years of a table that was turned. */
const years = (cells: string[]): boolean => cells.filter((c) => kind(c) === 'value').every((c) => /^(19|20)\d\d$/.test(c.trim()));

/**
 * Width of the table and its column names. Nine in ten rows decide against the header: a name too few stands for row names in front
 * (as R writes them) or an empty last cell, a name too many for a delimiter at the end of the header.
 */
export function columnsOf(header: string[] | null, width: number, rows: HeadRow[], file: string): { names: string[]; notes: Note[] } {
  const notes: Note[] = [];
  const note = (id: string, title: string, detail: string): void =>
    void notes.push({ id: `open:${id}`, level: 'info', title, detail, where: { file } });
  if (!header) return { names: Array.from({ length: width }, (_, i) => `column ${i + 1}`), notes };
  const fits = rows.filter((r) => r.cells.length === width).length;
  const n = header.length !== width && rows.length >= 5 && fits >= 0.9 * rows.length ? width : header.length;
  let cells = header.slice(0, n);
  if (n > header.length) {
    const ends = rows.every((r) => (r.cells[n - 1] ?? '').trim() === '');
    const front = n === header.length + 1 && !ends;
    cells = front ? ['', ...header] : [...header, ...Array.from({ length: n - header.length }, () => '')];
    note(
      'names',
      `The header names ${header.length} columns, the rows have ${n}.`,
      front ? 'The first column is taken as row names.' : 'The last columns have no name.',
    );
  } else if (n < header.length) {
    note(
      'names',
      `The header names ${header.length} columns, the rows have ${n}.`,
      `Left out: ${header
        .slice(n)
        .map((c) => `"${c}"`)
        .join(', ')}.`,
    );
  }
  const seen = new Map<string, number>();
  const taken = new Set(cells.map((c) => c.trim()));
  const names = cells.map((cell, i) => {
    const name = cell.replace(/\s+/g, ' ').trim() || `column ${i + 1}`;
    let k = (seen.get(name) ?? 0) + 1;
    while (k > 1 && taken.has(`${name} (${k})`)) k++;
    seen.set(name, k);
    return k === 1 ? name : `${name} (${k})`;
  });
  const doubled = [...seen].filter(([, k]) => k > 1).map(([name]) => `"${name}"`);
  const blank = cells.filter((c) => c.trim() === '').length;
  if (doubled.length > 0)
    note(
      'doubled',
      `${doubled.length === 1 ? 'A column name occurs' : `${doubled.length} column names occur`} more than once.`,
      `${doubled.join(', ')}: the later ones are numbered (2), (3) …`,
    );
  if (blank > 0 && n <= header.length)
    note('unnamed', `${blank === 1 ? 'A column has' : `${blank} columns have`} no name.`, 'They are called by their position, such as "column 3".');
  return { names, notes };
}
