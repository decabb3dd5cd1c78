import { normalTwoSided } from './normal.ts';

export type EffectSize = 'negligible' | 'small' | 'medium' | 'large';
/** Group sizes, U of the first group (pairs it wins, ties count half), and Σ(t³ − t) over the ties of both together. */
export interface RankSums {
  n: number;
  m: number;
  u: number;
  ties: number;
}

/** U and ties from equal values with their counts in both groups, in ascending order of value. */
export function rankSums(values: Iterable<{ a: number; c: number }>): RankSums {
  let n = 0,
    m = 0,
    u = 0,
    ties = 0;
  for (const { a, c } of values) {
    u += a * (m + c / 2);
    n += a;
    m += c;
    const t = a + c;
    ties += t * t * t - t;
  }
  return { n, m, u, ties };
}

/** Cliff's δ = P(x > y) − P(x < y) (1993), and the Mann-Whitney test with tie correction and without continuity correction. Null for an empty group. */
export function mannWhitney({ n, m, u, ties }: RankSums): { delta: number; z: number; p: number; size: EffectSize } | null {
  if (n <= 0 || m <= 0) return null;
  const N = n + m;
  const delta = (2 * u) / n / m - 1;
  const variance = ((n * m) / 12) * (N + 1 - (N > 1 ? ties / (N * (N - 1)) : 0));
  const z = variance > 0 ? (u - (n * m) / 2) / Math.sqrt(variance) : 0;
  return { delta, z, p: variance > 0 ? normalTwoSided(z) : 1, size: effectSize(delta) };
}

/** Romano et al. (2006). */
export function effectSize(delta: number): EffectSize {
  const d = Math.abs(delta);
  return d < 0.147 ? 'negligible' : d < 0.33 ? 'small' : d < 0.474 ? 'medium' : 'large';
}

export interface Moments {
  n: number;
  mean: number;
  /** Sample sd (n − 1). */
  sd: number;
}
/** Cohen's d (1988) with pooled sd. Null where there is no spread. */
export function cohenD(x: Moments, y: Moments): number | null {
  const df = x.n + y.n - 2;
  if (x.n < 1 || y.n < 1 || df <= 0) return null;
  const pooled = Math.sqrt(((x.n - 1) * (x.n > 1 ? x.sd * x.sd : 0) + (y.n - 1) * (y.n > 1 ? y.sd * y.sd : 0)) / df);
  return pooled > 0 ? (x.mean - y.mean) / pooled : null;
}

/** Ranks with ties in the middle. */
function midranks(x: readonly number[]): number[] {
  const order = x.map((_, i) => i).sort((a, b) => x[a]! - x[b]!);
  const out = new Array<number>(x.length).fill(0);
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j < order.length && x[order[j]!] === x[order[i]!]) j++;
    for (let l = i; l < j; l++) out[order[l]!] = (i + j + 1) / 2;
    i = j;
  }
  return out;
}
/** Spearman's rank correlation: Pearson of mid-ranks; 0 where one side has no spread. */
export function spearman(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [midranks(x), midranks(y)];
  const mean = (x.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    xy += (a[i]! - mean) * (b[i]! - mean);
    xx += (a[i]! - mean) ** 2;
    yy += (b[i]! - mean) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
