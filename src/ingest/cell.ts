import type { ColumnFacts } from '../core/files.ts';

/** Blanks that `trim` takes off a cell: DuckDB's own trim knows only the space. */
const BLANKS = ' \t\r\n\u00a0\u2007\u202f\u3000\ufeff';

/** Words that spreadsheets and databases write for "nothing" (definitions, section 1: nulls), lower case. Words that someone wrote (`unknown`) are values. */
export const NULL_WORDS = ['na', 'n/a', '#n/a', 'nan', 'null', '\\n', '-', '--', '—', '?'] as const;

/** SQL: true where a cell has blanks at an edge. */
export const padded = (expr: string): string => `regexp_matches(${expr}, '^[${BLANKS}]|[${BLANKS}]$')`;
/** SQL: the cell without blanks around it. By pattern: `trim` with characters of its own is five times slower. */
export const trimmed = (expr: string): string => `regexp_replace(${expr}, '^[${BLANKS}]+|[${BLANKS}]+$', '', 'g')`;

/** SQL: true where a trimmed cell is empty or one of the words for nothing. `keepNA`: `NA` is a value here (Namibia in a column of country codes). */
function saysNothingSql(value: string, keepNA = false): string {
  const words = NULL_WORDS.filter((w) => !(keepNA && w === 'na'));
  return `lower(${value}) IN ('', ${words.map((w) => `'${w}'`).join(', ')})`;
}

/** SQL: the trimmed cell, or NULL where it is empty or says nothing. The common case, neither padded nor nothing, comes first and cheap. */
export function cellSql(expr: string, facts?: Pick<ColumnFacts, 'keepsNA'>): string {
  const nothing = (value: string): string => saysNothingSql(value, facts?.keepsNA);
  const value = trimmed(expr);
  return `CASE WHEN ${nothing(expr)} THEN NULL WHEN NOT ${padded(expr)} THEN ${expr} WHEN ${nothing(value)} THEN NULL ELSE ${value} END`;
}

const EDGES = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, 'g');

/** The same in TypeScript, for columns of few values: the trimmed cell, '' for none. */
export const trimCell = (raw: string): string => raw.replace(EDGES, '');
/** The same in TypeScript: true where a trimmed cell is a word for nothing. */
export const saysNothing = (value: string): boolean => value.length < 20 && (NULL_WORDS as readonly string[]).includes(value.toLowerCase());
