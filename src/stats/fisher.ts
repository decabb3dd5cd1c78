/** Tables this much likelier than the seen one still count as equally likely: the usual guard against rounding (R's fisher.test). */
const SLACK = 1 + 1e-7;

/**
 * Fisher's exact test of a of n against c of m, two-sided: sum of the probabilities of all tables with the same margins that are no likelier
 * than the seen one. Weights run from the mode outwards by their exact ratios, in logs, so nothing underflows before 1e-300. 1 where a margin is empty.
 */
export function fisherExact(a: number, n: number, c: number, m: number): number {
  const K = a + c;
  const lo = Math.max(0, K - m);
  const hi = Math.min(n, K);
  if (lo >= hi) return 1;
  const mode = Math.min(hi, Math.max(lo, Math.floor(((n + 1) * (K + 1)) / (n + m + 2))));
  const lnW = new Float64Array(hi - lo + 1);
  for (let x = mode + 1; x <= hi; x++) lnW[x - lo] = lnW[x - 1 - lo]! + Math.log(((n - x + 1) / x) * ((K - x + 1) / (m - K + x)));
  for (let x = mode - 1; x >= lo; x--) lnW[x - lo] = lnW[x + 1 - lo]! + Math.log(((x + 1) / (n - x)) * ((m - K + x + 1) / (K - x)));
  const limit = lnW[a - lo]! + Math.log(SLACK);
  let tail = 0;
  let all = 0;
  for (const w of lnW) {
    const weight = Math.exp(w);
    all += weight;
    if (w <= limit) tail += weight;
  }
  return Math.min(1, tail / all);
}
