import * as Comlink from 'comlink';
import { Keeper } from '../../../src/project/keeper.ts';
import { OpfsDisk } from '../../../src/project/opfs-disk.ts';

export interface Store {
  /** Resolves when change n is saved. */
  change(n: number): Promise<void>;
  /** The newest change that is there, 0 if none; rejects if what is there cannot be read. */
  read(): Promise<{ n: number; warning: string | null }>;
}

interface Saved {
  n: number;
  doc: { name: string };
  filler: string;
}

/** A document of 64 to 264 KB: about what a project of many segments weighs. */
const documentOf = (n: number): Saved => ({ n, doc: { name: `Change ${n}` }, filler: 'tile '.repeat(13_000 + ((n * 7919) % 40_000)) });

const ID = 'crash';

function projectStore(): Store {
  const keeper = new Keeper(new OpfsDisk());
  return {
    async change(n) {
      await keeper.claim(
        ID,
        () => Promise.resolve(),
        () => {},
      );
      await keeper.save(ID, documentOf(n));
    },
    async read() {
      const loaded = await keeper.open<Saved>(ID);
      return { n: loaded?.definitions.n ?? 0, warning: loaded?.warning ?? null };
    },
  };
}

/** What not to do: one file, emptied and written again at each save. */
function overwritingStore(): Store {
  const file = async (): Promise<FileSystemFileHandle> => (await navigator.storage.getDirectory()).getFileHandle('bad.json', { create: true });
  return {
    async change(n) {
      const bytes = new TextEncoder().encode(JSON.stringify(documentOf(n)));
      const access = await (await file()).createSyncAccessHandle();
      access.truncate(0);
      for (let at = 0; at < bytes.length; at += 16_384) {
        access.write(bytes.subarray(at, at + 16_384), { at });
        access.flush();
      }
      access.close();
    },
    async read() {
      const text = await (await (await file()).getFile()).text();
      const saved = text === '' ? { n: 0 } : (JSON.parse(text) as Saved);
      return { n: saved.n, warning: null };
    },
  };
}

Comlink.expose({ project: projectStore(), bad: overwritingStore() });
