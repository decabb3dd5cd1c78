import { lnGamma } from './gamma.ts';

/** Continued fraction of the incomplete beta function (Lentz), good for x < (a + 1) / (a + b + 2). */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return h;
}

/** ln I_x(a, b), the regularised incomplete beta function; x in [0, 1], a, b > 0. */
export function lnBetaInc(x: number, a: number, b: number): number {
  if (x <= 0) return -Infinity;
  if (x >= 1) return 0;
  const front = a * Math.log(x) + b * Math.log1p(-x) + lnGamma(a + b) - lnGamma(a) - lnGamma(b);
  if (x < (a + 1) / (a + b + 2)) return front + Math.log(fraction(x, a, b)) - Math.log(a);
  return Math.log1p((-Math.exp(front) * fraction(1 - x, b, a)) / b);
}

/** I_x(a, b). */
export const betaInc = (x: number, a: number, b: number): number => Math.exp(lnBetaInc(x, a, b));
