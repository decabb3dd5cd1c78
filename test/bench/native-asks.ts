/** Started as a process of its own by asks.ts: files to tags on native DuckDB with one thread, then every question, or every kind of own tag; prints what each took as JSON. */
import { basename, resolve } from 'node:path';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import { openNative } from '../../src/engine/native.ts';
import { allOpened } from '../../src/project/opened.ts';
import { Studio } from '../../src/project/studio.ts';
import { ownDefs, ROUNDS } from './own-defs.ts';
import { added, spentBy } from './stages.ts';
import type { StageTime } from './stages.ts';

/** What is asked, its place in the app, and what this data lacks for it; `time` is null where it was not asked. */
export interface Asked {
  id: string;
  room: string;
  missing: string[];
  time: StageTime | null;
  /** 'ok', 'weak' or 'refused' of a question; what a tag has values for. */
  said: string;
}

const [what, ...paths] = process.argv.slice(2);
const engine = await openNative({ threads: 1 });
const studio = new Studio(engine);
const me = (): Promise<number[]> => Promise.resolve([process.pid]);
const files = allOpened(
  await studio.open(
    paths.map((path) => ({ name: basename(path), source: { path: resolve(path) } })),
    [],
    'bench',
  ),
);
const report = await studio.build(files, await studio.guess(files), DEFAULT_SETTINGS, 'bench');
const basis = await studio.basis(DEFAULT_SETTINGS);
await studio.tags(basis, 'bench');

const out: Asked[] = [];
if (what === 'questions') {
  for (const { id, room, missing } of await studio.analyses()) {
    let said = '';
    const ask = async (): Promise<void> => {
      said = (await studio.analyse({ id, params: {}, segment: null, baseline: null }, [], basis, id)).answer.verdict.status;
    };
    out.push({ id, room, missing, time: missing.length ? null : await spentBy(me, ask), said });
  }
} else {
  for (const def of ownDefs(report.facts.users)) {
    let said = '';
    const make = async (): Promise<void> => {
      const made = await studio.tags({ ...basis, own: [def] }, 'bench');
      const tag = made.tags.find((t) => t.id === def.id);
      if (!tag) throw new Error(`${def.id}: ${made.waiting.find((t) => t.id === def.id)?.problem ?? 'was not made'}`);
      said = String(tag.known);
    };
    let time: StageTime | null = null;
    for (let i = 0; i < ROUNDS; i++) {
      time = added(time, await spentBy(me, make));
      await studio.tags(basis, 'bench');
    }
    out.push({ id: def.id, room: def.source.kind, missing: [], time, said });
  }
}
console.log(JSON.stringify(out));
await engine.close();
