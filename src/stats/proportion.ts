import { Z95 } from './normal.ts';

export interface Interval {
  lo: number;
  hi: number;
}

/** Wilson's 95 % interval (1927) of k out of n. Null for n = 0. */
export function wilson(k: number, n: number, z: number = Z95): Interval | null {
  if (n <= 0) return null;
  const p = k / n;
  const z2 = (z * z) / n;
  const half = (z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n))) / (1 + z2);
  const mid = (p + z2 / 2) / (1 + z2);
  return { lo: k <= 0 ? 0 : Math.max(0, mid - half), hi: k >= n ? 1 : Math.min(1, mid + half) };
}

/**
 * Standard error of ln(p1 / p2), a of n against c of m (Katz et al. 1978). If one of the four counts is under 5, 0.5 is added to each (Haldane 1956).
 */
export function ratioSe(a: number, n: number, c: number, m: number): number {
  const h = Math.min(a, n - a, c, m - c) < 5 ? 0.5 : 0;
  const [a1, n1, c1, m1] = [a + h, n + 2 * h, c + h, m + 2 * h];
  return Math.sqrt(Math.max(0, 1 / a1 - 1 / n1 + 1 / c1 - 1 / m1));
}

/**
 * TGI = 100 · (a/n) / (K/N) with its 95 % interval, for a group inside its baseline: the rest is c = K − a of m = N − n.
 * Delta method on Katz: the baseline contains the group, hence the factor (m/N)(p2/p̄). With `disjoint`, K of N is a group of its own and there is no factor.
 * Null where a share is unknown or the baseline's is 0; no interval where TGI is 0 without spread or nothing is left to compare with.
 */
export function tgi(a: number, n: number, K: number, N: number, disjoint: boolean): { tgi: number; lo: number | null; hi: number | null } | null {
  if (n <= 0 || N <= 0 || K <= 0) return null;
  const value = (100 * a * N) / (n * K);
  const c = disjoint ? K : K - a;
  const m = disjoint ? N : N - n;
  // An interval that multiplies says nothing of a share of 0: 0 to 0 would claim to be sure.
  if (m <= 0 || a === 0) return { tgi: value, lo: null, hi: null };
  const se = disjoint ? ratioSe(a, n, c, m) : insideSe(a, n, c, m);
  return { tgi: value, lo: value * Math.exp(-Z95 * se), hi: value * Math.exp(Z95 * se) };
}

/** se of ln TGI for a group inside its baseline. The 0.5 of small counts goes into every count of se, the factor's too. */
function insideSe(a: number, n: number, c: number, m: number): number {
  const h = Math.min(a, n - a, c, m - c) < 5 ? 0.5 : 0;
  const [a1, n1, c1, m1] = [a + h, n + 2 * h, c + h, m + 2 * h];
  const share = (a1 + c1) / (n1 + m1);
  return (m1 / (n1 + m1)) * (c1 / m1 / share) * ratioSe(a, n, c, m);
}

/** 95 % interval of the difference a/n − c/m of independent groups: Newcombe's hybrid score (1998, method 10). Null for an empty group. */
export function differenceInterval(a: number, n: number, c: number, m: number): Interval | null {
  const [x, y] = [wilson(a, n), wilson(c, m)];
  if (!x || !y) return null;
  const [p, q] = [a / n, c / m];
  return { lo: p - q - Math.hypot(p - x.lo, y.hi - q), hi: p - q + Math.hypot(x.hi - p, q - y.lo) };
}
