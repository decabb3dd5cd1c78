const BINS = 28;
/** A step of 1, 2 or 5 times a power of ten that cuts the range into at most `most` bins. */
function niceStep(range: number, most: number): number {
  const rough = range / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * (1 - 1e-9))!;
}

/**
 * Edges of about 30 bins over the known values: [edge, next edge), the last one closed. Where the outer 1 % takes more than half of the range, it becomes
 * one bin of its own on that side, so that a few large values do not press the rest into one bar. Whole numbers have steps of at least 1. Null for
 * no or one value.
 */
export function binsOf(s: { min: number; p01: number; p99: number; max: number }, whole: boolean): number[] | null {
  if (!(s.max > s.min)) return null;
  const high = s.max - s.p99 > s.p99 - s.min && s.p99 > s.min;
  const low = s.p01 - s.min > s.max - s.p01 && s.max > s.p01;
  const from = low ? s.p01 : s.min;
  const to = high ? s.p99 : s.max;
  if (!(to > from)) return null;
  const step = Math.max(whole ? 1 : 0, niceStep(to - from, BINS));
  const start = Math.floor(from / step) * step;
  const n = Math.max(1, Math.floor((to - start) / step) + 1);
  const edges = Array.from({ length: n + 1 }, (_, i) => Number((start + i * step).toPrecision(12)));
  if (low && s.min < edges[0]!) edges.unshift(s.min);
  if (high && s.max > edges.at(-1)!) edges.push(s.max);
  return edges;
}
