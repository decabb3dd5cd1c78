import { TesseraError } from '../core/errors.ts';
import type { Source } from './source.ts';

export interface ParquetInfo {
  rows: number;
  /** Names of the columns read, in file order. */
  columns: string[];
}
export interface ParquetReadOptions {
  /** Only these columns; all by default. Unknown names are refused. */
  columns?: string[];
  /**
   * Each call gets one whole Arrow stream (schema, batches, end) and is waited for. The first has 0 rows and carries the schema alone, so that a
   * file without rows still has its columns.
   */
  onBatch(ipc: Uint8Array, rows: number): Promise<void> | void;
  signal?: AbortSignal;
}

/** Parquet decoded and encoded beside the engine: DuckDB-WASM cannot do it without fetching an extension. */
export interface ParquetCodec {
  /** One row group at a time. Rejects with FILE_ENCRYPTED, FILE_TRUNCATED, FILE_TOO_LARGE, FILE_UNREADABLE or CANCELLED. */
  read(source: Source, options: ParquetReadOptions): Promise<ParquetInfo>;
  /** An Arrow stream as a Parquet file, zstd. */
  write(ipc: Uint8Array): Promise<Uint8Array>;
}

/** Rows handed over at once: large enough that calls do not count, small enough that a row of long text does not fill the memory. */
export const BATCH_ROWS = 16_384;
/** Cells that fit into a tab. */
const MAX_CELLS = 2e9;
const MAX_ROWS_PER_BYTE = 50;
/** Decoded bytes of a whole file that a tab can take in, counted while decoding: what a footer says need not be so. */
const MAX_DECODED = 6 * 2 ** 30;
const MAX_UNPACKED = 4 * 2 ** 30;
/** A file that says it unfolds this many times over, to something large, is a trap or a mistake. */
const MAX_RATIO = 500;
const RATIO_FROM = 256 * 2 ** 20;

const AGAIN = 'Write it again, for instance with Snappy or zstd compression, or save it as CSV, and drop that.';
const SMALLER = 'Split the file, keep fewer columns, or use the command line on it.';

export const unreadable = (cause: unknown): TesseraError =>
  new TesseraError('FILE_UNREADABLE', 'This Parquet file is damaged, or written in a way that cannot be read here.', { next: AGAIN, cause });
const encrypted = (cause?: unknown): TesseraError =>
  new TesseraError('FILE_ENCRYPTED', 'This Parquet file is encrypted.', { next: 'Write it again without encryption and drop that.', cause });
const truncated = (cause?: unknown): TesseraError =>
  new TesseraError('FILE_TRUNCATED', 'This Parquet file is cut off: its end is missing.', { next: 'Download or copy it again.', cause });
export const tooLarge = (why: string, cause?: unknown): TesseraError =>
  new TesseraError('FILE_TOO_LARGE', `This Parquet file is too large for a browser tab: ${why}.`, { next: SMALLER, cause });

/** What a decoder said, as ours. */
export const decodeError = (e: unknown): TesseraError => (e instanceof Error && /encrypt/i.test(e.message) ? encrypted(e) : unreadable(e));

/** Judges a file by its first and last bytes, before anything decodes it. */
export async function checkMagic(file: Blob): Promise<void> {
  const text = async (from: number, to: number): Promise<string> => String.fromCharCode(...new Uint8Array(await file.slice(from, to).arrayBuffer()));
  const head = await text(0, 4);
  const tail = await text(Math.max(0, file.size - 4), file.size);
  if (head === 'PARE' || tail === 'PARE') throw encrypted();
  if (head !== 'PAR1') throw unreadable(new Error('it does not begin like a Parquet file'));
  if (file.size < 12 || tail !== 'PAR1') throw truncated();
  const footer = new DataView(await file.slice(file.size - 8, file.size - 4).arrayBuffer()).getUint32(0, true);
  if (footer > file.size - 12) throw truncated(new Error('its footer is longer than the file'));
}

/** Judges a file by what its footer says. `unpacked` are bytes before compression. */
export function checkFooter(footer: { rows: number; columns: number; unpacked: number }, bytes: number): void {
  const { rows, columns, unpacked } = footer;
  const n = (x: number): string => Math.round(x).toLocaleString('en');
  if (rows * columns > MAX_CELLS) throw tooLarge(`${n(rows)} rows of ${n(columns)} columns`);
  if (rows / bytes > MAX_ROWS_PER_BYTE) throw tooLarge(`${n(bytes)} bytes that claim ${n(rows)} rows`);
  if (unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && unpacked / bytes > MAX_RATIO)) throw tooLarge(`it unpacks to ${n(unpacked / 2 ** 20)} MB`);
}

/** Counts decoded bytes and refuses past the budget. */
export function decodedBudget(): (bytes: number) => void {
  let sum = 0;
  return (bytes) => {
    sum += bytes;
    if (sum > MAX_DECODED) throw tooLarge('it unpacks to more than can be held');
  };
}

const ARROW_SCHEMA = 'ARROW:schema';

/**
 * The file without the schema that Arrow's writers put beside Parquet's own, so that every reader sees the same plain types: with it, categories
 * come as dictionaries (which DuckDB-WASM cannot take in) and seconds and durations as types that Parquet does not have. The key is renamed
 * in place; nothing is copied but the footer.
 */
export async function plainTypes(file: Blob): Promise<Blob> {
  const length = new DataView(await file.slice(file.size - 8, file.size - 4).arrayBuffer()).getUint32(0, true);
  const from = file.size - 8 - length;
  const footer = new Uint8Array(await file.slice(from, file.size).arrayBuffer());
  const at = lastIndexOf(footer, new TextEncoder().encode(ARROW_SCHEMA));
  if (at < 0) return file;
  footer[at] = 'a'.charCodeAt(0);
  return new Blob([file.slice(0, from), footer]);
}

function lastIndexOf(bytes: Uint8Array, part: Uint8Array): number {
  for (let i = bytes.length - part.length; i >= 0; i--) if (part.every((b, k) => bytes[i + k] === b)) return i;
  return -1;
}
