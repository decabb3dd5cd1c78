import { bisectLeft, max, scaleLinear } from 'd3';
import type { Histogram } from '../../core/tag.ts';
import { textWidth } from './text.ts';

export interface Bin {
  x: number;
  w: number;
  y: number;
  h: number;
  lo: number;
  hi: number;
  n: number;
  share: number;
  cut: number;
  base: { y: number; share: number } | null;
}
export interface HistogramLayout {
  bins: Bin[];
  xTicks: { x: number; text: string; anchor: 'start' | 'middle' | 'end' }[];
  yTicks: { y: number; text: string }[];
  cuts: { x: number; text: string | null; at: number }[];
  left: number;
  bottom: number;
  top: number;
}

/**
 * Bins with share of the known upwards, ticks at most five, and band edges as dotted lines with their names above where they fit.
 * `base` holds the same bins' shares in the baseline.
 */
export function layoutHistogram(
  h: Histogram,
  width: number,
  height: number,
  cuts: number[],
  labels: string[],
  format: (v: number) => string,
  base: number[] | null,
): HistogramLayout {
  const total = h.counts.reduce((s, c) => s + c, 0) || 1;
  const left = 34,
    top = cuts.length ? 20 : 8,
    bottom = height - 20;
  const x = scaleLinear([h.edges[0] ?? 0, h.edges.at(-1) ?? 1], [left, width - 6]);
  const most = Math.max(max(h.counts, (c) => c / total) ?? 0, max(base ?? [], (b) => b) ?? 0) || 1;
  const y = scaleLinear([0, most], [bottom, top]).nice(4);
  const bins = h.counts.map((n, i): Bin => {
    const lo = h.edges[i]!,
      hi = h.edges[i + 1]!,
      share = n / total,
      b = base?.[i];
    const gap = x(hi) - x(lo) > 5 ? 1 : 0;
    return {
      x: x(lo),
      w: Math.max(1, x(hi) - x(lo) - gap),
      y: y(share),
      h: bottom - y(share),
      lo,
      hi,
      n,
      share,
      cut: bisectLeft(cuts, (lo + hi) / 2),
      base: b === undefined ? null : { y: y(b), share: b },
    };
  });
  const wanted = Math.max(2, Math.min(5, Math.floor((width - left) / 84)));
  const xTicks = x
    .ticks(wanted)
    .filter((t) => t >= x.domain()[0]! && t <= x.domain()[1]!)
    .map((t, i, all) => {
      const px = x(t),
        half = textWidth(format(t), 11) / 2;
      return {
        x: px,
        text: format(t),
        anchor: px + half > width && i === all.length - 1 ? ('end' as const) : px - half < 0 ? ('start' as const) : ('middle' as const),
      };
    });
  const yTicks = y.ticks(3).map((t, i, all) => ({ y: y(t), text: `${+(t * 100).toPrecision(3)}${i === all.length - 1 ? '\u202f%' : ''}` }));
  const inside = cuts.filter((c) => c > x.domain()[0]! && c < x.domain()[1]!);
  const ends = [x.domain()[0]!, ...inside, x.domain()[1]!];
  const first = bisectLeft(cuts, ends[0]! + 1e-9);
  const named = ends.slice(0, -1).map((lo, i) => {
    const a = x(lo),
      b = x(ends[i + 1]!),
      text = labels[first + i] ?? '';
    return { x: a, text: text && textWidth(text, 11) < b - a - 6 ? text : null, at: (a + b) / 2 };
  });
  return { bins, xTicks, yTicks, cuts: inside.length ? named : [], left, bottom, top };
}
