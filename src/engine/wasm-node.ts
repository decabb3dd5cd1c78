import { createRequire } from 'node:module';
import type * as Blocking from '@duckdb/duckdb-wasm/blocking';
import { TesseraError } from '../core/errors.ts';
import type { Frame } from '../core/frame.ts';
import { insertTarget } from './arrow-stream.ts';
import type { Engine, QueryOptions, Source } from './engine.ts';
import { cancelled, engineError } from './engine-error.ts';
import { checkName, openingStatements } from './open.ts';
import { nodeParquet } from './parquet-node.ts';
import { Queue } from './queue.ts';
import { literal } from './sql.ts';
import { statements } from './statements.ts';
import { TempFiles } from './temp-files.ts';
import { answer, arrowStream, runRaw, type RawConnection } from './wasm-answer.ts';

/** Milliseconds that one poll may run: what a cancellation waits at most. */
const POLL_MS = 50;

/** The tab's own engine, DuckDB-WASM (eh), in this Node process: the same SQL and limits, for tests and measurements. `memory` like '500MB'. */
export async function openWasmNode(options: { memory?: string } = {}): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const duckdb = require('@duckdb/duckdb-wasm/blocking') as typeof Blocking;
  const main = (name: string) => ({ mainModule: require.resolve(`@duckdb/duckdb-wasm/dist/${name}.wasm`), mainWorker: '' });
  const db = await duckdb.createDuckDB({ mvp: main('duckdb-mvp'), eh: main('duckdb-eh') }, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await db.instantiate(() => undefined);
  db.open({ path: ':memory:', maximumThreads: 1, query: { queryPollingInterval: POLL_MS } });
  const files = await TempFiles.create();
  const connection = db.connect().useUnsafe((_, id) => id);
  const before = options.memory ? [`SET memory_limit=${literal(options.memory).text}`] : [];
  for (const statement of openingStatements(['in/', 'out/', `${files.dir}/`], before)) db.runQuery(connection, statement);
  return new WasmNodeEngine(db, connection, files, duckdb.DuckDBDataProtocol.NODE_FS);
}

type Bindings = Awaited<ReturnType<typeof Blocking.createDuckDB>>;

class WasmNodeEngine implements Engine {
  readonly kind = 'wasm';
  readonly parquet = nodeParquet;
  readonly #db: Bindings;
  readonly #id: number;
  readonly #files: TempFiles;
  readonly #onDisk: number;
  readonly #queue = new Queue();
  readonly #raw: RawConnection;

  constructor(db: Bindings, id: number, files: TempFiles, onDisk: number) {
    this.#db = db;
    this.#id = id;
    this.#files = files;
    this.#onDisk = onDisk;
    this.#raw = {
      start: (sql) => db.startPendingQuery(id, files.outputs(sql), false),
      poll: () => db.pollPendingQuery(id),
      fetch: () => db.fetchQueryResults(id),
      cancel: () => db.cancelPendingQuery(id),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    };
  }

  query(sql: string, opts: QueryOptions = {}): Promise<Frame> {
    return this.#run(opts.signal, () => answer(this.#raw, sql, opts.signal));
  }

  exec(sql: string, opts: QueryOptions = {}): Promise<void> {
    return this.#run(opts.signal, async () => {
      for (const statement of statements(sql)) {
        if (opts.signal?.aborted) throw cancelled();
        await runRaw(this.#raw, statement, opts.signal, () => undefined);
      }
    });
  }

  #run<T>(signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      try {
        return await job();
      } catch (e) {
        throw signal?.aborted ? cancelled() : engineError(e);
      }
    }, signal);
  }

  async register(name: string, source: Source): Promise<void> {
    checkName(name, 'in/');
    if (source instanceof Uint8Array) this.#db.registerFileBuffer(name, source.slice());
    // A database can be attached from bytes and not from a file: read-only, the Node build takes every file for missing.
    else if (source instanceof Blob) this.#db.registerFileBuffer(name, new Uint8Array(await source.arrayBuffer()));
    else this.#db.registerFileURL(name, source.path, this.#onDisk, false);
  }

  async unregister(name: string): Promise<void> {
    checkName(name, 'in/');
    this.#db.dropFile(name);
  }

  arrow(sql: string, opts: QueryOptions = {}): Promise<Uint8Array> {
    return this.#run(opts.signal, () => arrowStream(this.#raw, sql, opts.signal));
  }

  insertArrow(table: string, ipc: Uint8Array, create: boolean): Promise<void> {
    return this.#run(undefined, async () => this.#db.insertArrowFromIPCStream(this.#id, ipc, { ...insertTarget(table, ipc), create }));
  }

  take(name: string): Promise<Uint8Array> {
    return this.#files.take(name);
  }

  writeDatabase(): Promise<never> {
    // Seen: the file has its blocks in wrong places, and opens empty.
    return Promise.reject(
      new TesseraError('STORE_UNAVAILABLE', 'DuckDB-WASM cannot write a database file in Node.', { next: 'Use the native engine.' }),
    );
  }

  close(): Promise<void> {
    return this.#queue.run(async () => {
      this.#db.disconnect(this.#id);
      this.#db.reset();
      await this.#files.close();
    });
  }
}
