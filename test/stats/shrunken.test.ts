import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gammaDraw } from '../../src/stats/gamma-draw.ts';
import { newsvendor } from '../../src/stats/newsvendor.ts';
import { rng } from '../../src/stats/random.ts';
import { shrinkWeight, shrunken } from '../../src/stats/shrunken.ts';

const BANK = '../shared/data/bank/bank-full.csv';
if (!existsSync(BANK)) console.warn(`skipped: ${BANK} is not here`);

/** A18 of the definitions: term deposits by job and age. */
describe.skipIf(!existsSync(BANK))('shrunken rates of a bank', () => {
  const lines = readFileSync(BANK, 'utf8')
    .trim()
    .split('\n')
    .map((l) => l.replaceAll('"', '').split(/[,;]/));
  const head = lines[0]!;
  const [job, age, y] = [head.indexOf('job'), head.indexOf('age'), head.length - 1];
  const cells = new Map<string, { k: number; n: number }>();
  for (const l of lines.slice(1)) {
    const a = Number(l[age]);
    const key = `${l[job]} ${a < 30 ? 'under 30' : a < 40 ? '30-39' : a < 50 ? '40-49' : a < 60 ? '50-59' : '60+'}`;
    const c = cells.get(key) ?? { k: 0, n: 0 };
    cells.set(key, { k: c.k + Number(/yes|^1/.test(l[y]!.trim())), n: c.n + 1 });
  }
  const all = [...cells.values()];
  const { p0, tau2, m } = shrinkWeight(
    all.map((c) => c.k),
    all.map((c) => c.n),
  );
  it('weight', () => {
    expect(all.length).toBe(58);
    expect(p0).toBeCloseTo(0.116985, 6);
    expect(tau2).toBeCloseTo(0.00396628, 8);
    expect(m).toBeCloseTo(25.0444, 4);
  });
  it.each([
    ['retired 60+', 410, 1090, 0.370326],
    ['management 60+', 64, 192, 0.308369],
    ['student 40-49', 3, 14, 0.151874],
  ])('%s', (key, k, n, rate) => {
    expect(cells.get(key)).toEqual({ k, n });
    expect(shrunken(k, n, p0, m)).toBeCloseTo(rate, 6);
  });
});

it('a gamma draw has mean and variance of its shape', () => {
  const random = rng(1, 'test');
  for (const shape of [0.3, 2, 40]) {
    const x = Array.from({ length: 20_000 }, () => gammaDraw(shape, random));
    const mean = x.reduce((s, v) => s + v, 0) / x.length;
    expect(Math.abs(mean / shape - 1)).toBeLessThan(0.04);
    expect(Math.abs(x.reduce((s, v) => s + (v - mean) ** 2, 0) / x.length / shape - 1)).toBeLessThan(0.1);
  }
});
it('the newsvendor orders more where demand spreads, and sells no more than it has', () => {
  const [even, wide] = [newsvendor({ mean: 100, spread: 1 }, 40, 10, 5), newsvendor({ mean: 100, spread: 4 }, 40, 10, 5)];
  expect(wide.q).toBeGreaterThan(even.q);
  expect(wide.profit).toBeLessThan(even.profit);
  expect(newsvendor({ mean: 100, spread: 1 }, 40, 10, 5, 20)).toMatchObject({ q: 20 });
  expect(newsvendor({ mean: 1e5, spread: 1 }, 40, 10, 5).sold).toBeLessThanOrEqual(1e5);
});
