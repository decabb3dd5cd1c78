/**
 * `npx tsx test/bench/demo-stages.ts [flash-sale|bank]`: seconds of each stage from the demo's files to the profile of everyone, and of every question that it answers, on DuckDB-WASM in Node
 * and on native DuckDB of the same version with one thread, through the same code.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { listedDemos } from '../../scripts/make-snapshots.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import { openNative } from '../../src/engine/native.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';
import { allOpened } from '../../src/project/opened.ts';
import { Studio } from '../../src/project/studio.ts';

const root = new URL('../../', import.meta.url).pathname;
const demo = process.argv[2] ?? 'flash-sale';
const found = listedDemos().find((d) => d.id === demo);
if (!found) throw new Error(`There is no demo ${demo}.`);
const paths = found.files.map((f) => `${root}public/demo/${f.path}`);

/** Stage to seconds. */
async function stages(kind: 'wasm' | 'native'): Promise<Map<string, number>> {
  const engine = kind === 'native' ? await openNative({ threads: 1 }) : await openWasmNode();
  const studio = new Studio(engine);
  const out = new Map<string, number>();
  const timed = async <T>(stage: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const answer = await work();
    out.set(stage, (performance.now() - started) / 1000);
    return answer;
  };
  try {
    const dropped = paths.map((path) => ({ name: basename(path), source: kind === 'native' ? { path } : new Uint8Array(readFileSync(path)) }));
    const opened = await timed('open', () => studio.open(dropped, [], 'open'));
    const files = allOpened(opened);
    const mapping = await timed('guess', () => studio.guess(files));
    await timed('build', () => studio.build(files, mapping, DEFAULT_SETTINGS, 'build'));
    const basis = await studio.basis(DEFAULT_SETTINGS);
    await timed('tags', () => studio.tags(basis, 'tags'));
    await timed('profile', () =>
      studio.profile({ entity: 'user', segment: null, baseline: { kind: 'everyone' }, weight: 'users' }, [], basis, 'profile'),
    );
    for (const { id, missing } of await studio.analyses())
      if (missing.length === 0) await timed(id, () => studio.analyse({ id, params: {}, segment: null, baseline: null }, [], basis, id));
  } finally {
    await engine.close();
  }
  return out;
}

const wasm = await stages('wasm');
const native = await stages('native');
for (const [stage, s] of wasm) console.log(stage.padEnd(12), s.toFixed(2), native.get(stage)!.toFixed(2), (s / native.get(stage)!).toFixed(2));
