import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { DEFAULT_SETTINGS } from '../src/core/settings.ts';
import type { Engine } from '../src/engine/engine.ts';
import { openNative } from '../src/engine/native.ts';
import { openWasmNode } from '../src/engine/wasm-node.ts';
import { allOpened } from '../src/project/opened.ts';
import { Studio } from '../src/project/studio.ts';
import { sameTables, type Made } from './engine/same-tables.ts';

/** The whole way from the fixture's files to tags on one engine, as the app goes it. The demos are held equal in demo/demos.test.ts. */
async function make(engine: Engine): Promise<Made> {
  const studio = new Studio(engine);
  const dropped = await Promise.all(
    ['users', 'products', 'events', 'edges'].map(async (name) => {
      const path = join(import.meta.dirname, 'fixtures/definitions', `${name}.csv`);
      return { name: `${name}.csv`, source: engine.kind === 'native' ? { path } : new Uint8Array(await readFile(path)) };
    }),
  );
  const files = allOpened(await studio.open(dropped, [], 'open'));
  const settings = { ...DEFAULT_SETTINGS, k: 1 };
  const { facts } = await studio.build(files, await studio.guess(files), settings, 'build');
  return { engine, facts, catalogue: await studio.tags(await studio.basis(settings), 'tags') };
}

describe('the fixture: native and WASM', () => {
  let native: Made;
  let wasm: Made;
  beforeAll(async () => {
    native = await make(await openNative());
    wasm = await make(await openWasmNode());
  }, 60_000);
  afterAll(async () => {
    await native?.engine.close();
    await wasm?.engine.close();
  });
  sameTables(() => ({ native, wasm }));
});
