import { TesseraError } from '../core/errors.ts';
import type { Source } from '../engine/engine.ts';
import { Sha256 } from './sha256.ts';

/** Bytes that are read, scanned and loaded at a time. */
export const BLOCK = 8 << 20;
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

/** The bytes from the start, a block at a time; `each` sees every block as it is read. */
export async function* blocks(reader: Reader, signal?: AbortSignal, each?: (block: Uint8Array, done: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < reader.size;) {
    if (signal?.aborted) throw cancelled();
    const block = await reader.slice(at, Math.min(reader.size, at + BLOCK));
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
  for await (const block of blocks(reader, signal)) hash.update(block);
  return hash.hex();
}

/** Blocks of a gzip stream, unpacked and gathered to about BLOCK bytes. */
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
  let held: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value) held.push(value);
      size += value?.length ?? 0;
      if (size >= BLOCK || (done && size > 0)) {
        yield concat(held, size);
        held = [];
        size = 0;
      }
      if (done) return;
    }
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    throw new TesseraError('FILE_TRUNCATED', `${name} is packed with gzip, and its end is missing or damaged.`, {
      next: 'Copy or download the file again, or unpack it and drop what is inside.',
      where: { file: name },
      cause,
    });
  } finally {
    await reader.cancel().catch(() => undefined);
    await iterator.return?.();
  }
}

export function concat(parts: readonly Uint8Array[], size = parts.reduce((n, p) => n + p.length, 0)): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
