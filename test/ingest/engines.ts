import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';

/** The same tests on both engines. `engine()` may be called inside tests only. */
export function onBothEngines(name: string, body: (engine: () => Engine) => void): void {
  for (const [kind, open] of [
    ['native', () => openNative({ threads: 2 })],
    ['wasm', openWasmNode],
  ] as const) {
    describe(`${name} (${kind})`, () => {
      let engine: Engine;
      beforeAll(async () => void (engine = await open()));
      afterAll(() => engine.close());
      body(() => engine);
    });
  }
}
