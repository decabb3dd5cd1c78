import * as Comlink from 'comlink';
import { installErrorTransfer } from './comlink-errors.ts';
import type { Source } from './source.ts';
import { cancelled } from './engine-error.ts';
import { checkMagic, plainTypes, unreadable, type ParquetCodec, type ParquetInfo, type ParquetReadOptions } from './parquet-codec.ts';
import type { ParquetDoor } from './parquet-door.ts';

/**
 * Parquet in the tab: a worker of its own for each file, ended afterwards. A file that the decoder cannot take ends the decoder, and its
 * memory never shrinks, so nothing else may live beside it.
 */
export const tabParquet: ParquetCodec = {
  async read(source: Source, options: ParquetReadOptions): Promise<ParquetInfo> {
    if (!(source instanceof Blob || source instanceof Uint8Array)) throw new Error('a path cannot be read in a browser');
    const given = source instanceof Blob ? source : new Blob([source as BlobPart]);
    await checkMagic(given);
    const blob = await plainTypes(given);
    // What the receiver of a batch throws is kept here: it need not travel to the worker and back.
    let lost: unknown;
    const onBatch = Comlink.proxy(async (ipc: Uint8Array, rows: number): Promise<boolean> => {
      try {
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
      return info;
    }, options.signal);
  },
  write: (ipc) => inWorker((door) => door.write(Comlink.transfer(ipc, [ipc.buffer as ArrayBuffer]))),
};

/** How long a worker that nothing has asked for is kept. */
const IDLE_MS = 10_000;
let spare: Worker | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;

const start = (): Worker => new Worker(new URL('../../workers/parquet.ts', import.meta.url), { type: 'module', name: 'parquet' });

/** A worker of one's own. The next one starts loading meanwhile: files mostly come several at a time. */
function takeWorker(): Worker {
  clearTimeout(idle);
  const taken = spare ?? start();
  const next = start();
  // One that fails before anybody listens would never answer.
  next.addEventListener('error', () => {
    if (spare === next) spare = undefined;
  });
  spare = next;
  idle = setTimeout(() => {
    spare?.terminate();
    spare = undefined;
  }, IDLE_MS);
  return taken;
}

async function inWorker<T>(job: (door: Comlink.Remote<ParquetDoor>) => Promise<T>, signal?: AbortSignal): Promise<T> {
  installErrorTransfer();
  if (signal?.aborted) throw cancelled();
  const worker = takeWorker();
  let stop: (() => void) | undefined;
  try {
    return await Promise.race([
      job(Comlink.wrap<ParquetDoor>(worker)),
      new Promise<never>((_, reject) => {
        worker.addEventListener('error', (e) => reject(unreadable(new Error(e.message))));
        stop = () => reject(cancelled());
        signal?.addEventListener('abort', stop, { once: true });
      }),
    ]);
  } finally {
    if (stop) signal?.removeEventListener('abort', stop);
    worker.terminate();
  }
}
