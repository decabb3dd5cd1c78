import * as Comlink from 'comlink';
import { whenDead } from '../../engine/alive.ts';
import { connectEngine } from '../../engine/client.ts';
import { installErrorTransfer } from '../../engine/comlink-errors.ts';
import type { Indexer } from '../../project/indexer.ts';
import type { Keeper } from '../../project/keeper.ts';
import { sendingOnce } from '../../project/lists-once.ts';
import type { StudioApi } from '../../project/studio-api.ts';
import type { NamedWorker } from '../boot/self-test.ts';
import { words } from '../words/words.ts';
import type { Connection } from './connection.ts';

interface Door {
  start(engine: MessagePort): Promise<MessagePort>;
}

/** The workers, started at once (they load while the page is drawn); `connection` resolves once the engine answers. */
export interface Started {
  workers: NamedWorker[];
  connection: Promise<Connection>;
}

/** Starts the four workers and joins them: page → studio → engine, page → index → engine, page → files. */
export function startWorkers(): Started {
  installErrorTransfer();
  const tab = crypto.randomUUID();
  const engine = new Worker(new URL('../../../workers/engine.ts', import.meta.url), { type: 'module', name: `engine ${tab}` });
  const studio = new Worker(new URL('../../../workers/studio.ts', import.meta.url), { type: 'module', name: `studio ${tab}` });
  const files = new Worker(new URL('../../../workers/files.ts', import.meta.url), { type: 'module', name: `files ${tab}` });
  const index = new Worker(new URL('../../../workers/indexer.ts', import.meta.url), { type: 'module', name: `index ${tab}` });
  const named = [
    { name: words.workers.engine, worker: engine },
    { name: words.workers.studio, worker: studio },
    { name: words.workers.files, worker: files },
    { name: words.workers.index, worker: index },
  ];
  const join = async (): Promise<Connection> => {
    const client = connectEngine(engine);
    await client.ready();
    const dead = whenDead(`engine ${tab}`);
    /** Each worker has a connection of its own to the engine. */
    const served = async (worker: Worker): Promise<MessagePort> => {
      const port = await client.port();
      return Comlink.wrap<Door>(worker).start(Comlink.transfer(port, [port]));
    };
    const [studioPort, indexPort] = await Promise.all([served(studio), served(index)]);
    return {
      studio: sendingOnce(withProgress(Comlink.wrap(studioPort) as unknown as StudioApi)),
      index: sendingOnce(Comlink.wrap<Indexer>(indexPort)),
      keeper: sendingOnce(Comlink.wrap<Keeper>(files)),
      engineEnded: dead,
    };
  };
  return { workers: named, connection: join() };
}

/** Progress callbacks cannot be cloned: they go as proxies. */
function withProgress(remote: StudioApi): StudioApi {
  return new Proxy(remote, {
    get: (target, name) => {
      // A promise is looked for in whatever is awaited; a remote has none.
      if (name === 'then') return undefined;
      const verb = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => verb(...args.map((a) => (typeof a === 'function' ? Comlink.proxy(a as () => void) : a)));
    },
  });
}
