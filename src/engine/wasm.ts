import { DuckDBDataProtocol } from '@duckdb/duckdb-wasm';
import type { Frame } from '../core/frame.ts';
import { insertTarget } from './arrow-stream.ts';
import type { Engine, QueryOptions, Source } from './engine.ts';
import { cancelled, restarted } from './engine-error.ts';
import { checkName } from './open.ts';
import { Queue } from './queue.ts';
import { statements } from './statements.ts';
import { answer, arrowStream, runRaw, type RawConnection } from './wasm-answer.ts';
import type { Life, WasmHost } from './wasm-host.ts';

/**
 * The tab's engine: one connection of the host's database, so its temporary tables are its own. Neither file URLs nor opening another database can be
 * reached through it: those two would get around the lock.
 */
export class WasmEngine implements Engine {
  readonly kind = 'wasm';
  readonly #host: WasmHost;
  readonly #queue = new Queue();
  #at: { life: Life; raw: RawConnection; id: number } | null = null;

  constructor(host: WasmHost) {
    this.#host = host;
  }

  query(sql: string, opts: QueryOptions = {}): Promise<Frame> {
    return this.#run((raw) => answer(raw, sql, opts.signal), opts.signal);
  }

  exec(sql: string, opts: QueryOptions = {}): Promise<void> {
    return this.#run(async (raw) => {
      for (const statement of statements(sql)) {
        if (opts.signal?.aborted) throw cancelled();
        await runRaw(raw, statement, opts.signal, () => undefined);
      }
    }, opts.signal);
  }

  /** The raw pieces of an answer, an Arrow stream in parts of 2,048 rows, as they come; `onPiece` may wait. No ENUM columns. */
  stream(sql: string, onPiece: (piece: Uint8Array) => void | Promise<void>, opts: QueryOptions = {}): Promise<void> {
    return this.#run(async (raw) => {
      await runRaw(raw, sql, opts.signal, onPiece);
    }, opts.signal);
  }

  arrow(sql: string, opts: QueryOptions = {}): Promise<Uint8Array> {
    return this.#run((raw) => arrowStream(raw, sql, opts.signal), opts.signal);
  }

  async register(name: string, source: Source): Promise<void> {
    checkName(name, 'in/');
    if (source instanceof Uint8Array) await this.#host.run(({ db }) => db.registerFileBuffer(name, source));
    else if (source instanceof Blob)
      await this.#host.run(({ db }) => db.registerFileHandle(name, source, DuckDBDataProtocol.BROWSER_FILEREADER, true));
    else throw new Error('a path cannot be read in a browser');
  }

  async unregister(name: string): Promise<void> {
    checkName(name, 'in/');
    await this.#host.run(({ db }) => db.dropFile(name));
  }

  insertArrow(table: string, ipc: Uint8Array, create: boolean): Promise<void> {
    const target = insertTarget(table, ipc);
    return this.#run((_, life, id) => life.db.insertArrowFromIPCStream(id, ipc, { ...target, create }));
  }

  async take(name: string): Promise<Uint8Array> {
    checkName(name, 'out/');
    return this.#host.run(async ({ db }) => {
      // Copying a file that is not there answers with rubbish.
      if ((await db.globFiles(name)).length === 0) throw new Error(`no output ${name}`);
      const bytes = await db.copyFileToBuffer(name);
      await db.dropFile(name);
      return bytes;
    });
  }

  async close(): Promise<void> {
    await this.#run((_, life, id) => life.db.disconnect(id));
    this.#at = null;
  }

  #run<T>(job: (raw: RawConnection, life: Life, id: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const born = this.#host.generation;
    return this.#queue.run(() => {
      // It waited for an engine that is gone: what it asks about may not be there yet.
      if (this.#host.generation !== born) return Promise.reject(restarted());
      return this.#host.run(async (life) => {
        const { raw, id } = await this.#connect(life);
        return job(raw, life, id);
      }, signal);
    }, signal);
  }

  async #connect(life: Life): Promise<{ raw: RawConnection; id: number }> {
    if (this.#at?.life !== life) {
      const { db } = life;
      const id = await db.connectInternal();
      const raw: RawConnection = {
        start: (sql) => db.startPendingQuery(id, sql, false),
        poll: () => db.pollPendingQuery(id),
        fetch: () => db.fetchQueryResults(id),
        cancel: () => db.cancelPendingQuery(id),
        pause: () => Promise.resolve(),
      };
      this.#at = { life, raw, id };
    }
    return this.#at;
  }
}
