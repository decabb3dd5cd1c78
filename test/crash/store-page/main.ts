/** Gives the crash tester the app's project store, and a bad one, each behind a worker as in the app. */
import * as Comlink from 'comlink';
import type { Store } from './worker.ts';

declare global {
  var stores: Record<'project' | 'bad', Store>;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const remote = Comlink.wrap<Record<'project' | 'bad', Store & Comlink.ProxyMarked>>(worker);
const store = (name: 'project' | 'bad'): Store => ({ change: (n) => remote[name].change(n), read: () => remote[name].read() });
globalThis.stores = { project: store('project'), bad: store('bad') };
