import { gammaP, lnGammaQ } from './gamma.ts';

/** 97.5 % quantile of the normal distribution: the z of every 95 % interval. */
export const Z95 = 1.959963984540054;

/** ln erfc(x): erfc(x) = Q(½, x²) for x ≥ 0. Finite where erfc underflows. */
export function lnErfc(x: number): number {
  return x < 0 ? Math.log1p(gammaP(0.5, x * x)) : lnGammaQ(0.5, x * x);
}

/** Complementary error function. */
export const erfc = (x: number): number => Math.exp(lnErfc(x));

/** P(Z > z). */
export const normalSf = (z: number): number => 0.5 * erfc(z / Math.SQRT2);

/** P(Z ≤ z). */
export const normalCdf = (z: number): number => normalSf(-z);

/** P(|Z| > |z|), 0 only below 1e-308. */
export const normalTwoSided = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

const tail = (t: number): number => t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));

/**
 * z with P(Z ≤ z) = p for 0 < p < 1. Start by Abramowitz & Stegun 26.2.23 on the smaller tail, then Newton on the log of that tail, which
 * converges from any start: right to 1e-14 from 1e-300 on.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (p === 0.5) return 0;
  const q = Math.min(p, 1 - p);
  const goal = Math.log(q);
  let z = tail(Math.sqrt(-2 * goal));
  for (let i = 0; i < 6; i++) {
    const lnSf = lnErfc(z / Math.SQRT2) - Math.LN2;
    const hazard = Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - lnSf);
    const step = (lnSf - goal) / hazard;
    z += step;
    if (Math.abs(step) < 1e-15 * Math.max(1, z)) break;
  }
  return p < 0.5 ? -z : z;
}
