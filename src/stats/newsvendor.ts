import { lnGamma } from './gamma.ts';

/** Demand by counts: Poisson, or negative binomial where the variance is `spread` > 1 times the mean. */
export interface CountDemand {
  mean: number;
  spread: number;
}
export interface Order {
  q: number;
  /** Expected units sold: E min(D, q). */
  sold: number;
  profit: number;
}

/** pmf at a start far below the mean, and the ratio to the next. */
function recursion({ mean, spread }: CountDemand): { lo: number; p: number; next: (k: number) => number } {
  const lo = Math.max(0, Math.floor(mean - 10 * Math.sqrt(mean * Math.max(1, spread)) - 10));
  if (spread <= 1) return { lo, p: Math.exp(lo * Math.log(mean) - mean - lnGamma(lo + 1)), next: (k) => mean / (k + 1) };
  const r = mean / (spread - 1);
  const q = 1 - 1 / spread;
  const p = Math.exp(lnGamma(lo + r) - lnGamma(r) - lnGamma(lo + 1) - r * Math.log(spread) + lo * Math.log(q));
  return { lo, p, next: (k) => ((k + r) / (k + 1)) * q };
}

/**
 * The newsvendor (Arrow, Harris & Marschak 1951): least q with P(D ≤ q) ≥ (price − cost) / (price − salvage), at most `stock`.
 * Nothing is ordered where a piece sold earns nothing.
 */
export function newsvendor(demand: CountDemand, price: number, cost: number, salvage: number, stock: number = Infinity): Order {
  const ratio = price > salvage ? (price - cost) / (price - salvage) : 0;
  if (!(demand.mean > 0) || ratio <= 0 || stock <= 0) return { q: 0, sold: 0, profit: 0 };
  const goal = Math.min(ratio, 1 - 1e-12);
  const { lo, p: first, next } = recursion(demand);
  let [k, p, below, sold] = [lo, first, first, lo];
  // `sold` is the sum of P(D > x) over x < k; `below` is P(D ≤ k).
  const most = lo + 100_000_000;
  while (below < goal && k < stock && k < most) {
    sold += 1 - below;
    p *= next(k);
    k++;
    below += p;
  }
  const q = Math.min(k, Math.floor(stock));
  // Where the stock ends below the start of the tail, nearly all of it is sold.
  const units = Math.min(sold, q);
  return { q, sold: units, profit: price * units - cost * q + salvage * (q - units) };
}
