import * as Comlink from 'comlink';
import type { Frame } from '../core/frame.ts';
import type { Kept } from './engine.ts';
import { writeInTab } from './keep-tab.ts';
import { WasmEngine } from './wasm.ts';
import type { WasmHost } from './wasm-host.ts';

/** What the engine worker answers over Comlink; `client.ts` makes an Engine of it. Signals cannot be cloned, so each call has a number and `cancel` names it. */
export class EngineDoor {
  readonly #host: WasmHost;
  readonly #engine: WasmEngine;
  readonly #running = new Map<number, AbortController>();

  constructor(host: WasmHost) {
    this.#host = host;
    this.#engine = new WasmEngine(host);
  }

  /** Resolves once the engine answers. */
  ready(): Promise<void> {
    return this.#host.ready();
  }
  /** One more endpoint with a connection of its own, for another worker or the page. */
  connect(port: MessagePort): void {
    Comlink.expose(new EngineDoor(this.#host), port);
  }
  query(sql: string, id: number): Promise<Frame> {
    return this.#task(id, async (signal) => {
      const frame = await this.#engine.query(sql, { signal });
      return Comlink.transfer(
        frame,
        frame.columns.flatMap((c) => (c instanceof Float64Array ? [c.buffer as ArrayBuffer] : [])),
      );
    });
  }
  arrow(sql: string, id: number): Promise<Uint8Array> {
    return this.#task(id, async (signal) => {
      const ipc = await this.#engine.arrow(sql, { signal });
      return Comlink.transfer(ipc, [ipc.buffer as ArrayBuffer]);
    });
  }
  exec(sql: string, id: number): Promise<void> {
    return this.#task(id, (signal) => this.#engine.exec(sql, { signal }));
  }
  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }
  register(name: string, source: Blob | Uint8Array): Promise<void> {
    return this.#engine.register(name, source);
  }
  unregister(name: string): Promise<void> {
    return this.#engine.unregister(name);
  }
  insertArrow(table: string, ipc: Uint8Array, create: boolean): Promise<void> {
    return this.#engine.insertArrow(table, ipc, create);
  }
  async take(name: string): Promise<Uint8Array> {
    const bytes = await this.#engine.take(name);
    return Comlink.transfer(bytes, [bytes.buffer as ArrayBuffer]);
  }
  /** On a connection of its own, so that other questions are answered meanwhile. */
  writeDatabase(tables: readonly string[], path: string, on: ((rows: number, of: number) => void) | null, id: number): Promise<Kept[]> {
    return this.#task(id, async (signal) => {
      const engine = new WasmEngine(this.#host);
      try {
        return await writeInTab(engine, tables, path, { signal, ...(on ? { on } : {}) });
      } finally {
        await engine.close().catch(() => undefined);
      }
    });
  }
  onRestart(tell: () => void): void {
    this.#host.onRestart(tell);
  }
  restart(): Promise<void> {
    return this.#host.restart();
  }
  close(): Promise<void> {
    return this.#engine.close();
  }

  async #task<T>(id: number, job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      return await job(controller.signal);
    } finally {
      this.#running.delete(id);
    }
  }
}
