import { lnBetaInc } from './beta.ts';
import { lnGamma } from './gamma.ts';
import { normalQuantile } from './normal.ts';

/** P(T > t) for t ≥ 0 with df degrees of freedom: ½ I(df / (df + t²); df/2, ½). */
const upper = (t: number, df: number): number => 0.5 * Math.exp(lnBetaInc(df / (df + t * t), df / 2, 0.5));

/** P(T > t). */
export const studentSf = (t: number, df: number): number => (t >= 0 ? upper(t, df) : 1 - upper(-t, df));

/** t with P(T ≤ t) = p, by Newton from the normal quantile corrected to first order (Cornish-Fisher), each step kept inside a bracket. */
export function studentQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  const q = 1 - p;
  let lo = 0;
  let hi = 1;
  while (upper(hi, df) > q) {
    lo = hi;
    hi *= 2;
  }
  const z = normalQuantile(p);
  let t = Math.min(hi, Math.max(lo, z + (z * z * z + z) / (4 * df)));
  const lnConst = lnGamma((df + 1) / 2) - lnGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  for (let i = 0; i < 100; i++) {
    const off = upper(t, df) - q;
    if (off > 0) lo = t;
    else hi = t;
    const density = Math.exp(lnConst - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const next = t + off / density;
    const kept = next > lo && next < hi ? next : (lo + hi) / 2;
    if (Math.abs(kept - t) <= 1e-14 * kept) return kept;
    t = kept;
  }
  return t;
}

/** 95 % t interval of a mean from n, mean and sample sd (n − 1). Null for n < 2. */
export function meanInterval(n: number, mean: number, sd: number): { lo: number; hi: number } | null {
  if (!(n >= 2) || !Number.isFinite(sd)) return null;
  const half = (studentQuantile(0.975, n - 1) * sd) / Math.sqrt(n);
  return { lo: mean - half, hi: mean + half };
}
