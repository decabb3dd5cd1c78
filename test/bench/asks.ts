import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listedDemos } from '../../scripts/make-snapshots.ts';
import { askInTab, ownInTab } from './browser-asks.ts';
import type { Add } from './lines.ts';
import type { Asked } from './native-asks.ts';
import { ownDefs, ROUNDS } from './own-defs.ts';
import type { StageTime } from './stages.ts';

const root = join(import.meta.dirname, '../..');
/** The demo that has every column a question may need: genders, ages, costs, channels. */
const DEMO = 'flash-sale';
async function native(what: 'questions' | 'own', paths: readonly string[]): Promise<Asked[]> {
  const script = join(import.meta.dirname, 'native-asks.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, what, ...paths], { cwd: root, maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as Asked[];
}

/** `times`: how many runs these are the times of. */
function tell(add: Add, what: string, tab: StageTime, there: StageTime, times = 1): void {
  const s = (x: number): string => `${(x / times).toFixed(2)} s`;
  const ratio = `${(tab.busiest / there.all).toFixed(2)} x native`;
  add(what, `${ratio} (${s(tab.busiest)} of ${s(there.all)}; all workers ${s(tab.all)}, clock ${s(tab.wall)})`, '', null);
}

/** A line for each question of the catalogues: on the generated file, or on the demo where the file lacks what it needs. */
export async function questions(url: string, size: string, file: string, add: Add): Promise<void> {
  const onFile = await native('questions', [file]);
  const paths = listedDemos()
    .find((d) => d.id === DEMO)!
    .files.map((f) => join(root, 'public/demo', f.path));
  const lacking = onFile.filter((q) => !q.time);
  const onDemo = lacking.length ? (await native('questions', paths)).filter((q) => lacking.some(({ id }) => id === q.id)) : [];
  for (const [where, data, asked] of [
    [size, { file }, onFile],
    [`demo ${DEMO}`, { demo: DEMO }, onDemo],
  ] as const) {
    const can = asked.filter((q) => q.time);
    if (can.length === 0) continue;
    const here = await askInTab(url, data, can);
    for (const q of can) tell(add, `${where}: ${q.id}${q.said === 'ok' ? '' : ` (${q.said})`}`, here.get(q.id)!, q.time!);
  }
  for (const q of onDemo.filter((x) => !x.time)) add(`${q.id}`, `not asked: neither has ${q.missing.join('; ')}`, '', null);
}

/** A line for each kind of own tag, made beside all the others of the file. */
export async function ownTags(url: string, size: string, file: string, users: number, add: Add): Promise<void> {
  const there = await native('own', [file]);
  const here = await ownInTab(url, { file }, ownDefs(users));
  for (const t of there) tell(add, `${size}: own tag, ${t.room}`, here.get(t.id)!, t.time!, ROUNDS);
}
