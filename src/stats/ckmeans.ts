/**
 * Natural breaks (Jenks 1967) of weighted values in ascending order: the split into at most k runs with the least sum of squared deviations from
 * their means, exactly, by dynamic programming with divide and conquer (Wang & Song 2011, "Ckmeans.1d.dp"): O(k n log n).
 * Answers the index of the first value of each run after the first; fewer than k − 1 where there are fewer distinct values.
 */
export function ckmeans(values: ArrayLike<number>, weights: ArrayLike<number>, k: number): number[] {
  const n = values.length;
  const runs = Math.min(k, n);
  if (runs < 2) return [];
  // Around a middle value, so that squares of large numbers do not swallow their differences.
  const shift = values[n >> 1]!;
  const w = new Float64Array(n + 1);
  const s = new Float64Array(n + 1);
  const q = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const x = values[i]! - shift;
    w[i + 1] = w[i]! + weights[i]!;
    s[i + 1] = s[i]! + weights[i]! * x;
    q[i + 1] = q[i]! + weights[i]! * x * x;
  }
  const cost = (i: number, j: number): number => {
    const sum = s[j + 1]! - s[i]!;
    return Math.max(0, q[j + 1]! - q[i]! - (sum * sum) / (w[j + 1]! - w[i]!));
  };
  let last = Float64Array.from({ length: n }, (_, j) => cost(0, j));
  const from: Int32Array[] = [new Int32Array(n)];
  for (let run = 1; run < runs; run++) {
    const now = new Float64Array(n).fill(Infinity);
    const start = new Int32Array(n);
    const fill = (lo: number, hi: number, least: number, most: number): void => {
      if (lo > hi) return;
      const mid = (lo + hi) >> 1;
      let best = Infinity;
      let at = Math.max(run, least);
      for (let i = Math.max(run, least); i <= Math.min(mid, most); i++) {
        const c = last[i - 1]! + cost(i, mid);
        if (c < best) [best, at] = [c, i];
      }
      now[mid] = best;
      start[mid] = at;
      fill(lo, mid - 1, least, at);
      fill(mid + 1, hi, at, most);
    };
    fill(run, n - 1, run, n - 1);
    last = now;
    from.push(start);
  }
  const breaks: number[] = [];
  for (let run = runs - 1, end = n - 1; run > 0; run--) {
    const at = from[run]![end]!;
    breaks.unshift(at);
    end = at - 1;
  }
  return breaks;
}
