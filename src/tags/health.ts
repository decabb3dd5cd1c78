import type { TagShift } from '../core/moment.ts';
import type { TagInfo } from '../core/tag.ts';

/** What may be wrong with a tag, worst first. */
export type Ailment = 'nobody' | 'one-value' | 'rare' | 'shifted' | 'stale' | 'almost-one';
export interface Ill {
  tag: TagInfo;
  ailment: Ailment;
  /** Share known, PSI, days since the newest row, or share of the commonest value: what the ailment is judged by. */
  figure: number;
}
/** Below this share known, a tag says more of the data than of people. */
const RARE = 0.2;
/** The freshness score 2^(−days/90) of the definitions is then below a half. */
const STALE_DAYS = 90;
/** The commonest value covers nearly all: little to tell members apart by. */
const NEARLY_ALL = 0.99;

/**
 * One line per tag that is of little use as it stands, with the worst that is wrong with it; worst first, then as in the catalogue (what shifted: most first). `shifts`: how far tags have
 * moved since the last snapshot, where one is kept.
 */
export function ailments(tags: readonly TagInfo[], shifts: readonly TagShift[] = []): Ill[] {
  const all = tags.flatMap((tag): Ill[] => {
    const ill = (ailment: Ailment, figure: number): Ill[] => [{ tag, ailment, figure }];
    const share = tag.universe > 0 ? tag.known / tag.universe : 0;
    if (tag.known === 0) return ill('nobody', 0);
    // A set, a map and a free text are not told apart by their commonest value.
    const single = tag.type !== 'map' && tag.type !== 'text' && tag.type !== 'set';
    if (single && tag.distinct === 1) return ill('one-value', 1);
    if (share < RARE) return ill('rare', share);
    const shift = shifts.find((s) => s.id === tag.id && s.entity === tag.entity);
    if (shift?.level === 'shifted') return ill('shifted', shift.psi);
    if (tag.freshness !== null && tag.freshness > STALE_DAYS) return ill('stale', tag.freshness);
    const most = Math.max(0, ...tag.values.map((v) => v.n)) / tag.known;
    return single && !tag.bands && most >= NEARLY_ALL ? ill('almost-one', most) : [];
  });
  const of = (a: Ailment): Ill[] => all.filter((i) => i.ailment === a);
  return ORDER.flatMap((a) => (a === 'shifted' ? of(a).sort((x, y) => y.figure - x.figure) : of(a)));
}
const ORDER: readonly Ailment[] = ['nobody', 'one-value', 'rare', 'shifted', 'stale', 'almost-one'];
