import { OK, refused, weak, type AnalysisContext, type Frames, type Verdict } from '../core/analysis.ts';
import { rows } from '../core/frame.ts';
import { Z95 } from '../stats/normal.ts';
import { meanInterval } from '../stats/student.ts';
import { eventOf } from './event.ts';
import { periodLabel, periodOf, periodStart } from './periods.ts';
import { rateOf, withheld } from './rate.ts';
import { Cube, cubesOf } from './retention-cube.ts';
import { comparedAt, rangeOf } from './retention-range.ts';
import { bracketsOf } from './retention-sql.ts';
import { retentionSub, retentionTitle, stepName, whoEnters } from './retention-title.ts';
import type { Cohort, CohortCell, Curve, CurvePoint, Difference, Range, RetentionAnswer, RetentionParams } from './retention-types.ts';

/** Cohorts under so many are shown grey. */
const WEAK = 30;

export function shapeRetention(frames: Frames, p: RetentionParams, ctx: AnalysisContext): RetentionAnswer {
  const { k } = ctx.basis;
  const { cubes, brackets } = cubesOf(frames['retention']!, p.periods);
  const here = cubes.get('here') ?? new Cube(p.periods);
  const first = ctx.facts.firstEvent && p.entry === 'first' ? periodOf(p.period, ctx.facts.firstEvent) : null;
  const cohorts = complement(
    here.cohorts.map((c) => cohortOf(here, c, c === first, p, ctx)),
    k,
  );
  const curve = curveOf(here, 'here', ctx.here?.name ?? 'everyone', p, k);
  const base = cubes.has('base') ? curveOf(cubes.get('base')!, 'base', ctx.base!.name, p, k) : null;
  const groups = [...cubes]
    .filter(([g, cube]) => g.startsWith('is:') && cube.total >= k)
    .map(([g, cube]) => curveOf(cube, g, g.slice(3), p, k))
    .sort((a, b) => b.size - a.size);
  const ranges = bracketsOf(p.brackets);
  const at = comparedAt(cubes, curve, base, p);
  const range = at === null ? null : rangeOf(frames, cubes, at, p, k);
  const difference = base && at !== null ? differenceOf(cubes, curve, base, range, at, p, k) : null;
  const counted = rows<{ used: number; undated: number; users: number; everyone: number }>(frames['rows']!)[0]!;
  const who = whoEnters(eventOf(p.start, ctx.facts), p.entry);
  const verdict = verdictOf(curve, p);
  const cut = cohorts.find((c) => c.leftCut);
  const answer = {
    verdict,
    who,
    unit: p.period,
    cohorts,
    curve,
    base,
    groups,
    brackets: brackets
      .filter((b) => b.g === 'here')
      .map((b) => ({ from: ranges[b.i]![0], to: ranges[b.i]![1], ...rateOf(b.returned, b.eligible, k) })),
    difference,
    range,
    rows: {
      used: counted.used,
      unit: 'events',
      left: [
        { n: counted.undated, why: 'events without a time' },
        { n: counted.everyone - counted.users, why: 'users who never entered' },
      ].filter((l) => l.n > 0),
    },
    notes: [
      ...(cut && !cut.hidden
        ? [`Some of the ${cut.size.toLocaleString('en-GB')} of ${cut.label} may be older than the file: it starts in that period.`]
        : []),
      ...(p.clock === 'calendar' && cohorts.some((c) => c.cells.some((x) => x.partial))
        ? ['The running period is shown hatched and left out of means.']
        : []),
      ...(cohorts.some((c) => c.weak && !c.hidden) ? [`Cohorts under ${WEAK} people stand grey: read their intervals.`] : []),
      ...(difference?.fragile ? ['Another way to count turns this difference round: read it with care.'] : []),
    ],
  };
  return { ...answer, title: retentionTitle(answer, p), sub: retentionSub(answer, p) };
}

function cohortOf(cube: Cube, c: number, leftCut: boolean, p: RetentionParams, ctx: AnalysisContext): Cohort {
  const { k } = ctx.basis;
  const size = cube.size(c);
  const hidden = size > 0 && size < k;
  const ended = cube.ended(c);
  // As of the very start of a period, none is running.
  const begun = ctx.basis.asOf > `${periodStart(p.period, periodOf(p.period, ctx.basis.asOf))} 00:00:00`;
  const running = p.clock === 'calendar' && begun ? ended + 1 : ended;
  const cells: CohortCell[] = [];
  for (let n = 0; n <= Math.min(p.periods, running); n++) {
    const partial = n > ended;
    const { returned, eligible } = cube.cell(c, n, partial ? n - 1 : n, p.count === 'after', p.reference === 'previous');
    const cell = { n, partial, ...rateOf(returned, eligible, k) };
    cells.push(hidden ? withheld(cell) : cell);
  }
  return { index: c, label: periodLabel(p.period, c), size: hidden ? 0 : size, weak: size < WEAK, leftCut, hidden, cells };
}

/** Where just one full cell of a period is withheld, the next smallest is too, lest it follow from the mean's sums. */
function complement(cohorts: Cohort[], k: number): Cohort[] {
  if (k <= 1) return cohorts;
  const most = Math.max(0, ...cohorts.map((c) => c.cells.length));
  for (let n = 0; n < most; n++) {
    const full = cohorts.flatMap((c) => c.cells.filter((x) => x.n === n && !x.partial));
    if (full.filter((x) => x.hidden).length !== 1) continue;
    const next = full.filter((x) => !x.hidden && x.returned > 0).sort((a, b) => a.returned - b.returned)[0];
    if (next) Object.assign(next, withheld(next));
  }
  return cohorts;
}

function curveOf(cube: Cube, id: string, name: string, p: RetentionParams, k: number): Curve {
  const points: CurvePoint[] = [];
  for (let n = 0; n <= p.periods; n++) {
    const cells = cube.cohorts
      .filter((c) => cube.ended(c) >= n)
      .map((c) => cube.cell(c, n, n, p.count === 'after', p.reference === 'previous'))
      .filter((c) => c.eligible > 0);
    const returned = cells.reduce((s, c) => s + c.returned, 0);
    const eligible = cells.reduce((s, c) => s + c.eligible, 0);
    if (eligible === 0) break;
    const rate = rateOf(returned, eligible, k);
    points.push({ n, ...(p.mean === 'simple' && !rate.hidden ? { ...rate, ...simpleMean(cells.map((c) => c.returned / c.eligible)) } : rate) });
  }
  return { id, name, size: cube.total, points };
}

/** Mean of cohort rates with its t interval. */
function simpleMean(rates: number[]): { rate: number; lo: number | null; hi: number | null } {
  const mean = rates.reduce((s, r) => s + r, 0) / rates.length;
  const sd = Math.sqrt(rates.reduce((s, r) => s + (r - mean) ** 2, 0) / Math.max(1, rates.length - 1));
  const ends = meanInterval(rates.length, mean, sd);
  return { rate: mean, lo: ends && Math.max(0, ends.lo), hi: ends && Math.min(1, ends.hi) };
}

/** Segment against those of the baseline who are not in it. Fragile where any other way to count turns it round. */
function differenceOf(
  cubes: Map<string, Cube>,
  curve: Curve,
  base: Curve,
  range: Range | null,
  n: number,
  p: RetentionParams,
  k: number,
): Difference {
  const [previous, after] = [p.reference === 'previous', p.count === 'after'];
  const [a, b] = [cubes.get('here')!.pooled(n, after, previous), cubes.get('rest')!.pooled(n, after, previous)];
  const [x, y] = [a.returned / a.eligible, b.returned / b.eligible];
  const d = x - y;
  const half = Z95 * Math.sqrt((x * (1 - x)) / a.eligible + (y * (1 - y)) / b.eligible);
  const [hereAt, baseAt] = [curve.points[n]!, base.points[n]!];
  return {
    n,
    here: rateOf(hereAt.returned, hereAt.eligible, k),
    base: rateOf(baseAt.returned, baseAt.eligible, k),
    difference: d,
    lo: d - half,
    hi: d + half,
    clear: Math.abs(d) > half,
    fragile: range?.cells.some((c) => c.difference !== null && Math.sign(c.difference) * Math.sign(d) < 0) ?? false,
  };
}

function verdictOf(curve: Curve, p: RetentionParams): Verdict {
  const at = curve.points.filter((x) => x.n > 0);
  if (curve.size === 0)
    return refused('Nobody has entered: there is no such event before the as-of date.', 'Choose another start event or a later as-of date.');
  if (at.length === 0) return refused(`No ${stepName(p, 1)} has fully ended for anyone yet.`, 'Choose shorter periods or a later as-of date.');
  if (at.every((x) => x.hidden)) return refused('Too few people to show.', 'Choose longer periods or a wider segment.');
  return curve.size < WEAK ? weak(`Only ${curve.size} people: read the intervals.`) : OK;
}
