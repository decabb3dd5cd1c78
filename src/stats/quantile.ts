/** Type 7 of Hyndman & Fan (1996), numpy's default, of values in ascending order. NaN for none. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const lo = Math.floor(at);
  const a = sorted[lo];
  const b = sorted[Math.ceil(at)];
  return a === undefined || b === undefined ? NaN : a + (b - a) * (at - lo);
}

/** How many of the ascending values are < x (`open`), or ≤ x. */
export function rank(sorted: ArrayLike<number>, x: number, open: boolean): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (open ? sorted[mid]! < x : sorted[mid]! <= x) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
