import { betaInc } from './beta.ts';

/** A group of users by a number of theirs: how many, its sum and its sum of squares. */
export type Sums = readonly number[];

export interface Explained {
  n: number;
  /** η² = SS between / SS total: the share of variance that the groups explain. */
  eta2: number;
  /** One-way analysis of variance. */
  f: number;
  p: number;
  /** Standard error of η² (Olkin & Finn 1995): approximate. */
  se: number;
}
/** Share of a number's variance that the groups explain. Null for fewer than two groups, or no spread. */
export function explainedVariance(groups: readonly Sums[]): Explained | null {
  const used = groups.filter(([k]) => k! > 0);
  const total = (i: number): number => used.reduce((s, g) => s + g[i]!, 0);
  const [n, all] = [total(0), total(1)];
  const within = used.reduce((s, [k, x, xx]) => s + Math.max(0, xx! - (x! * x!) / k!), 0);
  const between = used.reduce((s, [k, x]) => s + k! * (x! / k! - all / n) ** 2, 0);
  if (used.length < 2 || n <= used.length || !(within + between > 0)) return null;
  const [d1, d2] = [used.length - 1, n - used.length];
  const eta2 = between / (within + between);
  const f = within > 0 ? between / d1 / (within / d2) : Infinity;
  const se = Math.sqrt((4 * eta2 * (1 - eta2) ** 2 * (n - d1 - 1) ** 2) / ((n * n - 1) * (n + 3)));
  return { n, eta2, f, p: fSf(f, d1, d2), se };
}

/** Sum of squares between two groups: what a cut of a number is worth. */
export const spread = ([n1 = 0, x1 = 0]: Sums, [n2 = 0, x2 = 0]: Sums): number =>
  n1 > 0 && n2 > 0 ? ((n1 * n2) / (n1 + n2)) * (x1 / n1 - x2 / n2) ** 2 : -Infinity;
/** P(F > f) = I(d2 / (d2 + d1 f); d2/2, d1/2). */
export const fSf = (f: number, d1: number, d2: number): number =>
  f > 0 ? (Number.isFinite(f) ? betaInc(d2 / (d2 + d1 * f), d2 / 2, d1 / 2) : 0) : 1;
