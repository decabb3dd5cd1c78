import type { Cut } from './records.ts';

/** A row of a file's head: its cells and its line, 0 for the first. */
export interface HeadRow {
  line: number;
  cells: string[];
  broken: boolean;
}

/** The cells of one record, as the scanner understands it. */
export function cellsOf(text: string, cut: Cut): string[] {
  const out: string[] = [];
  const quoted = cut.quote ? quotedCell(cut) : null;
  for (let i = 0; ;) {
    const cell = quoted?.(text, i);
    if (cell) {
      out.push(cell.text);
      i = cell.after;
    } else {
      const at = cut.delimiter ? text.indexOf(cut.delimiter, i) : -1;
      const end = at < 0 ? text.length : at;
      out.push(text.slice(i, end));
      i = end;
    }
    if (i >= text.length) return out;
    i += cut.delimiter.length;
    if (i >= text.length) return [...out, ''];
  }
}

/** Reads a quoted cell at a position, or null where there is none: no quote after spaces, not closed, or text behind it. */
function quotedCell(cut: Cut): (text: string, from: number) => { text: string; after: number } | null {
  const { quote, delimiter } = cut;
  const escape = cut.escape && cut.escape !== quote ? cut.escape : null;
  return (text, from) => {
    let i = from;
    while (text[i] === ' ') i++;
    if (text[i] !== quote) return null;
    const parts: string[] = [];
    for (let start = ++i; ; i++) {
      if (i >= text.length) return null;
      if (text[i] === escape) {
        // Before anything but a quote or itself the escape is a character like others.
        if (text[i + 1] === quote || text[i + 1] === escape) {
          parts.push(text.slice(start, i));
          start = i + 1;
        }
        i++;
      } else if (text[i] === quote) {
        parts.push(text.slice(start, i));
        if (text[i + 1] !== quote) break;
        start = ++i;
      }
    }
    let after = i + 1;
    while (text[after] === ' ') after++;
    if (after < text.length && !(delimiter && text.startsWith(delimiter, after))) return null;
    return { text: parts.join(''), after };
  };
}

/** A cell by RFC 4180, with a comma as delimiter. */
export const quoteCell = (cell: string): string => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`);
