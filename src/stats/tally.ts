/** Values counted: distinct known ones, ascending, how often each stands, and how many stand up to and with each. */
export interface Tally {
  values: Float64Array;
  upTo: Float64Array;
  /** How many are known. */
  known: number;
}

/** Whole numbers below this are counted by their place, without sorting. */
const SMALL = 65_536;

/** Counts numbers (NaN: unknown). Sorts `x` in place where it has others than small whole numbers. */
export function tally(x: Float64Array): Tally {
  return small(x) ?? sorted(x);
}

function small(x: Float64Array): Tally | null {
  const count = new Uint32Array(SMALL);
  let known = 0;
  for (let i = 0; i < x.length; i++) {
    const v = x[i]!;
    if (v !== v) continue;
    if (!(v >= 0 && v < SMALL && v === Math.floor(v))) return null;
    count[v]!++;
    known++;
  }
  let size = 0;
  for (let v = 0; v < SMALL; v++) if (count[v]! > 0) size++;
  const out = { values: new Float64Array(size), upTo: new Float64Array(size), known };
  for (let v = 0, at = 0, seen = 0; at < size; v++) {
    if (count[v] === 0) continue;
    out.values[at] = v;
    out.upTo[at++] = seen += count[v]!;
  }
  return out;
}

function sorted(x: Float64Array): Tally {
  // NaN sorts last.
  x.sort();
  let known = x.length;
  while (known > 0 && x[known - 1] !== x[known - 1]) known--;
  let size = 0;
  for (let i = 0; i < known; i++) if (i === 0 || x[i] !== x[i - 1]) size++;
  const out = { values: new Float64Array(size), upTo: new Float64Array(size), known };
  for (let i = 0, at = -1; i < known; i++) {
    if (i === 0 || x[i] !== x[i - 1]) out.values[++at] = x[i]! + 0;
    out.upTo[at] = i + 1;
  }
  return out;
}

/** The value that stands at place i (from 0) of all in order. */
function nth({ values, upTo }: Tally, i: number): number {
  let [lo, hi] = [0, values.length - 1];
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (upTo[mid]! <= i) lo = mid + 1;
    else hi = mid;
  }
  return values[lo]!;
}

/** Type 7 of Hyndman & Fan (1996), as `quantile` of the values in order. NaN for none. */
export function tallyQuantile(t: Tally, q: number): number {
  if (t.known === 0) return NaN;
  const at = (t.known - 1) * q;
  const lo = Math.floor(at);
  const a = nth(t, lo);
  return a + (nth(t, Math.ceil(at)) - a) * (at - lo);
}

/** How many are < x (`open`), or ≤ x. */
export function tallyRank({ values, upTo }: Tally, x: number, open: boolean): number {
  let [lo, hi] = [0, values.length];
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (open ? values[mid]! < x : values[mid]! <= x) lo = mid + 1;
    else hi = mid;
  }
  return lo === 0 ? 0 : upTo[lo - 1]!;
}
