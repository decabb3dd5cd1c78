import { fixed, int, tagValue } from '../format.ts';

export type Cell = string | number | boolean | null;
export interface Column {
  id: string;
  label: string;
  /** Decides alignment, sorting and how a value is written. */
  type: 'text' | 'mono' | 'number' | 'int' | 'share' | 'money' | 'date' | 'boolean';
  unit?: string;
  width?: number;
  /** Grows with the table. */
  grow?: boolean;
  sortable?: boolean;
  format?: (v: Cell, row: Cell[]) => string;
  title?: string;
}
export interface Sort {
  by: string;
  dir: 'asc' | 'desc';
}

export const isNumeric = (c: Column): boolean => ['number', 'int', 'share', 'money'].includes(c.type);

/** A cell as people read it. */
export function cellText(c: Column, v: Cell, row: Cell[], currency = ''): string {
  if (c.format) return c.format(v, row);
  if (c.type === 'int' && typeof v === 'number') return int(v);
  if (c.type === 'number' && typeof v === 'number') return Number.isInteger(v) ? int(v) : fixed(v, 2);
  return tagValue(v, c.type === 'text' || c.type === 'mono' ? 'text' : c.type, c.unit ?? '', currency);
}

/** A row as people read it. */
export const rowTexts = (columns: readonly Column[], row: Cell[], currency = ''): string[] =>
  columns.map((c, i) => cellText(c, row[i] ?? null, row, currency));

/** Rows in order of one column; nulls last either way, ties in their old order. */
export function sortRows(rows: Cell[][], index: number, dir: 'asc' | 'desc'): Cell[][] {
  const sign = dir === 'asc' ? 1 : -1;
  const collator = new Intl.Collator('en', { numeric: true });
  return rows
    .map((row, i) => ({ row, i }))
    .sort((a, b) => {
      const x = a.row[index] ?? null,
        y = b.row[index] ?? null;
      if (x === null || y === null) return x === y ? a.i - b.i : x === null ? 1 : -1;
      const d = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
      return d * sign || a.i - b.i;
    })
    .map((r) => r.row);
}

/** Tab-separated text for the clipboard: tabs and line ends inside cells become spaces. */
export const tsv = (rows: string[][]): string => rows.map((r) => r.map((c) => c.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');

/**
 * CSV with raw values (RFC 4180, CRLF). Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers never do.
 */
export function csv(header: string[], rows: Cell[][]): string {
  return csvRows([header, ...rows]);
}
/** The same without a header, to go on with. */
export const csvRows = (rows: Cell[][]): string => rows.map((r) => `${r.map(cell).join(',')}\r\n`).join('');
function cell(v: Cell): string {
  if (v === null) return '';
  const text = typeof v === 'string' && /^[=+\-@\t\r]/.test(v) ? `'${v}` : String(v);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
