import { normalQuantile } from './normal.ts';
import type { Random } from './random.ts';

/** A draw from Gamma(shape, rate 1) (Marsaglia & Tsang 2000); normals by inverse cdf. */
export function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * Math.max(random(), 1e-300) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normalQuantile(Math.max(random(), 1e-12));
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(Math.max(random(), 1e-300)) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
  }
}
