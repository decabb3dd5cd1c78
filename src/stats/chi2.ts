import { gammaQ } from './gamma.ts';

/** P(χ² > x) with df degrees of freedom. */
export const chi2Sf = (x: number, df: number): number => gammaQ(df / 2, x / 2);

/**
 * Pearson's χ² of a 2 × 2 table without continuity correction: a of n against c of m.
 * `least` is the smallest expected count. Null where a margin is empty.
 */
export function pearson(a: number, n: number, c: number, m: number): { chi2: number; p: number; least: number } | null {
  const N = n + m;
  const K = a + c;
  if (n <= 0 || m <= 0 || K <= 0 || K >= N) return null;
  const least = (Math.min(n, m) * Math.min(K, N - K)) / N;
  const cross = a * (m - c) - c * (n - a);
  const chi2 = (cross / n / m) * (cross / K / (N - K)) * N;
  return { chi2, p: chi2Sf(chi2, 1), least };
}
