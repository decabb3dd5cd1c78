import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openWasmNode } from '../src/engine/wasm-node.ts';
import { makeSnapshot } from '../src/project/snapshot.ts';
import type { DroppedFile } from '../src/project/studio-api.ts';
import { Studio } from '../src/project/studio.ts';
import type { Snapshot } from '../src/core/snapshot.ts';

/** `npx tsx scripts/make-snapshots.ts`: what each demo comes to, in `public/demo/<id>/snapshot.json`. Make them again when a definition changes. */
const out = join(import.meta.dirname, '../public/demo');

interface Listed {
  id: string;
  currency: string;
  snapshot: string;
  files: { path: string }[];
}
export const listedDemos = (): Listed[] => JSON.parse(readFileSync(join(out, 'demos.json'), 'utf8')) as Listed[];

/** The files of a demo, as if they were dropped. */
export const droppedOf = (demo: Listed): DroppedFile[] =>
  demo.files.map((f) => ({ name: basename(f.path), source: new Uint8Array(readFileSync(join(out, f.path))) }));

/** Opens the files of a demo on the tab's own engine, in Node. */
async function snapshotOf(demo: Listed): Promise<Snapshot> {
  const engine = await openWasmNode();
  try {
    return await makeSnapshot(new Studio(engine), droppedOf(demo), demo.currency);
  } finally {
    await engine.close();
  }
}

export async function makeSnapshots(): Promise<void> {
  for (const demo of listedDemos()) writeFileSync(join(out, demo.snapshot), `${JSON.stringify(await snapshotOf(demo))}\n`);
}

if (process.argv[1] === import.meta.filename) await makeSnapshots();
