import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { TesseraError } from '../core/errors.ts';
import type { Frame } from '../core/frame.ts';
import type { Engine, QueryOptions, Source } from './engine.ts';
import { cancelled, engineError } from './engine-error.ts';
import { frameFromChunks } from './frame-native.ts';
import { openingStatements } from './open.ts';
import { Queue } from './queue.ts';
import { literal } from './sql.ts';
import { statements } from './statements.ts';
import { TempFiles } from './temp-files.ts';

export interface NativeOptions {
  /** Default: all cores. */
  threads?: number;
  /** Like '2GB'; default: the engine's own, 80 % of the machine's. */
  memory?: string;
}

/** Native DuckDB of the very version that the tab runs, for the command line, tests and measurements. Locked like the tab's. */
export async function openNative(options: NativeOptions = {}): Promise<Engine> {
  const { DuckDBInstance } = await import('@duckdb/node-api').catch((cause: unknown) => {
    throw new TesseraError('NEEDS_MISSING', 'The native engine is not installed.', { next: 'Run npm install with optional dependencies.', cause });
  });
  const files = await TempFiles.create();
  const instance = await DuckDBInstance.create(':memory:', options.threads ? { threads: String(options.threads) } : {});
  const connection = await instance.connect();
  const before = [
    "SET TimeZone='UTC'",
    `SET temp_directory=${literal(files.path('spill')).text}`,
    `SET file_search_path=${literal(files.dir).text}`,
    ...(options.memory ? [`SET memory_limit=${literal(options.memory).text}`] : []),
  ];
  for (const statement of openingStatements(['in/', 'out/', `${files.dir}/`], before)) await connection.run(statement);
  return new NativeEngine(instance, connection, files);
}

class NativeEngine implements Engine {
  readonly kind = 'native';
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #files: TempFiles;
  readonly #queue = new Queue();

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, files: TempFiles) {
    this.#instance = instance;
    this.#connection = connection;
    this.#files = files;
  }

  query(sql: string, opts: QueryOptions = {}): Promise<Frame> {
    return this.#run(opts.signal, () => this.#one(sql));
  }

  exec(sql: string, opts: QueryOptions = {}): Promise<void> {
    return this.#run(opts.signal, async () => {
      for (const statement of statements(sql)) {
        if (opts.signal?.aborted) throw cancelled();
        await this.#connection.run(this.#paths(statement));
      }
    });
  }

  async #one(sql: string): Promise<Frame> {
    const result = await this.#connection.run(this.#paths(sql));
    return frameFromChunks(result.columnNames(), result.columnTypes(), await result.fetchAllChunks());
  }

  #paths(sql: string): string {
    return this.#files.attached(this.#files.outputs(sql));
  }

  #run<T>(signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      const stop = (): void => this.#connection.interrupt();
      signal?.addEventListener('abort', stop);
      try {
        return await job();
      } catch (e) {
        throw signal?.aborted ? cancelled() : engineError(e);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    }, signal);
  }

  async register(name: string, source: Source): Promise<void> {
    await this.#files.put(name, source);
  }

  unregister(name: string): Promise<void> {
    return this.#files.remove(name);
  }

  insertArrow(): Promise<void> {
    return Promise.reject(new Error('the native engine has no Arrow insert: read the Parquet file itself'));
  }

  take(name: string): Promise<Uint8Array> {
    return this.#files.take(name);
  }

  close(): Promise<void> {
    return this.#queue.run(async () => {
      this.#connection.closeSync();
      this.#instance.closeSync();
      await this.#files.close();
    });
  }
}
