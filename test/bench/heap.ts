/**
 * How far the engine's WebAssembly memory grows on one file, stage by stage: the tab's own engine in Node, where its memory can be read. It never shrinks.
 *   npx tsx test/bench/heap.ts FILE
 */
import { basename } from 'node:path';

const made: WebAssembly.Memory[] = [];
const Memory = WebAssembly.Memory;
// Before the engine is loaded, which makes its memory itself and shows it to nobody.
WebAssembly.Memory = class extends Memory {
  constructor(size: WebAssembly.MemoryDescriptor) {
    super(size);
    made.push(this);
  }
};
const { DEFAULT_SETTINGS } = await import('../../src/core/settings.ts');
const { openWasmNode } = await import('../../src/engine/wasm-node.ts');
const { allOpened } = await import('../../src/project/opened.ts');
const { Studio } = await import('../../src/project/studio.ts');

const [path] = process.argv.slice(2);
if (!path) throw new Error('Name a file: npx tsx test/bench/heap.ts FILE');
const say = (stage: string): void => console.log(`${stage}: ${(made.reduce((sum, m) => sum + m.buffer.byteLength, 0) / 1e9).toFixed(2)} GB`);

const engine = await openWasmNode();
const studio = new Studio(engine);
const files = allOpened(await studio.open([{ name: basename(path), source: { path } }], [], 'heap'));
say('opened');
await studio.build(files, await studio.guess(files), DEFAULT_SETTINGS, 'heap');
say('canonical tables');
const basis = await studio.basis(DEFAULT_SETTINGS);
await studio.tags(basis, 'heap');
say('all tags');
await studio.profile({ entity: 'user', segment: null, baseline: { kind: 'everyone' }, weight: 'users' }, [], basis, 'heap');
say('profile of everyone');
await engine.close();
