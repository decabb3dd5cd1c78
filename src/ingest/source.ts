import { TesseraError } from '../core/errors.ts';
import type { Source } from '../engine/engine.ts';
import { Sha256 } from './sha256.ts';

/** Bytes read at a time: steps of progress and of cancelling. Packed bytes unfold, so their steps are smaller. */
const READ = 4 << 20;
const READ_PACKED = 512 << 10;
const GATHER = 1 << 20;
/** Up to this size the platform hashes the whole file at once; beyond it our own hash goes along with reading. */
const HASH_AT_ONCE = 128 << 20;

/** Random access to a source, wherever it lives. */
export interface Reader {
  size: number;
  slice(from: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a source for reading. FILE_UNREADABLE if it is gone or may not be read. */
export async function openReader(name: string, source: Source): Promise<Reader> {
  if (source instanceof Uint8Array) return { size: source.length, slice: async (a, b) => source.subarray(a, b), close: async () => undefined };
  if (source instanceof Blob) {
    const slice = async (a: number, b: number): Promise<Uint8Array> => new Uint8Array(await source.slice(a, b).arrayBuffer().catch(unreadable(name)));
    return { size: source.size, slice, close: async () => undefined };
  }
  // Named by a variable, so that no bundler puts Node's file system into the app.
  const module = 'node:fs/promises';
  const fs = (await import(/* @vite-ignore */ module)) as typeof import('node:fs/promises');
  const file = await fs.open(source.path, 'r').catch(unreadable(name));
  const { size } = await file.stat();
  return {
    size,
    slice: async (a, b) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(b, size) - a));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, a).catch(unreadable(name));
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}

function unreadable(name: string): (cause: unknown) => never {
  return (cause) => {
    throw new TesseraError('FILE_UNREADABLE', `${name} cannot be read: it was moved, changed or locked since you chose it.`, {
      next: 'Choose the file again.',
      where: { file: name },
      cause,
    });
  };
}

export const cancelled = (): TesseraError => new TesseraError('CANCELLED', 'Stopped.', { next: 'What was loaded before is untouched.' });

export interface BlockOptions {
  signal?: AbortSignal | undefined;
  packed?: boolean;
  /** Sees every block as it is read. */
  each?: (block: Uint8Array, done: number) => void;
}

/** The bytes from the start, a block at a time. */
export async function* blocks(reader: Reader, { signal, packed, each }: BlockOptions = {}): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < reader.size;) {
    if (signal?.aborted) throw cancelled();
    const block = await reader.slice(at, Math.min(reader.size, at + (packed ? READ_PACKED : READ)));
    if (block.length === 0) return;
    at += block.length;
    each?.(block, at);
    yield block;
  }
}

/** Hash of the whole source where that is cheap, else null: then `Sha256` goes along with the reading. */
export async function hashAtOnce(reader: Reader): Promise<string | null> {
  if (reader.size > HASH_AT_ONCE || !globalThis.crypto?.subtle) return null;
  const bytes = await reader.slice(0, reader.size);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 of a source as 64 hex digits, in bounded memory. */
export async function sha256(reader: Reader, signal?: AbortSignal): Promise<string> {
  const quick = await hashAtOnce(reader);
  if (quick !== null) return quick;
  const hash = new Sha256();
  for await (const block of blocks(reader, { signal })) hash.update(block);
  return hash.hex();
}

/** A gzip stream unpacked. The bytes yielded are overwritten by the next: copy what must last. */
export async function* gunzip(name: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = packed[Symbol.asyncIterator]();
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader();
  // The platform unpacks in small pieces; a megabyte at a time is cheaper to pass on.
  const held = new Uint8Array(GATHER);
  let n = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (n > 0 && (done || n + value.length > GATHER)) {
        yield held.subarray(0, n);
        n = 0;
      }
      if (done) return;
      if (value.length > GATHER) yield value;
      else held.set(value, n);
      n += value.length > GATHER ? 0 : value.length;
    }
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    throw new TesseraError('FILE_TRUNCATED', `${name} is packed with gzip, and its end is missing or damaged, or it holds several parts.`, {
      next: 'Copy or download the file again, or unpack it and drop what is inside.',
      where: { file: name },
      cause,
    });
  } finally {
    await reader.cancel().catch(() => undefined);
    await iterator.return?.();
  }
}

/** The bytes in a row; the parts may be overwritten afterwards. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
