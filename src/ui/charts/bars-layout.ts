import { max, scaleLinear } from 'd3';
import { fit, textWidth } from './text.ts';

export interface BarItem {
  id: string;
  label: string;
  value: number;
  /** Part of the whole, 0 to 1; shown beside the value where given. */
  share?: number | null;
  /** The same measure in the baseline: a tick in stone. */
  base?: number | null;
  lo?: number | null;
  hi?: number | null;
  /** Joined group below the smallest: hatched, its value not shown. */
  hidden?: boolean;
  note?: string;
}
export interface BarRow {
  item: BarItem;
  y: number;
  h: number;
  label: string;
  x: number;
  w: number;
  baseX: number | null;
  loX: number | null;
  hiX: number | null;
  text: string;
}
export interface BarsLayout {
  height: number;
  labelWidth: number;
  barLeft: number;
  barWidth: number;
  stacked: boolean;
  rows: BarRow[];
}

const ROW = 22,
  BAR = 14;

/** Horizontal bars from 0, names left and values right; below 300 px the name stands above its bar. */
export function layoutBars(items: BarItem[], width: number, text: (i: BarItem) => string): BarsLayout {
  const stacked = width < 300;
  const valueWidth = Math.ceil((max(items, (i) => textWidth(text(i), 11, true)) ?? 0) + 10);
  const widest = max(items, (i) => textWidth(i.label, 12)) ?? 0;
  const labelWidth = stacked ? 0 : Math.ceil(Math.min(widest + 12, width * 0.4));
  const barWidth = Math.max(20, width - labelWidth - valueWidth);
  const top = max(items, (i) => Math.max(i.hidden ? 0 : i.value, i.hi ?? 0, i.base ?? 0)) || 1;
  const x = scaleLinear([0, top], [0, barWidth]);
  const step = stacked ? ROW + 14 : ROW;
  const rows = items.map((item, n): BarRow => ({
    item,
    y: n * step + (stacked ? 16 : 4),
    h: BAR,
    label: fit(item.label, stacked ? width : labelWidth - 8, 12),
    x: labelWidth,
    w: item.hidden ? barWidth : Math.max(item.value > 0 ? 1 : 0, x(item.value)),
    baseX: item.base === null || item.base === undefined ? null : labelWidth + x(item.base),
    loX: item.lo === null || item.lo === undefined ? null : labelWidth + x(item.lo),
    hiX: item.hi === null || item.hi === undefined ? null : labelWidth + x(item.hi),
    text: text(item),
  }));
  return { height: items.length * step, labelWidth, barLeft: labelWidth, barWidth, stacked, rows };
}
