import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTruths, rowText, TRUTHS } from '../../scripts/check-demo.ts';
import { makeBank } from '../../scripts/demo/bank.ts';
import { makeShop } from '../../scripts/demo/shop.ts';
import { writeTables } from '../../scripts/demo/write.ts';
import type { Table } from '../../scripts/demo/write.ts';

const folder = join(import.meta.dirname, '../../public/demo');
let temporary: string;
beforeAll(async () => void (temporary = await mkdtemp(join(tmpdir(), 'demo-'))));
afterAll(() => rm(temporary, { recursive: true }));

test.each<[string, () => Table[]]>([
  ['flash-sale', () => makeShop(1, 600)],
  ['bank', () => makeBank(1, 300)],
])('%s: the same bytes on every run', async (name, make) => {
  const first = await writeTables(join(temporary, name, 'a'), make());
  const second = await writeTables(join(temporary, name, 'b'), make());
  expect(second).toEqual(first);
  for (const file of first) expect(file.rows).toBeGreaterThan(0);
});

test('another seed is another shop', () => {
  const events = (seed: number) => makeShop(seed, 100).find((t) => t.name === 'events')!.columns[0]!.values;
  expect(events(1)).not.toEqual(events(2));
});

test('demos.json names the files that are there, under 12 MB together', async () => {
  const demos = JSON.parse(await readFile(join(folder, 'demos.json'), 'utf8')) as {
    id: string;
    bytes: number;
    strip: { labels: string[]; parts: number[] };
    files: { path: string; bytes: number; sha256: string }[];
  }[];
  for (const demo of demos) {
    for (const file of demo.files) {
      const bytes = await readFile(join(folder, file.path));
      expect(bytes.length).toBe(file.bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    }
    expect(demo.strip.parts.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 3);
    expect(demo.strip.labels).toHaveLength(demo.strip.parts.length);
  }
  expect(demos.reduce((sum, d) => sum + d.bytes, 0)).toBeLessThan(12e6);
});

test('every planted truth is in the files and in TRUTHS.md', async () => {
  const findings = await findTruths(folder);
  expect(findings.filter((f) => !f.holds).map((f) => `${f.truth.title}: ${rowText(f.row)}`)).toEqual([]);
  const text = await readFile(join(folder, 'TRUTHS.md'), 'utf8');
  for (const truth of TRUTHS) expect(text).toContain(truth.title);
}, 120_000);
