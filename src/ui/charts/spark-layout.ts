import type { TagInfo } from '../../core/tag.ts';

export interface SparkBar {
  x: number;
  w: number;
  y: number;
  h: number;
  kind: 'bar' | 'part';
}
const MOST = 24;

/** Bars of a histogram joined so that at most 24 remain. */
function bins(counts: number[]): number[] {
  const step = Math.ceil(counts.length / MOST);
  return step <= 1
    ? counts
    : Array.from({ length: Math.ceil(counts.length / step) }, (_, i) => counts.slice(i * step, (i + 1) * step).reduce((a, b) => a + b, 0));
}

/**
 * A tag's distribution 30 px high. Numbers: bars of the histogram. Values with an order, or more than four: bars.
 * Two to four values without order: one strip cut by shares. Nothing known: no bars.
 */
export function layoutSpark(tag: Pick<TagInfo, 'histogram' | 'values' | 'order' | 'type'>, width: number, height: number): SparkBar[] {
  const hist = tag.histogram && tag.type !== 'date' ? bins(tag.histogram.counts) : tag.histogram ? bins(tag.histogram.counts) : null;
  const values = tag.values.filter((v) => v.n > 0);
  if (!hist && !tag.order && values.length > 0 && values.length <= 4) {
    const total = values.reduce((s, v) => s + v.n, 0);
    let x = 0;
    const room = width - (values.length - 1) * 2;
    return [...values]
      .sort((a, b) => b.n - a.n)
      .map((v) => {
        const w = Math.max(1.5, (v.n / total) * room),
          at = x;
        x += w + 2;
        return { x: at, w: Math.min(w, Math.max(0, width - at)), y: height - 26, h: 26, kind: 'part' as const };
      });
  }
  const counts = hist ?? values.slice(0, MOST).map((v) => v.n);
  const top = Math.max(...counts, 1);
  const gap = counts.length > 16 ? 1 : 2;
  const w = (width - gap * (counts.length - 1)) / counts.length;
  return counts.map((n, i) => {
    const h = n > 0 ? Math.max(1, (n / top) * (height - 1)) : 0;
    return { x: i * (w + gap), w, y: height - 1 - h, h, kind: 'bar' as const };
  });
}
