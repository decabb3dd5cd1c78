/** Weight of the prior, in cases: τ² by moments over the cells; 1000 where they differ no more than chance, 50 below five cells, within [5, 1000]. */
export function shrinkWeight(k: readonly number[], n: readonly number[]): { p0: number; tau2: number; m: number } {
  const N = n.reduce((s, x) => s + x, 0);
  const p0 = N > 0 ? k.reduce((s, x) => s + x, 0) / N : 0;
  const noise = p0 * (1 - p0);
  const spread = k.reduce((s, x, i) => s + (n[i]! > 0 ? n[i]! * (x / n[i]! - p0) ** 2 : 0), 0);
  const effective = N - n.reduce((s, x) => s + x * x, 0) / (N || 1);
  const tau2 = effective > 0 ? Math.max(0, (spread - (k.length - 1) * noise) / effective) : 0;
  const m = k.length < 5 ? 50 : tau2 === 0 ? 1000 : Math.min(1000, Math.max(5, noise / tau2 - 1));
  return { p0, tau2, m };
}

/** Rate of k out of n pulled towards a prior rate worth m cases (empirical Bayes; Efron & Morris 1975). */
export const shrunken = (k: number, n: number, prior: number, m: number): number => (k + m * prior) / (n + m);
