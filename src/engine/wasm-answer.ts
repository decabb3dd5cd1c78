import { RecordBatchReader } from 'apache-arrow';
import { TesseraError } from '../core/errors.ts';
import type { Frame } from '../core/frame.ts';
import { concatBytes, END_OF_STREAM } from './arrow-stream.ts';
import { parseEnumLabels, type EnumLabels } from './enum-labels.ts';
import { frameFromArrow, hasEnum } from './frame-arrow.ts';

/** The raw verbs of a DuckDB-WASM connection that an answer needs: plain in Node, messages to the worker in the browser. */
export interface RawConnection {
  /** Null while the engine is still at it. */
  start(sql: string): Promise<Uint8Array | null> | Uint8Array | null;
  poll(): Promise<Uint8Array | null> | Uint8Array | null;
  fetch(): Promise<Uint8Array | null> | Uint8Array | null;
  cancel(): Promise<unknown> | unknown;
  /** Lets other messages in between two polls. */
  pause(): Promise<void>;
}

/** Bytes of one answer that a tab can hold beside the engine's own memory. */
const MAX_ANSWER = 512 * 1024 * 1024;
const tooLarge = (): TesseraError =>
  new TesseraError('ENGINE_OUT_OF_MEMORY', 'The answer is too large for a browser tab.', {
    next: 'Ask for fewer rows or columns, or use the command line.',
  });

/**
 * Runs one statement and gathers the pieces of its answer, an Arrow stream. Each poll runs the engine for a slice of time, so that a
 * cancellation is seen between two of them.
 */
export async function runRaw(
  connection: RawConnection,
  sql: string,
  signal?: AbortSignal,
  onPiece?: (piece: Uint8Array) => void,
): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const keep =
    onPiece ??
    ((piece: Uint8Array): void => {
      bytes += piece.length;
      if (bytes > MAX_ANSWER) throw tooLarge();
      pieces.push(piece);
    });
  let header = await connection.start(sql);
  while (header === null) {
    await connection.pause();
    if (signal?.aborted) {
      await connection.cancel();
      // The next poll reports the cancellation as an error; one that was done by then is simply thrown away.
      signal = undefined;
    }
    header = await connection.poll();
  }
  await keep(header);
  for (let piece = await connection.fetch(); piece !== null && piece.length > 0; piece = await connection.fetch()) await keep(piece);
  return pieces;
}

/** One statement's whole answer as a Frame; the labels of ENUM columns are asked for where there are any. */
export async function answer(connection: RawConnection, sql: string, signal?: AbortSignal): Promise<Frame> {
  return read(await runRaw(connection, sql, signal), async () => {
    const types = await read(await runRaw(connection, `DESCRIBE ${sql}`, signal), () => Promise.resolve([]));
    return (types.columns[1] as string[]).map(parseEnumLabels);
  });
}

async function read(pieces: Uint8Array[], labels: () => Promise<EnumLabels[]>): Promise<Frame> {
  const reader = RecordBatchReader.from(pieces);
  reader.open();
  const schema = reader.schema;
  const batches = [...reader];
  return frameFromArrow(schema, batches, hasEnum(schema.fields) ? await labels() : []);
}

/** One statement's whole answer as an Arrow IPC stream. ENUM columns have no labels in it: cast them. */
export const arrowStream = async (connection: RawConnection, sql: string, signal?: AbortSignal): Promise<Uint8Array> =>
  concatBytes([...(await runRaw(connection, sql, signal)), END_OF_STREAM]);
