import { literal } from '../engine/sql.ts';
import type { Piece } from './rewrite.ts';

/** SQL: the rows of a registered piece with their lines, as `line, c0, …`. */
export function readPiece(name: string, piece: Piece, width: number): string {
  const cells = Array.from({ length: width }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  if (piece.line === null) return `SELECT * FROM ${readCsv(name, piece, `{'line': 'UINTEGER', ${cells}}`)}`;
  return `SELECT CAST(${piece.line - 1} + row_number() OVER () AS UINTEGER), * FROM ${readCsv(name, piece, `{${cells}}`)}`;
}

/** SQL: everything is given, so that the engine guesses nothing; not strict, since a strict reader refuses carriage returns inside quotes. */
export function readCsv(name: string, piece: Omit<Piece, 'line'>, columns: string): string {
  const line = piece.longest + 1024;
  return (
    `read_csv(${literal(name).text}, auto_detect = false, header = false, columns = ${columns}, delim = ${literal(piece.delimiter).text}, ` +
    `quote = ${literal(piece.quote).text}, escape = ${literal(piece.quote).text}, nullstr = '', strict_mode = false, ` +
    `max_line_size = ${line}, buffer_size = ${Math.max(line, piece.bytes.length + 1)})`
  );
}
