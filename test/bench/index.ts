/**
 * Measures the segment index in real Chromium beside the bare engine's SQL (native DuckDB, one thread) over the same generated table, and prints a
 * Markdown table:   npx tsx test/bench/index.ts [--users 1000000]
 * Both run on one thread; the least of many runs is told, which is nearest to CPU where other work takes the core away in between.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { openNative } from '../../src/engine/native.ts';
import { factor, type IndexTimes } from './index-page.ts';

const { values } = parseArgs({ options: { users: { type: 'string' }, chromium: { type: 'string' } } });
const n = Number(values.users ?? 1_000_000);

const outDir = join(tmpdir(), 'tessera-bench-index');
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    outDir,
    emptyOutDir: true,
    minify: false,
    lib: { entry: join(import.meta.dirname, 'index-page.ts'), formats: ['iife'], name: 'bench', fileName: () => 'bench.js' },
  },
});
const browser = await chromium.launch({
  ...(values.chromium ? { executablePath: values.chromium } : {}),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
});
let here: IndexTimes;
try {
  const page = await browser.newPage();
  await page.goto(pathToFileURL('/dev/null').href).catch(() => undefined);
  await page.addScriptTag({ content: readFileSync(join(outDir, 'bench.js'), 'utf8') });
  here = await page.evaluate((count) => (globalThis as unknown as { bench: { measure(n: number): IndexTimes } }).bench.measure(count), n);
} finally {
  await browser.close();
}

const engine = await openNative({ threads: 1 });
const tags = Array.from({ length: 30 }, (_, t) => t);
await engine.exec(
  `CREATE TABLE t AS SELECT ${tags.map((t) => `(i * ${factor(t)} % 1009 % 11)::UTINYINT AS t${t}`).join(', ')}, (i * 104729 % 50021) / 100 AS spent FROM range(${n}) r(i)`,
);
const standing = [1, 2, 3, 4, 5].map((t) => `t${t} BETWEEN 1 AND 8`).join(' AND ');
const timed = async (sql: string): Promise<number> => {
  const all: number[] = [];
  for (let i = 0; i < 15; i++) {
    const from = performance.now();
    await engine.query(sql);
    all.push(performance.now() - from);
  }
  return Math.min(...all);
};
const edit = await timed(`SELECT count(*) FROM t WHERE t0 IN (1, 2, 3, 9) AND ${standing}`);
const editNumber = await timed(`SELECT count(*) FROM t WHERE spent BETWEEN 12 AND 400 AND ${standing}`);
const profile = await timed(
  `SELECT ${tags.map((t) => `t${t}`).join(', ')}, count(*) FROM t WHERE spent BETWEEN 12 AND 400 AND ${standing} GROUP BY GROUPING SETS (${tags.map((t) => `(t${t})`).join(', ')})`,
);
await engine.close();

const ms = (x: number): string => `${x < 10 ? x.toFixed(1) : Math.round(x)} ms`;
const line = (what: string, own: number, sql: number, goal: number): string =>
  `| ${what} | ${ms(own)}${own > goal ? ' (missed)' : ''} | ${ms(sql)} | ${goal} ms |`;
console.log(
  `| ${n.toLocaleString('en-GB')} users, ${here.members.toLocaleString('en-GB')} of them members | index in Chromium | native SQL, one thread | goal |`,
);
console.log('| --- | --- | --- | --- |');
console.log(line('a value of six clauses changed, to the count', here.edit, edit, 8));
console.log(line('a number of six clauses changed, to the count', here.editNumber, editNumber, 8));
console.log(line('the whole profile: 30 tags of 10 values counted', here.profile, profile, 30));
process.exit(0);
