import { chi2Sf } from './chi2.ts';

/** Counts of value × class: one row per value of a tag, one column per class of the goal. */
export type Counts = readonly (readonly number[])[];

const sum = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0);
const byClass = (t: Counts): number[] => (t[0] ?? []).map((_, c) => t.reduce((s, row) => s + row[c]!, 0));

/** Entropy of counts in bits (Shannon 1948). */
export function entropy(counts: readonly number[]): number {
  const n = sum(counts);
  return n > 0 ? counts.reduce((s, c) => s - (c > 0 ? (c / n) * Math.log2(c / n) : 0), 0) : 0;
}

export interface Gain {
  /** Known users with both. */
  n: number;
  /** Entropy of the goal, bits. */
  h: number;
  /** Information gain H(y) − Σ p H(y given value), bits (Quinlan 1986), with the delta-method standard error of a mutual information. */
  ig: number;
  se: number;
  /** Uncertainty coefficient IG / H (Theil 1970). */
  u: number;
  /** G = 2 n ln 2 · IG, χ² with df degrees of freedom. */
  g: number;
  df: number;
  p: number;
}
/** What knowing the value tells of the class. Null where there is no user or just one class. */
export function informationGain(t: Counts): Gain | null {
  const classes = byClass(t);
  const n = sum(classes);
  const h = entropy(classes);
  if (n === 0 || h === 0) return null;
  const rows = t.filter((r) => sum(r) > 0);
  const ig = Math.max(0, h - rows.reduce((s, r) => s + (sum(r) / n) * entropy(r), 0));
  // Pointwise information of a user: log2 of p(class | value) / p(class); its variance over n is that of the mean.
  const square = rows.reduce((s, r) => s + r.reduce((q, c, j) => q + (c > 0 ? (c / n) * Math.log2((c * n) / (sum(r) * classes[j]!)) ** 2 : 0), 0), 0);
  const g = 2 * n * Math.LN2 * ig;
  const df = (rows.length - 1) * (classes.filter((c) => c > 0).length - 1);
  return { n, h, ig, se: Math.sqrt(Math.max(0, square - ig * ig) / n), u: ig / h, g, df, p: df > 0 ? chi2Sf(g, df) : 1 };
}

/** Information value of a goal of two classes, natural log; 0.5 is added to both counts of a value where one is 0 (Siddiqi 2006). Null for other goals. */
export function informationValue(t: Counts): number | null {
  const classes = byClass(t);
  if (classes.length !== 2 || classes.some((c) => c === 0)) return null;
  return t
    .filter((r) => sum(r) > 0)
    .reduce((s, [a = 0, b = 0]) => {
      const h = a === 0 || b === 0 ? 0.5 : 0;
      const [p, q] = [(a + h) / classes[0]!, (b + h) / classes[1]!];
      return s + (p - q) * Math.log(p / q);
    }, 0);
}

/** Cramér's V = √(χ² / (n (min(r, c) − 1))), without corrections (1946). Null for fewer than two values or classes. */
export function cramersV(t: Counts): number | null {
  const rows = t.filter((r) => sum(r) > 0);
  const classes = byClass(rows);
  const n = sum(classes);
  const least = Math.min(rows.length, classes.filter((c) => c > 0).length) - 1;
  if (n === 0 || least < 1) return null;
  const chi2 = rows.reduce(
    (s, r) => s + r.reduce((q, c, j) => q + (classes[j]! > 0 ? (c - (sum(r) * classes[j]!) / n) ** 2 / ((sum(r) * classes[j]!) / n) : 0), 0),
    0,
  );
  return Math.sqrt(chi2 / (n * least));
}

/**
 * Whether a cut of a set into two is worth its description (Fayyad & Irani 1993):
 * IG > (log2(n − 1) + log2(3^c − 2) − (c H − c1 H1 − c2 H2)) / n, with the classes present in the whole and in each part.
 */
export function mdlAccepts(left: readonly number[], right: readonly number[]): boolean {
  const whole = left.map((x, i) => x + right[i]!);
  const n = sum(whole);
  const present = (x: readonly number[]): number => x.filter((c) => c > 0).length;
  const gain = entropy(whole) - (sum(left) / n) * entropy(left) - (sum(right) / n) * entropy(right);
  const c = present(whole);
  const delta = Math.log2(3 ** c - 2) - (c * entropy(whole) - present(left) * entropy(left) - present(right) * entropy(right));
  return gain > (Math.log2(n - 1) + delta) / n;
}

/** Equal (or neighbouring) values of a number together: the least and the greatest of them, and what they hold, in ascending order. */
export interface CutPoint {
  lo: number;
  hi: number;
  cell: readonly number[];
}
export interface Cut {
  at: number;
  /** Users below and above, within the part that was cut. */
  below: number;
  above: number;
  /** Below or above holds fewer than the least: refused, and nothing beyond it is looked at. */
  refused: boolean;
}
/** The cut midway between two neighbouring points after which `worth` of both sides is greatest; null for fewer than two points. */
export function bestCut(
  points: readonly CutPoint[],
  worth: (left: readonly number[], right: readonly number[]) => number,
): { at: number; left: number[]; right: number[]; i: number } | null {
  const whole = byClass(points.map((p) => p.cell));
  const left = whole.map(() => 0);
  let best: { at: number; worth: number; left: number[]; right: number[]; i: number } | null = null;
  for (let i = 0; i + 1 < points.length; i++) {
    points[i]!.cell.forEach((x, c) => (left[c] = left[c]! + x));
    const right = whole.map((x, c) => x - left[c]!);
    const value = worth(left, right);
    if (!best || value > best.worth + 1e-15) best = { at: (points[i]!.hi + points[i + 1]!.lo) / 2, worth: value, left: [...left], right, i };
  }
  return best;
}
/** −(n1 H1 + n2 H2): the greater, the more a cut tells of the classes. */
export const purity = (left: readonly number[], right: readonly number[]): number => -(sum(left) * entropy(left) + sum(right) * entropy(right));

/**
 * Cuts by recursive best information gain, kept while they pass the MDL test; a cut that leaves fewer than `least` on a side is refused and said.
 * In ascending order.
 */
export function mdlCuts(points: readonly CutPoint[], least: number): Cut[] {
  const best = bestCut(points, purity);
  if (!best || !mdlAccepts(best.left, best.right)) return [];
  const cut = { at: best.at, below: sum(best.left), above: sum(best.right) };
  if (cut.below < least || cut.above < least) return [{ ...cut, refused: true }];
  return [...mdlCuts(points.slice(0, best.i + 1), least), { ...cut, refused: false }, ...mdlCuts(points.slice(best.i + 1), least)];
}
