import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { openNative } from '../../src/engine/native.ts';
import { MOST_PACKED } from '../../src/segments/index/packs.ts';
import { peakMemory } from './cpu.ts';
import { factor, type IndexTimes } from './index-page.ts';
import type { Add } from './lines.ts';
import { session } from './session.ts';

interface Sql {
  edit: number;
  editNumber: number;
  profile: number;
}

/** The index alone in a page of its own, and the greatest memory that the page's process had, MiB. */
async function inTab(users: number): Promise<{ times: IndexTimes; memory: number | null }> {
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
  const { page, renderers, close } = await session();
  try {
    await page.addScriptTag({ content: readFileSync(join(outDir, 'bench.js'), 'utf8') });
    const times = await page.evaluate((n) => (globalThis as unknown as { bench: { measure(n: number): IndexTimes } }).bench.measure(n), users);
    const peaks = await Promise.all((await renderers()).map(peakMemory));
    return { times, memory: peaks.reduce<number | null>((a, b) => (b === null ? a : Math.max(a ?? 0, b)), null) };
  } finally {
    await close();
  }
}

/** The same table, edits and profile as SQL of the bare engine: native, one thread. */
async function inSql(users: number): Promise<Sql> {
  const engine = await openNative({ threads: 1 });
  const tags = Array.from({ length: 30 }, (_, t) => t);
  const columns = tags.map((t) => `(i * ${factor(t)} % 1009 % 11)::UTINYINT AS t${t}`).join(', ');
  await engine.exec(`CREATE TABLE t AS SELECT ${columns}, (i * 104729 % 50021) / 100 AS spent FROM range(${users}) r(i)`);
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
  try {
    return {
      edit: await timed(`SELECT count(*) FROM t WHERE t0 IN (1, 2, 3, 9) AND ${standing}`),
      editNumber: await timed(`SELECT count(*) FROM t WHERE spent BETWEEN 12 AND 400 AND ${standing}`),
      profile: await timed(
        `SELECT ${tags.map((t) => `t${t}`).join(', ')}, count(*) FROM t WHERE spent BETWEEN 12 AND 400 AND ${standing} GROUP BY GROUPING SETS (${tags.map((t) => `(t${t})`).join(', ')})`,
      ),
    };
  } finally {
    await engine.close();
  }
}

/**
 * The segment index in real Chromium beside the bare engine's SQL (native, one thread) over the same generated table of users. Both run on one thread; the least
 * of many runs is told, which is nearest to CPU where other work takes the core away in between. The goals are those for a million.
 */
export async function segmentIndex(users: number, add: Add): Promise<void> {
  const { times, memory } = await inTab(users);
  const sql = await inSql(users);
  const ms = (x: number): string => `${x < 10 ? x.toFixed(1) : Math.round(x)} ms`;
  const size = `${users / 1e6} M users in the segment index`;
  const line = (what: string, own: number, its: number, goal: number): void =>
    users === 1e6
      ? add(`${size}: ${what}`, `${ms(own)} (SQL ${ms(its)})`, `≤ ${goal} ms`, own <= goal)
      : add(`${size}: ${what}`, `${ms(own)} (SQL ${ms(its)})`, '', null);
  line('a value of six clauses changed, to the count', times.edit, sql.edit, 8);
  line('a number of six clauses changed, to the count', times.editNumber, sql.editNumber, 8);
  line('the whole profile, 30 tags of 10 values counted', times.profile, sql.profile, 30);
  const skipped = users > MOST_PACKED ? `; packs are skipped beyond ${MOST_PACKED / 1e6} M users, each tag is counted by itself` : '';
  if (memory !== null) add(`${size}: memory of the page at most`, `${(memory / 1024).toFixed(2)} GiB${skipped}`, '', null);
}
