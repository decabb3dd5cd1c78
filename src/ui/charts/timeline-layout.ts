import { scaleUtc, utcDay } from 'd3';
import type { CardEvent } from '../../core/profile.ts';
import { wallClock } from '../format.ts';

export interface TimelineDot {
  x: number;
  y: number;
  event: CardEvent;
  index: number;
}
export interface TimelineLayout {
  lanes: { event: string; n: number; y: number }[];
  dots: TimelineDot[];
  ticks: { x: number; date: Date }[];
  height: number;
  left: number;
}
const LANE = 30;

/** One lane per kind of event, commonest last, so that what matters most (purchases) stands on top; events stand at their time. */
export function layoutTimeline(events: CardEvent[], width: number): TimelineLayout {
  const left = Math.min(110, width * 0.26);
  const dated = events
    .map((event, index) => ({ event, index, t: wallClock(event.at) }))
    .filter((e): e is { event: CardEvent; index: number; t: Date } => e.t !== null);
  const counts = new Map<string, number>();
  for (const e of dated) counts.set(e.event.event, (counts.get(e.event.event) ?? 0) + 1);
  const rank = (e: string): number => {
    const i = ['purchase', 'refund', 'cart', 'favourite'].indexOf(e);
    return i < 0 ? 9 : i;
  };
  const lanes = [...counts].sort((a, b) => rank(a[0]) - rank(b[0]) || a[1] - b[1]).map(([event, n], i) => ({ event, n, y: 16 + i * LANE }));
  const height = lanes.length * LANE + 24;
  if (!dated.length) return { lanes: [], dots: [], ticks: [], height: 0, left };
  const times = dated.map((e) => +e.t);
  const lo = Math.min(...times),
    hi = Math.max(...times);
  const pad = Math.max((hi - lo) * 0.02, 43_200_000);
  const x = scaleUtc([new Date(lo - pad), new Date(hi + pad)], [left, width - 8]);
  const yOf = new Map(lanes.map((l) => [l.event, l.y]));
  // Events of one kind within a pixel or two of each other are pushed up and down, so that none hides another.
  const last = new Map<string, { x: number; level: number }>();
  const dots = dated
    .sort((a, b) => +a.t - +b.t)
    .map(({ event, index, t }) => {
      const px = x(t),
        before = last.get(event.event);
      const level = before && px - before.x < 4 ? (before.level + 1) % 3 : 0;
      last.set(event.event, { x: level ? before!.x : px, level });
      return { x: px, y: yOf.get(event.event)! + [0, -7, 7][level]!, event, index };
    });
  const days = utcDay.count(new Date(lo), new Date(hi));
  return {
    lanes,
    dots,
    ticks: x.ticks(Math.max(2, Math.min(5, Math.floor((width - left) / 90), Math.max(2, days)))).map((date) => ({ x: x(date), date })),
    height,
    left,
  };
}
