/**
 * Jeffreys' divergence (1946) of two distributions given as counts per value: Σ (p1 − p2) ln(p1 / p2).
 * Values that are empty in both are left out. If a count is 0, 0.5 is added to all. `chance` = (V − 1)(1/n + 1/m), what equal
 * distributions give on average; `excess` = D less chance, at least 0. `n` and `m` default to the sums of the counts; for sets, where a
 * member may have several values, they are the members.
 */
export function jeffreys(counts: { a: number; c: number }[], n?: number, m?: number): { D: number; chance: number; excess: number; terms: number[] } {
  const used = counts.filter((v) => v.a + v.c > 0);
  const nn = n ?? used.reduce((s, v) => s + v.a, 0);
  const mm = m ?? used.reduce((s, v) => s + v.c, 0);
  if (nn <= 0 || mm <= 0 || used.length === 0) return { D: 0, chance: 0, excess: 0, terms: counts.map(() => 0) };
  const h = used.some((v) => v.a === 0 || v.c === 0) ? 0.5 : 0;
  const [n1, m1] = [nn + h * used.length, mm + h * used.length];
  const terms = counts.map((v) => {
    if (v.a + v.c <= 0) return 0;
    const p1 = (v.a + h) / n1;
    const p2 = (v.c + h) / m1;
    return (p1 - p2) * Math.log(p1 / p2);
  });
  const D = terms.reduce((s, t) => s + t, 0);
  const chance = (used.length - 1) * (1 / nn + 1 / mm);
  return { D, chance, excess: Math.max(0, D - chance), terms };
}
