import type { Frames } from '../core/analysis.ts';
import type { DataFacts } from '../core/tables.ts';
import { rateOf } from './rate.ts';
import { cubesOf, type Cube } from './retention-cube.ts';
import type { Curve, Range, RangeCell, RetentionParams } from './retention-types.ts';

/** Periods that a comparison looks at, at most, and how many must have reached them. */
const COMPARED_AT = 3;
const ENOUGH = 30;
const CLOCKS: readonly RetentionParams['clock'][] = ['calendar', 'rolling', 'rolling-24h'];

/** The parameters under another clock; a rolling period is as long as the calendar's. */
export const underClock = (p: RetentionParams, clock: RetentionParams['clock']): RetentionParams => ({
  ...p,
  clock,
  days: p.clock === 'calendar' ? { day: 1, week: 7, month: 30 }[p.period] : p.days,
});

/** The other clocks a result is asked under (R12): none where every period enters, as that goes with the calendar only; hours where the data has them. */
export const otherClocks = (p: RetentionParams, facts: DataFacts, compared: boolean): RetentionParams['clock'][] =>
  p.entry === 'recurring' || !(compared || p.range === 'always')
    ? []
    : CLOCKS.filter((c) => c !== p.clock && (c !== 'rolling-24h' || facts.hourKnown));

/** The period that is compared: the third, or the last before it that enough have reached on both sides. */
export function comparedAt(cubes: Map<string, Cube>, curve: Curve, base: Curve | null, p: RetentionParams): number | null {
  const [after, previous] = [p.count === 'after', p.reference === 'previous'];
  for (let n = Math.min(COMPARED_AT, p.periods); n >= 1; n--) {
    const enough = (g: string): boolean => (cubes.get(g)?.pooled(n, after, previous).eligible ?? 0) >= ENOUGH;
    const shown = (c: Curve): boolean => c.points[n]?.hidden === false;
    if (shown(curve) && enough('here') && (!base || (shown(base) && enough('rest')))) return n;
  }
  return null;
}

/** The same period under every way to count and every clock that was asked (R12). Null where only one was. */
export function rangeOf(frames: Frames, own: Map<string, Cube>, n: number, p: RetentionParams, k: number): Range | null {
  const cells: RangeCell[] = [];
  for (const clock of CLOCKS) {
    const frame = frames[`clock ${clock}`];
    const cubes = clock === p.clock ? own : frame && cubesOf(frame, p.periods).cubes;
    if (!cubes) continue;
    for (const count of ['on', 'after'] as const) {
      const of = (g: string): { returned: number; eligible: number } =>
        cubes.get(g)?.pooled(n, count === 'after', p.reference === 'previous') ?? { returned: 0, eligible: 0 };
      const [a, b] = [of('here'), of('rest')];
      const [here, rest] = [rateOf(a.returned, a.eligible, k), rateOf(b.returned, b.eligible, k)];
      const difference = here.rate === null || rest.rate === null ? null : here.rate - rest.rate;
      cells.push({ count, clock, own: clock === p.clock && count === p.count, here, difference });
    }
  }
  return cells.length > 2 || cells.some((c) => c.difference !== null) ? { n, cells } : null;
}
