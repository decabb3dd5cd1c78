import type { Middle, Moment, SegmentMoment, TagMoment } from '../core/moment.ts';
import type { Catalogue, TagInfo } from '../core/tag.ts';
import { isNumeric } from './values.ts';

/** Values kept of one tag by name; the others are summed. */
export const MOST_KEPT = 50;
/** Moments that a project keeps. */
const MOST_MOMENTS = 6;
/** Ids, free text and tables have no values to compare, and dates move on with the calendar: their days ago are tags themselves. */
const NOT_KEPT: readonly TagInfo['type'][] = ['id', 'text', 'map', 'date'];
export const isCompared = (t: TagInfo): boolean => t.digest !== undefined && !NOT_KEPT.includes(t.type);

/** The figures of a catalogue, and of the segments counted over it, as they stand: counts, never rows. `at` is an ISO instant. */
export function momentOf(
  { tags, asOf, universe }: Catalogue,
  files: string[],
  at: string,
  segments: Readonly<Record<string, SegmentMoment>> = {},
): Moment {
  const ids = Object.keys(segments).sort();
  const of = ids.length > 0 ? { segments: Object.fromEntries(ids.map((id) => [id, segments[id]!])) } : {};
  return { at, asOf, files, universe, tags: tags.filter(isCompared).map(tagMoment), ...of };
}

/** What is kept of one tag: the commonest values, or its bands. */
export function tagMoment(t: TagInfo): TagMoment {
  const kept = t.values.length <= MOST_KEPT ? t.values : t.values.toSorted((a, b) => b.n - a.n).slice(0, MOST_KEPT);
  return {
    id: t.id,
    entity: t.entity,
    type: t.type,
    version: t.version,
    digest: t.digest!,
    universe: t.universe,
    known: t.known,
    values: kept.map((v) => [v.value, v.n]),
    rest: t.type === 'set' ? null : t.known - kept.reduce((n, v) => n + v.n, 0),
    ...(t.bands ? { bands: t.bands } : {}),
    ...(t.deciles && t.figures && hasMiddle(t) ? { deciles: { ...t.deciles, min: t.figures.min, max: t.figures.max } } : {}),
    ...(t.figures && hasMiddle(t) ? { middle: middleOf(t.figures.median, t.figures.mean) } : {}),
  };
}

/** True of numbers that stand for an amount: those that only name something, weekdays, are compared by their names. */
export const hasMiddle = (t: Pick<TagInfo, 'type' | 'unit'>): boolean => isNumeric(t.type) && t.unit !== 'weekday';
/** To ten digits, so that every way to count gives the same. */
export const middleOf = (median: number, mean: number): Middle => [+median.toPrecision(10), +mean.toPrecision(10)];

/** Kept moments by their instant, oldest first. */
export const inOrderOf = (kept: Readonly<Record<string, Moment>> | undefined): Moment[] =>
  Object.values(kept ?? {}).sort((a, b) => (a.at < b.at ? -1 : 1));
/** The last snapshot; null where none is kept. */
export const lastMoment = (kept: Readonly<Record<string, Moment>> | undefined): Moment | null => inOrderOf(kept).at(-1) ?? null;

/** Puts a moment among those kept and lets go of the oldest beyond the most; one that says the same as the last is not kept again. */
export function keepMoment(kept: Record<string, Moment>, moment: Moment): void {
  const before = inOrderOf(kept);
  const last = before.at(-1);
  if (last && JSON.stringify({ ...last, at: '' }) === JSON.stringify({ ...moment, at: '' })) return;
  kept[moment.at] = moment;
  for (const old of before.slice(0, Math.max(0, before.length + 1 - MOST_MOMENTS))) delete kept[old.at];
}
