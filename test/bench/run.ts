/**
 * Measures the built app in real Chromium beside native DuckDB of the same version with one thread, in one run, and prints a Markdown table.
 *   npm run build && npm run bench -- [--rows 1000000] [--rows 10000000] [--users 1000000] [--only csv|parquet|start|moment|questions|own|index|look|tree] [--data FOLDER]
 * Time is CPU of the busiest thread (wall time misleads where cores are shared); native is all of its process, as it works on one thread at a time.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startServer } from '../../scripts/serve.ts';
import { ownTags, questions } from './asks.ts';
import { fileToTags, start } from './browser.ts';
import { generate } from './generate.ts';
import { segmentIndex } from './index.ts';
import { table } from './lines.ts';
import { exhaustiveLook } from './look.ts';
import { momentSteps } from './moment.ts';
import type { Measured } from './stages.ts';
import { tagTree } from './tree.ts';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    rows: { type: 'string', multiple: true },
    users: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    data: { type: 'string' },
    port: { type: 'string' },
  },
});
const sizes = (values.rows ?? ['1000000']).map(Number);
const wanted = new Set(values.only ?? ['csv', 'parquet', 'start', 'moment', 'questions', 'own', 'index', 'look', 'tree']);
const folder = values.data ?? join(tmpdir(), 'tessera-bench');
if (!existsSync(join(root, 'dist/index.html'))) throw new Error('There is no built app: run npm run build first.');

const { add, print } = table();

async function native(path: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'native.ts'), path], {
    cwd: root,
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout) as Measured;
}
const s = (x: number): string => `${x.toFixed(1)} s`;
const toTables = (m: Measured): { busiest: number; all: number } => ({
  busiest: m.stages.opening.busiest + m.stages.building.busiest,
  all: m.stages.opening.all + m.stages.building.all,
});

async function compare(url: string, rows: number, kind: 'csv' | 'parquet', path: string): Promise<void> {
  const size = `${rows / 1e6} M events, ${kind === 'csv' ? 'CSV' : 'Parquet'}`;
  const there = await native(path);
  const here = await fileToTags(url, path);
  const [tab, one] = [toTables(here), toTables(there)];
  const [limit, tables] = [kind === 'csv' ? 1.3 : 2.3, tab.busiest / one.all];
  add(
    `${size} to canonical tables`,
    `${tables.toFixed(2)} x native (${s(tab.busiest)} of ${s(one.all)}; all threads ${s(tab.all)})`,
    `≤ ${limit}`,
    tables <= limit,
  );
  const tags = here.stages.tagging.busiest / there.stages.tagging.all;
  add(
    `${size}: all tags`,
    `${tags.toFixed(2)} x native (${s(here.stages.tagging.busiest)} of ${s(there.stages.tagging.all)})`,
    '≤ 1.25',
    tags <= 1.25,
  );
  if (here.memory !== null)
    add(
      `${size}: memory of the tab at most`,
      `${(here.memory / 1024).toFixed(2)} GiB`,
      rows >= 1e7 ? '< 3 GB' : '',
      rows >= 1e7 ? here.memory < 2861 : null,
    );
  add(
    `${size}: longest task of the main thread, CPU`,
    `${Math.round(here.longestTask)} ms (${here.longTasks} over 50 ms)`,
    '≤ 50 ms',
    here.longestTask <= 50,
  );
}

const served = await startServer({ dir: join(root, 'dist'), port: Number(values.port ?? 0) });
try {
  if (wanted.has('start')) {
    for (const demo of ['flash-sale', 'bank']) {
      const at = await start(served.url, demo);
      if (demo === 'flash-sale') {
        add('First visit: shell drawn', `${Math.round(at.shell)} ms`, '< 1 s', at.shell < 1000);
        add('First visit: first screen whole', `${(at.screen / 1000).toFixed(1)} s`, '', null);
      }
      add(`Example ${demo}: click to first profile (wall)`, `${(at.profile / 1000).toFixed(1)} s`, '< 5 s', at.profile < 5000);
    }
  }
  if (wanted.has('index')) for (const users of values.users ?? ['1000000']) await segmentIndex(Number(users), add);
  if (wanted.has('look')) await exhaustiveLook(served.url, folder, add);
  if (wanted.has('tree')) await tagTree(served.url, folder, add);
  for (const rows of sizes) {
    if (!['csv', 'parquet', 'moment', 'questions', 'own'].some((w) => wanted.has(w))) continue;
    const files = await generate(folder, rows);
    for (const kind of ['csv', 'parquet'] as const) if (wanted.has(kind)) await compare(served.url, rows, kind, files[kind]);
    const size = `${rows / 1e6} M events`;
    // Larger files take as many times longer; the goal is for a million events.
    if (wanted.has('moment') && rows <= 1_000_000) {
      const { profile, all } = await momentSteps(served.url, files.parquet, [0.9, 0.75, 0.6, 0.45]);
      const median = (of: number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
      add(
        `${rows / 1e6} M events: another day by the slider, to the profile of it (wall)`,
        `${s(median(profile))}; all tags of it ${s(median(all))}`,
        '≤ 2 s',
        median(profile) <= 2,
      );
    }
    if (wanted.has('questions')) await questions(served.url, size, files.parquet, add);
    if (wanted.has('own')) await ownTags(served.url, size, files.parquet, files.users, add);
  }
} finally {
  await served.close();
}
print();
