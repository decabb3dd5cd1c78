import { rng } from '../../src/stats/random.ts';
import type { Random } from '../../src/stats/random.ts';

/** The draws the generators are made of, over one stream of `stats/random`. */
export interface Draws {
  next: Random;
  /** Whole number in [lo, hi]. */
  int(lo: number, hi: number): number;
  chance(p: number): boolean;
  normal(): number;
  exponential(mean: number): number;
  poisson(mean: number): number;
  pick<T>(items: readonly T[]): T;
  /** Index by weight. */
  weighted(weights: ArrayLike<number>): number;
}

export function draws(seed: number, label: string): Draws {
  const next = rng(seed, label);
  return {
    next,
    int: (lo, hi) => lo + Math.floor(next() * (hi - lo + 1)),
    chance: (p) => next() < p,
    // Box & Muller (1958); 1 − u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson(mean) {
      const limit = Math.exp(-mean);
      let n = 0;
      for (let p = next(); p > limit; p *= next()) n++;
      return n;
    },
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted(weights) {
      let total = 0;
      for (let i = 0; i < weights.length; i++) total += weights[i]!;
      let x = next() * total;
      for (let i = 0; i < weights.length - 1; i++) if ((x -= weights[i]!) < 0) return i;
      return weights.length - 1;
    },
  };
}

/** Running totals, for many draws from the same weights. */
export function cumulate(weights: readonly number[]): Float64Array {
  let total = 0;
  return Float64Array.from(weights, (w) => (total += w));
}

/** Index of the first running total above x · total, for x in [0, 1). */
export function search(totals: Float64Array, x: number): number {
  const goal = x * totals[totals.length - 1]!;
  let lo = 0;
  let hi = totals.length - 1;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (totals[mid]! > goal) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

/** Share of a standard normal below z (Abramowitz & Stegun 26.2.17): four digits are enough for made-up people. */
export function below(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    0.3989422804 * Math.exp((-z * z) / 2) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

export const clamp = (x: number, lo: number, hi: number): number => Math.min(hi, Math.max(lo, x));
