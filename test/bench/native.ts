/** Started as a process of its own by run.ts: the way from one file to tags on native DuckDB with one thread; prints what it took as JSON. */
import { basename, resolve } from 'node:path';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import { openNative } from '../../src/engine/native.ts';
import { Studio } from '../../src/project/studio.ts';
import { peakMemory } from './cpu.ts';
import { StageClock } from './stages.ts';
import type { Measured } from './stages.ts';

const path = process.argv[2]!;
const engine = await openNative({ threads: 1 });
const studio = new Studio(engine);
const clock = new StageClock(() => Promise.resolve([process.pid]));

await clock.begin('opening', performance.now());
const [opened] = await studio.open([{ name: basename(path), source: { path: resolve(path) } }], [], 'bench');
if (!opened?.ok) throw opened?.error ?? new Error('nothing was opened');
const mapping = await studio.guess([opened.facts]);
await clock.begin('building', performance.now());
const report = await studio.build([opened.facts], mapping, DEFAULT_SETTINGS, 'bench');
await clock.begin('tagging', performance.now());
await studio.tags(await studio.basis(DEFAULT_SETTINGS), 'bench');
await clock.begin(null, performance.now());

const measured = { stages: clock.times, memory: await peakMemory(process.pid), rows: opened.facts.rows, users: report.facts.users } as Measured;
console.log(JSON.stringify(measured));
await engine.close();
