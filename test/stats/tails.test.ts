import { describe, expect, it } from 'vitest';
import { betaInc } from '../../src/stats/beta.ts';
import { chi2Sf, pearson } from '../../src/stats/chi2.ts';
import { gammaP, gammaQ, lnGamma } from '../../src/stats/gamma.ts';
import { erfc, lnErfc, normalCdf, normalQuantile, normalSf, normalTwoSided } from '../../src/stats/normal.ts';
import { meanInterval, studentQuantile, studentSf } from '../../src/stats/student.ts';

/** Reference values by a 40-digit arithmetic. */
const near = (got: number, want: number, rel: number): void => expect(Math.abs(got / want - 1), `${got} for ${want}`).toBeLessThan(rel);

describe('lnΓ and incomplete gamma', () => {
  it.each([
    [1e-3, 6.907178885383853],
    [0.3, 1.0957979948180756],
    [1.5, -0.12078223763524522],
    [10, 12.801827480081469],
    [171.5, 709.1431630309282],
    [1e8, 1742068066.1038346],
  ])('lnΓ(%f)', (x, want) => near(lnGamma(x), want, 1e-13));
  it.each([
    [0.5, 0.01, 0.8875370839817152],
    [0.5, 2, 0.04550026389635842],
    [2.5, 161.3, 1.3808541805162534e-67],
    [5, 3, 0.8152632445237721],
    [50, 60, 0.08440668109369183],
    [500, 300, 1],
    [1000, 1200, 1.2881606086281433e-9],
  ])('Q(%f, %f)', (a, x, want) => near(gammaQ(a, x), want, 1e-11));
  it('P and Q make one', () => expect(gammaP(3, 2) + gammaQ(3, 2)).toBeCloseTo(1, 15));
});

describe('normal', () => {
  it.each([
    [0.1, 0.887537083981715],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [3, 2.209049699858544e-5],
    [5, 1.537459794428035e-12],
    [10, 2.088487583762545e-45],
    [20, 5.395865611607901e-176],
    [26, 5.663192408856143e-296],
  ])('erfc(%f)', (x, want) => near(erfc(x), want, 1e-12));
  it.each([
    [-3, 0.6931361352504468],
    [-0.2, 0.2010636457829063],
    [30, -903.9741171106439],
    [100, -10005.177585122665],
  ])('ln erfc(%f)', (x, want) => near(lnErfc(x), want, 1e-12));
  it('has two tails and a middle', () => {
    expect(normalTwoSided(1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(normalSf(0)).toBeCloseTo(0.5, 15);
    expect(normalCdf(1.6448536269514722)).toBeCloseTo(0.95, 14);
    expect(normalTwoSided(-27.42)).toBe(normalTwoSided(27.42));
  });
  it.each([
    [0.3, -0.5244005127080408],
    [0.025, -1.9599639845400543],
    [1e-6, -4.753424308822899],
    [1e-12, -7.034483825301132],
    [1e-300, -37.0470962993612],
  ])('quantile of %f', (p, want) => near(normalQuantile(p), want, 1e-13));
  it('is symmetric, and infinite at the ends', () => {
    expect(normalQuantile(0.7)).toBeCloseTo(0.5244005127080408, 13);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect(normalQuantile(2)).toBeNaN();
  });
});

describe('χ²', () => {
  it('is right far out', () => {
    near(chi2Sf(322.6, 5), 1.3808541805162534e-67, 1e-11);
    near(chi2Sf(3.841458820694124, 1), 0.05, 1e-12);
  });
  it('of a 2 × 2 table has no continuity correction', () => {
    // 10 of 30 against 20 of 40: χ² = 70 (10·20 − 20·20)² / (30·40·30·40).
    const t = pearson(10, 30, 20, 40)!;
    expect(t.chi2).toBeCloseTo((70 * 200 ** 2) / (30 * 40 * 30 * 40), 12);
    expect(t.least).toBeCloseTo((30 * 30) / 70, 12);
  });
  it('has no answer without a margin', () => expect([pearson(0, 3, 0, 4), pearson(3, 3, 4, 4), pearson(1, 2, 0, 0)]).toEqual([null, null, null]));
});

describe('beta and Student', () => {
  it.each([
    [0.5, 0.5, 0.3, 0.36901011956554536],
    [2, 3, 0.5, 0.6875],
    [50, 0.5, 0.9, 0.001204149832559813],
    [1000, 2000, 0.3, 4.0738279160507714e-5],
  ])('I(%f, %f) at %f', (a, b, x, want) => near(betaInc(x, a, b), want, 1e-11));
  it.each([
    [1, 12.706204736174694],
    [2, 4.302652729749462],
    [5, 2.5705818356363146],
    [30, 2.0422724563012378],
    [1000, 1.9623390808264083],
    [1e6, 1.959966356814107],
  ])('t quantile, %f degrees', (df, want) => {
    near(studentQuantile(0.975, df), want, 1e-9);
    near(studentQuantile(0.025, df), -want, 1e-9);
    near(studentSf(want, df), 0.025, 1e-8);
  });
  it('gives the interval of a mean', () => {
    const i = meanInterval(5, 10, 2)!;
    expect(i.hi - 10).toBeCloseTo((2.7764451051977934 * 2) / Math.sqrt(5), 9);
    expect(meanInterval(1, 10, 0)).toBeNull();
  });
});
