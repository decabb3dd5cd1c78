import * as Comlink from 'comlink';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TesseraError } from '../../src/core/errors.ts';
import { connectEngine, type Door, type RemoteEngine } from '../../src/engine/client.ts';
import { flatten, installErrorTransfer, rebuild } from '../../src/engine/comlink-errors.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';

installErrorTransfer();

/** What the far side threw, as it arrives here. */
async function across(thrown: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(
    {
      fail: () => {
        throw thrown;
      },
    },
    port1 as unknown as Comlink.Endpoint,
  );
  const remote = Comlink.wrap<{ fail(): void }>(port2 as unknown as Comlink.Endpoint);
  const e: unknown = await remote.fail().then(
    () => 'nothing',
    (x: unknown) => x,
  );
  port1.close();
  port2.close();
  return e;
}

it('carries our error whole, with its causes', async () => {
  const cause = new TesseraError('FILE_TRUNCATED', 'cut', { cause: new RangeError('deep') });
  const e = (await across(new TesseraError('MAP_INVALID', 'no', { next: 'do', where: { file: 'a.csv', line: 3 }, cause }))) as TesseraError;
  expect(e).toBeInstanceOf(TesseraError);
  expect([e.code, e.message, e.next, e.where]).toEqual(['MAP_INVALID', 'no', 'do', { file: 'a.csv', line: 3 }]);
  expect(e.cause).toBeInstanceOf(TesseraError);
  expect((e.cause as TesseraError).code).toBe('FILE_TRUNCATED');
  expect((e.cause as TesseraError).cause).toBeInstanceOf(RangeError);
});

it("carries the platform's errors by class", async () => {
  const abort = (await across(new DOMException('stop', 'AbortError'))) as DOMException;
  expect(abort).toBeInstanceOf(DOMException);
  expect(abort.name).toBe('AbortError');
  expect(await across(new TypeError('t'))).toBeInstanceOf(TypeError);
  const trap = Object.assign(new Error('unreachable'), { name: 'RuntimeError' });
  expect(((await across(trap)) as Error).name).toBe('RuntimeError');
  expect(await across('text')).toBe('text');
  expect(await across({ a: 1 })).toBe('[object Object]');
});

it('stops at five causes', () => {
  let e = new Error('0');
  for (let i = 1; i < 9; i++) e = new Error(String(i), { cause: e });
  let depth = 0;
  for (let x: unknown = rebuild(flatten(e)); x instanceof Error; x = x.cause) depth++;
  expect(depth).toBe(5);
});

let inner: Engine;
let remote: RemoteEngine;
let die: () => void;
const channel = new MessageChannel();
beforeAll(async () => {
  inner = await openNative({ threads: 1 });
  const running = new Map<number, AbortController>();
  const task = <T>(id: number, job: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const c = new AbortController();
    running.set(id, c);
    return job(c.signal).finally(() => running.delete(id));
  };
  const door: Door = {
    ready: () => Promise.resolve(),
    connect: () => undefined,
    query: (sql, id) => task(id, (signal) => inner.query(sql, { signal })),
    arrow: () => Promise.reject(new Error('not here')),
    exec: (sql, id) => task(id, (signal) => inner.exec(sql, { signal })),
    cancel: (id) => running.get(id)?.abort(),
    register: (name, source) => inner.register(name, source),
    unregister: (name) => inner.unregister(name),
    insertArrow: () => Promise.resolve(),
    take: (name) => inner.take(name),
    writeDatabase: () => Promise.resolve([]),
    onRestart: () => undefined,
    restart: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  Comlink.expose(door, channel.port1 as unknown as Comlink.Endpoint);
  remote = connectEngine(channel.port2 as unknown as Comlink.Endpoint, new Promise((resolve) => (die = resolve)));
});
afterAll(async () => {
  await inner.close();
  channel.port1.close();
  channel.port2.close();
});
const code = (p: Promise<unknown>): Promise<string> =>
  p.then(
    () => 'nothing',
    (e: TesseraError) => e.code,
  );

it('answers across a port like the engine itself', async () => {
  const sql = "SELECT range i, 'x' || range s FROM range(10)";
  expect(await remote.query(sql)).toStrictEqual(await inner.query(sql));
  expect(await code(remote.query('SELECT nonsense'))).toBe('ENGINE_SQL');
});

it('cancels by number across the port', async () => {
  const c = new AbortController();
  const long = code(remote.query('SELECT sum(x.range * y.range) FROM range(10000000) x, range(10000000) y', { signal: c.signal }));
  setTimeout(() => c.abort(), 50);
  expect(await long).toBe('CANCELLED');
  expect(await code(remote.query('SELECT 1', { signal: c.signal }))).toBe('CANCELLED');
});

it('lets go of everything when the worker has ended', async () => {
  const c = new AbortController();
  const lost = code(remote.query('SELECT sum(x.range * y.range) FROM range(10000000) x, range(10000000) y', { signal: c.signal }));
  die();
  expect(await lost).toBe('ENGINE_RESTARTED');
  expect(await code(remote.query('SELECT 1'))).toBe('ENGINE_RESTARTED');
  c.abort();
});
