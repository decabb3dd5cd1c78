import { describe, expect, it } from 'vitest';
import { jeffreys } from '../../src/stats/divergence.ts';
import { fisherExact } from '../../src/stats/fisher.ts';
import { benjaminiHochberg } from '../../src/stats/multiple.ts';
import { tgi, wilson } from '../../src/stats/proportion.ts';
import { cohenD, effectSize, mannWhitney, rankSums } from '../../src/stats/ranks.ts';

describe('Fisher', () => {
  it.each([
    [3, 4, 1, 4, 0.48571428571428565],
    [2, 2, 2, 5, 0.4285714285714286],
    [8, 10, 1, 6, 0.034965034965034975],
    [4, 7244, 284, 37967, 7.543135341222363e-17],
    [0, 20, 300, 4300, 0.3941897187243626],
  ])('%i of %i against %i of %i', (a, n, c, m, want) => {
    expect(Math.abs(fisherExact(a, n, c, m) / want - 1)).toBeLessThan(1e-6);
    expect(fisherExact(c, m, a, n)).toBeCloseTo(fisherExact(a, n, c, m), 12);
  });
  it('is 1 where a margin is empty', () => expect([fisherExact(0, 3, 0, 4), fisherExact(3, 3, 4, 4)]).toEqual([1, 1]));
  it('keeps a value where e^x would underflow', () => expect(fisherExact(200, 200, 0, 1000)).toBeGreaterThan(1e-300));
});

describe('intervals', () => {
  it('Wilson: 10 of 20, and the ends', () => {
    expect(wilson(10, 20)!.lo).toBeCloseTo(0.299298, 6);
    expect(wilson(10, 20)!.hi).toBeCloseTo(0.700702, 6);
    expect(wilson(0, 10)!.lo).toBe(0);
    expect(wilson(10, 10)!.hi).toBe(1);
    expect(wilson(0, 0)).toBeNull();
  });
  it('TGI inside its baseline: fixture, and French champions', () => {
    const fixture = tgi(2, 2, 4, 7, false)!;
    expect([fixture.tgi, fixture.lo!, fixture.hi!].map((x) => +x.toFixed(2))).toEqual([175, 102.31, 299.33]);
    const france = tgi(19, 604, 87, 4372, false)!;
    expect([france.tgi, france.lo!, france.hi!].map((x) => +x.toFixed(2))).toEqual([158.08, 106.84, 233.91]);
  });
  it('TGI of nobody is 0, without an interval: 0 to 0 would claim to be sure', () => {
    expect(tgi(0, 604, 87, 4372, false)).toEqual({ tgi: 0, lo: null, hi: null });
    expect(tgi(0, 30, 5, 40, true)).toEqual({ tgi: 0, lo: null, hi: null });
  });
  it('TGI against the others: the tutorial table says nothing', () => {
    const of = (a: number, n: number) => tgi(a, n, 120 - a, 369 - n, true)!;
    expect([of(30, 93), of(40, 123), of(50, 153)].map((t) => [t.lo!, t.hi!].map(Math.round))).toEqual([
      [70, 139],
      [73, 137],
      [75, 136],
    ]);
  });
  it('TGI of everyone is 100 without an interval; of an empty group or value unknown', () => {
    expect(tgi(4, 7, 4, 7, false)).toEqual({ tgi: 100, lo: null, hi: null });
    expect([tgi(0, 0, 4, 7, false), tgi(0, 3, 0, 7, false)]).toEqual([null, null]);
  });
});

describe('Benjamini-Hochberg', () => {
  it('gives the worked q-values', () => {
    const q = benjaminiHochberg([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]);
    expect(q.map((x) => +x!.toFixed(5))).toEqual([0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.08457, 0.205]);
  });
  it('skips what was not tested and keeps the order', () => expect(benjaminiHochberg([0.04, null, 0.01])).toEqual([0.04, null, 0.02]));
});

describe('ranks', () => {
  const grouped = (x: number[], y: number[]) =>
    [...new Set([...x, ...y])].sort((a, b) => a - b).map((v) => ({ a: x.filter((w) => w === v).length, c: y.filter((w) => w === v).length }));
  it('Mann-Whitney with ties equals a reference', () => {
    const t = mannWhitney(rankSums(grouped([1, 2, 2, 3, 5], [2, 3, 4, 4, 6, 7])))!;
    expect(rankSums(grouped([1, 2, 2, 3, 5], [2, 3, 4, 4, 6, 7])).u).toBe(6.5);
    expect(t.p).toBeCloseTo(0.11560643738731947, 12);
    expect(t.delta).toBeCloseTo((2 * 6.5) / 30 - 1, 12);
    expect(t.z).toBeLessThan(0);
  });
  it('has no difference between equal groups, and none without a group', () => {
    expect(mannWhitney(rankSums([{ a: 3, c: 4 }]))).toMatchObject({ delta: 0, z: 0, p: 1 });
    expect(mannWhitney(rankSums([{ a: 3, c: 0 }]))).toBeNull();
  });
  it('names sizes by Romano', () => expect([0.1, -0.2, 0.4, -0.5].map(effectSize)).toEqual(['negligible', 'small', 'medium', 'large']));
  it('Cohen: two sd-1 groups one apart', () => {
    expect(cohenD({ n: 10, mean: 2, sd: 1 }, { n: 20, mean: 1, sd: 1 })).toBeCloseTo(1, 12);
    expect(cohenD({ n: 2, mean: 2, sd: 0 }, { n: 2, mean: 1, sd: 0 })).toBeNull();
  });
});

describe('Jeffreys', () => {
  it('is the hand value, less chance', () => {
    const j = jeffreys([
      { a: 30, c: 50 },
      { a: 70, c: 50 },
    ]);
    expect(j.D).toBeCloseTo(-0.2 * Math.log(0.6) + 0.2 * Math.log(1.4), 12);
    expect(j.chance).toBeCloseTo(0.02, 12);
    expect(j.excess).toBeCloseTo(j.D - 0.02, 12);
    expect(j.terms.reduce((s, t) => s + t, 0)).toBeCloseTo(j.D, 12);
  });
  it('adds a half everywhere if a count is 0, and is 0 for equal distributions', () => {
    expect(
      jeffreys([
        { a: 0, c: 5 },
        { a: 10, c: 5 },
      ]).D,
    ).toBeCloseTo((0.5 / 11 - 0.5) * Math.log(0.5 / 11 / 0.5) + (10.5 / 11 - 0.5) * Math.log(10.5 / 11 / 0.5), 12);
    expect(
      jeffreys([
        { a: 3, c: 6 },
        { a: 5, c: 10 },
      ]),
    ).toMatchObject({ D: 0, excess: 0 });
    expect(jeffreys([])).toMatchObject({ D: 0, terms: [] });
  });
});
