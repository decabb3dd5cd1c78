import * as Comlink from 'comlink';
import type { Frame } from '../core/frame.ts';
import { cancelled, engineError, restarted } from './engine-error.ts';
import { installErrorTransfer } from './comlink-errors.ts';
import type { EngineDoor } from './door.ts';
import { tabParquet } from './parquet-tab.ts';
import type { Kept, KeepOptions, Engine, QueryOptions, Source } from './engine.ts';

/** An engine in another worker. */
export interface RemoteEngine extends Engine {
  /** Resolves once the engine answers; rejects with why it could not be started. */
  ready(): Promise<void>;
  /** Called after each restart of the engine, when it answers again: tables and registered files of before are gone. */
  onRestart(tell: () => void): void;
  restart(): Promise<void>;
  /** A port on which another worker reaches the same engine, with a connection (and temporary tables) of its own; transfer it there. */
  port(): Promise<MessagePort>;
}

/** The door as seen from outside: what the tests stand in for. */
export type Door = Pick<
  EngineDoor,
  | 'ready'
  | 'connect'
  | 'query'
  | 'arrow'
  | 'exec'
  | 'cancel'
  | 'register'
  | 'unregister'
  | 'insertArrow'
  | 'take'
  | 'writeDatabase'
  | 'onRestart'
  | 'restart'
  | 'close'
>;

/**
 * The Engine behind a Comlink endpoint: the engine worker itself or a MessagePort to it. `dead` resolves when the worker has ended
 * (`whenDead` of alive.ts): everything under way then rejects with ENGINE_RESTARTED, as its answers will never come.
 */
export function connectEngine(endpoint: Comlink.Endpoint, dead?: Promise<void>): RemoteEngine {
  installErrorTransfer();
  return new EngineClient(Comlink.wrap<Door>(endpoint), dead);
}

class EngineClient implements RemoteEngine {
  readonly kind = 'wasm';
  readonly parquet = tabParquet;
  readonly #door: Comlink.Remote<Door>;
  readonly #pending = new Set<(e: unknown) => void>();
  #next = 1;
  #over = false;

  constructor(door: Comlink.Remote<Door>, dead?: Promise<void>) {
    this.#door = door;
    void dead?.then(() => {
      this.#over = true;
      for (const lose of this.#pending) lose(restarted());
      this.#pending.clear();
    });
  }

  query(sql: string, opts: QueryOptions = {}): Promise<Frame> {
    return this.#call((id) => this.#door.query(sql, id), opts.signal);
  }
  arrow(sql: string, opts: QueryOptions = {}): Promise<Uint8Array> {
    return this.#call((id) => this.#door.arrow(sql, id), opts.signal);
  }
  exec(sql: string, opts: QueryOptions = {}): Promise<void> {
    return this.#call((id) => this.#door.exec(sql, id), opts.signal);
  }
  register(name: string, source: Source): Promise<void> {
    if ('path' in source) return Promise.reject(new Error('a path cannot be read in a browser'));
    return this.#call(() => this.#door.register(name, source));
  }
  unregister(name: string): Promise<void> {
    return this.#call(() => this.#door.unregister(name));
  }
  insertArrow(table: string, ipc: Uint8Array, create: boolean): Promise<void> {
    return this.#call(() => this.#door.insertArrow(table, Comlink.transfer(ipc, [ipc.buffer as ArrayBuffer]), create));
  }
  take(name: string): Promise<Uint8Array> {
    return this.#call(() => this.#door.take(name));
  }
  writeDatabase(tables: readonly string[], path: string, opts: KeepOptions): Promise<Kept[]> {
    return this.#call((id) => this.#door.writeDatabase(tables, path, opts.on ? Comlink.proxy(opts.on) : null, id), opts.signal);
  }
  ready(): Promise<void> {
    return this.#call(() => this.#door.ready());
  }
  onRestart(tell: () => void): void {
    void this.#door.onRestart(Comlink.proxy(tell));
  }
  restart(): Promise<void> {
    return this.#call(() => this.#door.restart());
  }
  async port(): Promise<MessagePort> {
    const { port1, port2 } = new MessageChannel();
    await this.#call(() => this.#door.connect(Comlink.transfer(port1, [port1])));
    return port2;
  }
  async close(): Promise<void> {
    if (!this.#over) await this.#call(() => this.#door.close());
    this.#over = true;
  }

  #call<T>(send: (id: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(cancelled());
    if (this.#over) return Promise.reject(restarted());
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => void this.#door.cancel(id);
      this.#pending.add(reject);
      signal?.addEventListener('abort', stop, { once: true });
      send(id)
        .then(resolve, (e: unknown) => reject(engineError(e)))
        .finally(() => {
          this.#pending.delete(reject);
          signal?.removeEventListener('abort', stop);
        });
    });
  }
}
