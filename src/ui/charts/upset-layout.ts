import { max, scaleBand, scaleLinear } from 'd3';
import { countBits, inMask, type Part } from '../../segments/partition.ts';
import { textWidth } from './text.ts';

export interface UpsetColumn {
  mask: number;
  n: number | null;
  x: number;
  w: number;
  /** Top of the bar; its height. */
  y: number;
  h: number;
  /** Rows of the first and last dot. */
  from: number;
  to: number;
}
export interface UpsetRow {
  index: number;
  y: number;
  x: number;
  w: number;
}
export interface UpsetLayout {
  width: number;
  height: number;
  left: number;
  nameWidth: number;
  barBottom: number;
  rows: UpsetRow[];
  columns: UpsetColumn[];
  ticks: { value: number; y: number }[];
  /** Parts beyond the columns shown, and how many are in them (those not hidden). */
  more: { parts: number; n: number };
}
export const ROW = 24;
const BARS = 130;
const TOP = 18;
const MOST = 40;

/** An UpSet plot (Lex et al. 2014): sets as rows, largest first, with their sizes; parts as columns, largest first, hidden ones last. */
export function layoutUpset(names: readonly string[], sizes: readonly number[], parts: readonly Part[], k: number, box: number): UpsetLayout {
  const order = names.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const all = parts
    .filter((p) => p.mask !== 0 && p.n !== 0)
    .sort((a, b) => (b.n ?? -1) - (a.n ?? -1) || countBits(a.mask) - countBits(b.mask) || a.mask - b.mask);
  const columns = all.slice(0, MOST);
  const nameWidth = Math.min(Math.max(60, ...names.map((n) => textWidth(n, 12) + 10)), box < 500 ? 110 : 200);
  const sizeWidth = box < 500 ? 60 : 110;
  const left = nameWidth + sizeWidth + 14;
  const step = Math.max(24, Math.min(48, (box - left) / Math.max(1, columns.length)));
  const width = Math.max(box, left + columns.length * step);
  const top = max(columns, (c) => c.n ?? k) || 1;
  const y = scaleLinear([0, top], [BARS, 0]).nice(3);
  const x = scaleBand(
    columns.map((c) => c.mask),
    [left, left + columns.length * step],
  ).paddingInner(0.3);
  const size = scaleLinear([0, max(sizes) || 1], [0, sizeWidth]);
  const barBottom = TOP + BARS;
  const first = barBottom + 12;
  return {
    width,
    height: first + names.length * ROW + 4,
    left,
    nameWidth,
    barBottom,
    rows: order.map((index, at) => ({ index, y: first + at * ROW, x: nameWidth + sizeWidth - size(sizes[index]!), w: size(sizes[index]!) })),
    columns: columns.map((c) => {
      const lit = order.flatMap((set, at) => (inMask(c.mask, set) ? [at] : []));
      const high = y(c.n ?? k);
      return { mask: c.mask, n: c.n, x: x(c.mask)!, w: x.bandwidth(), y: TOP + high, h: BARS - high, from: lit[0]!, to: lit.at(-1)! };
    }),
    ticks: y.ticks(3).map((value) => ({ value, y: TOP + y(value) })),
    more: { parts: all.length - columns.length, n: all.slice(MOST).reduce((s, p) => s + (p.n ?? 0), 0) },
  };
}
