import { AsyncDuckDB, DuckDBAccessMode, VoidLogger } from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { cancelled, engineError, isOver, restarted } from './engine-error.ts';
import { openingStatements } from './open.ts';
import { TesseraError } from '../core/errors.ts';

/** Milliseconds that one poll may run before other messages get their turn. */
const POLL_MS = 50;
/** An operator that does not look up this long after a cancellation is ended by ending the worker. Filling a new engine again takes far longer, so a slow machine is given time. */
const CANCEL_MS = 30_000;

/** One life of DuckDB's own worker. After a restart there is another; tables, connections and registered bytes of the old one are gone. */
export interface Life {
  readonly db: AsyncDuckDB;
  readonly pending: Set<(e: TesseraError) => void>;
  over: boolean;
}

/** Starts DuckDB's worker (a classic one) with an open database: in memory and locked, or a new file `opfs://…` that is only to be written. */
export async function startDuckDb(path?: string): Promise<AsyncDuckDB> {
  const worker = new Worker(new URL(workerUrl, import.meta.url));
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  const broken = new Promise<never>((_, reject) =>
    worker.addEventListener('error', (e) => reject(new Error(e.message || 'the engine could not be loaded')), { once: true }),
  );
  broken.catch(() => undefined);
  const open = async (): Promise<AsyncDuckDB> => {
    await db.instantiate(new URL(wasmUrl, import.meta.url).href);
    const query = { queryPollingInterval: POLL_MS };
    await db.open(path === undefined ? { path: ':memory:', query } : { path, accessMode: DuckDBAccessMode.READ_WRITE, query });
    return db;
  };
  return Promise.race([open(), broken]).catch((e: unknown) => {
    worker.terminate();
    throw e;
  });
}

/** Keeps one DuckDB worker alive: starts it, ends it when it does not answer or has trapped, starts it again, and tells. */
export class WasmHost {
  #life: Promise<Life>;
  #generation = 0;
  readonly #restarts = new Set<() => void>();

  constructor() {
    this.#life = this.#start();
    this.#life.catch(() => undefined);
  }

  get generation(): number {
    return this.#generation;
  }
  /** Resolves when the present life can answer; rejects with why the engine could not be started. */
  async ready(): Promise<void> {
    await this.#life;
  }
  /** `tell` is called after each restart, once the new engine answers: the place to attach and rebuild everything. Answers how to stop it. */
  onRestart(tell: () => void): () => void {
    this.#restarts.add(tell);
    return () => this.#restarts.delete(tell);
  }

  async #start(): Promise<Life> {
    const db = await startDuckDb().catch((cause: unknown) => {
      throw new TesseraError('INTERNAL', 'The engine could not be started.', { next: 'Reload the page; if it stays, try another browser.', cause });
    });
    const connection = await db.connectInternal();
    for (const statement of openingStatements(['in/', 'out/'])) await db.runQuery(connection, statement);
    await db.disconnect(connection);
    return { db, pending: new Set(), over: false };
  }

  /** Ends the present life and begins another. All that was under way rejects with ENGINE_RESTARTED (or CANCELLED where that was asked). */
  async restart(why?: unknown): Promise<void> {
    this.end(await this.#life.catch(() => null), why);
    await this.#life;
  }

  end(life: Life | null, why?: unknown): void {
    if (life?.over) return;
    if (life) this.#bury(life, why);
    this.#generation++;
    this.#life = this.#start();
    this.#life.then(
      () => this.#restarts.forEach((tell) => tell()),
      () => undefined,
    );
  }

  #bury(life: Life, why?: unknown): void {
    life.over = true;
    void life.db.terminate();
    // Promises of a terminated worker never settle by themselves.
    for (const lose of life.pending) lose(restarted(why));
    life.pending.clear();
  }

  /** Runs a job on the present life; it always settles. */
  async run<T>(job: (life: Life) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const life = await this.#life.catch((e: unknown) => {
      throw engineError(e);
    });
    return new Promise<T>((resolve, reject) => {
      const lose = (e: TesseraError): void => reject(signal?.aborted ? cancelled() : e);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = (): void => {
        timer = setTimeout(() => this.end(life, new Error('a cancelled statement did not stop')), CANCEL_MS);
      };
      life.pending.add(lose);
      signal?.addEventListener('abort', stop, { once: true });
      job(life)
        .then(resolve, (e: unknown) => {
          lose(engineError(e));
          if (isOver(e)) this.end(life, e);
        })
        .finally(() => {
          life.pending.delete(lose);
          signal?.removeEventListener('abort', stop);
          clearTimeout(timer);
        });
    });
  }

  async close(): Promise<void> {
    const life = await this.#life.catch(() => null);
    if (life && !life.over) this.#bury(life);
  }
}
