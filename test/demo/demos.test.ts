import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { droppedOf, listedDemos } from '../../scripts/make-snapshots.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';
import { makeSnapshot } from '../../src/project/snapshot.ts';
import { Studio } from '../../src/project/studio.ts';
import { findsTheSale } from '../decisions/flash-sale.ts';
import { sameTables } from '../engine/same-tables.ts';

/** All that is tested on the demos, in one place, as each is opened once on each engine. */
describe.each(listedDemos())('$id', (demo) => {
  interface Opened {
    engine: Engine;
    studio: Studio;
    snapshot: Snapshot;
  }
  const open = async (engine: Engine): Promise<Opened> => {
    const studio = new Studio(engine);
    return { engine, studio, snapshot: await makeSnapshot(studio, droppedOf(demo), demo.currency) };
  };
  let native: Opened;
  let wasm: Opened;
  beforeAll(async () => {
    native = await open(await openNative({ threads: 1 }));
    wasm = await open(await openWasmNode());
  }, 600_000);
  afterAll(async () => {
    await native?.engine.close();
    await wasm?.engine.close();
  });

  describe('native and WASM', () => {
    const made = ({ engine, snapshot }: Opened) => ({ engine, facts: snapshot.report.facts, catalogue: snapshot.catalogue });
    sameTables(() => ({ native: made(native), wasm: made(wasm) }));
  });

  test('its snapshot is what its files come to', () => {
    const shipped = JSON.parse(readFileSync(new URL(`../../public/demo/${demo.snapshot}`, import.meta.url), 'utf8')) as Snapshot;
    const made = JSON.parse(JSON.stringify(wasm.snapshot)) as Snapshot;
    // Part by part: a difference of the whole would be shown as half a megabyte.
    for (const part of Object.keys(made) as (keyof Snapshot)[])
      expect(shipped[part], `${part} (npx tsx scripts/make-snapshots.ts)`).toEqual(made[part]);
    expect(Object.keys(shipped)).toEqual(Object.keys(made));
  });

  if (demo.id === 'flash-sale') {
    describe('channel mix (native)', () => findsTheSale(() => ({ studio: native.studio, basis: native.snapshot.basis })));
    describe('channel mix (wasm)', () => findsTheSale(() => ({ studio: wasm.studio, basis: wasm.snapshot.basis })));
  }
});
