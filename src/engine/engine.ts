import type { Frame } from '../core/frame.ts';
import type { ParquetCodec } from './parquet-codec.ts';
import type { Source } from './source.ts';

export interface QueryOptions {
  signal?: AbortSignal;
}
export type { Source };

/** One table of a kept database, as it was checked after writing. */
export interface Kept {
  table: string;
  rows: number;
}
export interface KeepOptions {
  signal?: AbortSignal;
  /** Rows written so far, of all. */
  on?: (rows: number, of: number) => void;
}

/**
 * SQL in, columns out. Two drivers: DuckDB-WASM (in a worker, or in Node) and native DuckDB. The same SQL must work on both:
 * only core functions (no json, icu, parquet), files only under in/ and out/.
 * Every method rejects with TesseraError: CANCELLED after the signal, ENGINE_OUT_OF_MEMORY, ENGINE_RESTARTED (the worker died and was
 * replaced: re-attach and retry once), ENGINE_SQL for anything else (the engine's text cut to 300 characters, in `cause`).
 */
export interface Engine {
  readonly kind: 'wasm' | 'native';
  /** Parquet beside the engine; absent where the engine reads and writes it itself (native). Used by `parquet.ts` only. */
  readonly parquet?: ParquetCodec;
  /** One statement, its whole answer: bound it by LIMIT or aggregation. */
  query(sql: string, opts?: QueryOptions): Promise<Frame>;
  /** Several statements separated by semicolons, no answer. */
  exec(sql: string, opts?: QueryOptions): Promise<void>;
  /** Makes bytes readable under name, which starts with 'in/'. */
  register(name: string, source: Source): Promise<void>;
  unregister(name: string): Promise<void>;
  /** An answer as one Arrow IPC stream, columns as the engine has them; no ENUM among them. WASM only. */
  arrow?(sql: string, opts?: QueryOptions): Promise<Uint8Array>;
  /**
   * Appends an Arrow IPC stream (schema, batches, end) to a table, creating it if `create`. `table` is 'name' or 'z.name', unquoted. The bytes are given
   * away. WASM only.
   */
  insertArrow(table: string, ipc: Uint8Array, create: boolean): Promise<void>;
  /** The bytes of a file that COPY … TO 'out/…' wrote; the file is then gone. */
  take(name: string): Promise<Uint8Array>;
  /** How the tab writes tables as a database file; used by `keep.ts` only. */
  writeDatabase?(tables: readonly string[], path: string, opts: KeepOptions): Promise<Kept[]>;
  close(): Promise<void>;
}
