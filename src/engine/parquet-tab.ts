import * as Comlink from 'comlink';
import { installErrorTransfer } from './comlink-errors.ts';
import type { Source } from './source.ts';
import { cancelled } from './engine-error.ts';
import { checkMagic, plainTypes, unreadable, type ParquetCodec, type ParquetInfo, type ParquetReadOptions } from './parquet-codec.ts';
import type { ParquetDoor } from './parquet-door.ts';

/**
 * Parquet in the tab: a worker of its own. A file that the decoder cannot take ends the decoder, and its memory never shrinks, so nothing else lives
 * beside it; it serves the next file only after a success and while little was decoded (compiling it anew takes most of a second).
 */
export const tabParquet: ParquetCodec = {
  async read(source: Source, options: ParquetReadOptions): Promise<ParquetInfo> {
    if (!(source instanceof Blob || source instanceof Uint8Array)) throw new Error('a path cannot be read in a browser');
    const given = source instanceof Blob ? source : new Blob([source as BlobPart]);
    await checkMagic(given);
    const blob = await plainTypes(given);
    // What the receiver of a batch throws is kept here: it need not travel to the worker and back.
    let lost: unknown;
    let decoded = 0;
    const onBatch = Comlink.proxy(async (ipc: Uint8Array, rows: number): Promise<boolean> => {
      try {
        decoded += ipc.byteLength;
        await options.onBatch(ipc, rows);
        return true;
      } catch (e) {
        lost = e;
        return false;
      }
    });
    return inWorker(async (door) => {
      const info = await door.read(blob, options.columns ?? null, onBatch);
      if (lost !== undefined) throw lost;
      return [info, decoded];
    }, options.signal);
  },
  write: (ipc) => {
    const used = ipc.byteLength;
    return inWorker(async (door) => [await door.write(Comlink.transfer(ipc, [ipc.buffer as ArrayBuffer])), used]);
  },
};

/** Bytes through a worker after which it is ended, and how long an idle one is kept. */
const REUSED_BYTES = 64 * 2 ** 20;
const IDLE_MS = 10_000;

interface Warm {
  worker: Worker;
  used: number;
}
let warm: Warm | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;

function takeWarm(): Warm {
  clearTimeout(idle);
  const taken = warm ?? { worker: new Worker(new URL('../../workers/parquet.ts', import.meta.url), { type: 'module', name: 'parquet' }), used: 0 };
  warm = undefined;
  return taken;
}

/** Kept for the next job, unless it has seen much or another one is kept already. */
function giveBack(free: Warm): void {
  if (free.used > REUSED_BYTES || warm) return free.worker.terminate();
  warm = free;
  idle = setTimeout(() => {
    warm?.worker.terminate();
    warm = undefined;
  }, IDLE_MS);
}

/** Runs a job, which answers with the bytes that it moved, in a worker of its own. After any failure the worker is ended. */
async function inWorker<T>(job: (door: Comlink.Remote<ParquetDoor>) => Promise<[T, number]>, signal?: AbortSignal): Promise<T> {
  installErrorTransfer();
  if (signal?.aborted) throw cancelled();
  const taken = takeWarm();
  const { worker } = taken;
  const over = new AbortController();
  const door = Comlink.wrap<ParquetDoor>(worker);
  try {
    const [answer, used] = await Promise.race([
      job(door),
      new Promise<never>((_, reject) => {
        worker.addEventListener('error', (e) => reject(unreadable(new Error(e.message))), { signal: over.signal });
        signal?.addEventListener('abort', () => reject(cancelled()), { signal: over.signal });
      }),
    ]);
    giveBack({ worker, used: taken.used + used });
    return answer;
  } catch (e) {
    worker.terminate();
    throw e;
  } finally {
    over.abort();
  }
}
