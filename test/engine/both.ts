import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';

/** Runs a suite twice, on native DuckDB and on DuckDB-WASM in Node, each with an engine of its own. */
export function onBoth(name: string, suite: (engine: () => Engine, kind: Engine['kind']) => void): void {
  for (const [kind, open] of [
    ['native', () => openNative({ threads: 1 })],
    ['wasm', openWasmNode],
  ] as const) {
    describe(`${name} (${kind})`, () => {
      let engine: Engine;
      beforeAll(async () => {
        engine = await open();
      });
      afterAll(() => engine.close());
      suite(() => engine, kind);
    });
  }
}
