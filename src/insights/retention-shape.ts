import type { AnalysisContext, Frames, Verdict } from '../core/analysis.ts';
import { OK } from '../core/analysis.ts';
import { rows } from '../core/frame.ts';
import { Z95 } from '../stats/normal.ts';
import { meanInterval } from '../stats/student.ts';
import { eventOf } from './event.ts';
import { periodLabel, periodOf, periodStart } from './periods.ts';
import { Cube, cubesOf, rateOf, withheld } from './retention-cube.ts';
import { bracketsOf } from './retention-sql.ts';
import { retentionSub, retentionTitle, stepName, whoEnters } from './retention-title.ts';
import type { Cohort, CohortCell, Curve, CurvePoint, Difference, RetentionAnswer, RetentionParams } from './retention-types.ts';

/** Cohorts under so many are shown grey. */
const WEAK = 30;
/** Periods that a comparison looks at, at most. */
const COMPARED_AT = 3;

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
  const difference = base ? differenceOf(cubes, frames, curve, base, p, ctx) : null;
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

/** Pooled over cohorts: share of those whose period n has fully ended. */
function pooled(cube: Cube | undefined, n: number, after: boolean, previous: boolean): { returned: number; eligible: number } {
  const sum = { returned: 0, eligible: 0 };
  for (const c of cube?.cohorts ?? []) {
    const cell = cube!.cell(c, n, n, after, previous);
    sum.returned += cell.returned;
    sum.eligible += cell.eligible;
  }
  return sum;
}
const share = (x: { returned: number; eligible: number }): number => x.returned / x.eligible;

/** Segment against those of the baseline who are not in it, at the third period or the last before it that enough have reached. */
function differenceOf(
  cubes: Map<string, Cube>,
  frames: Frames,
  curve: Curve,
  base: Curve,
  p: RetentionParams,
  ctx: AnalysisContext,
): Difference | null {
  const rest = cubes.get('rest');
  const previous = p.reference === 'previous';
  const after = p.count === 'after';
  for (let n = Math.min(COMPARED_AT, p.periods); n >= 1; n--) {
    const [a, b] = [pooled(cubes.get('here'), n, after, previous), pooled(rest, n, after, previous)];
    const [hereAt, baseAt] = [curve.points[n], base.points[n]];
    if (!hereAt || !baseAt || hereAt.hidden || baseAt.hidden || a.eligible < WEAK || b.eligible < WEAK) continue;
    const d = share(a) - share(b);
    const se = Math.sqrt((share(a) * (1 - share(a))) / a.eligible + (share(b) * (1 - share(b))) / b.eligible);
    const under: Difference['under'] = [];
    const look = (name: string, of: Map<string, Cube>, at: number, or: boolean): void => {
      const [x, y] = [pooled(of.get('here'), at, or, previous), pooled(of.get('rest'), at, or, previous)];
      if (x.eligible && y.eligible) under.push({ name, difference: share(x) - share(y) });
    };
    look(after ? 'in exactly that period' : 'in that period or later', cubes, n, !after);
    const other = frames['otherClock'] && cubesOf(frames['otherClock'], p.periods).cubes;
    if (other) {
      const name = p.clock === 'calendar' ? 'rolling periods' : 'calendar periods';
      look(name, other, n, after);
    }
    return {
      n,
      here: rateOf(hereAt.returned, hereAt.eligible, ctx.basis.k),
      base: rateOf(baseAt.returned, baseAt.eligible, ctx.basis.k),
      difference: d,
      lo: d - Z95 * se,
      hi: d + Z95 * se,
      clear: Math.abs(d) > Z95 * se,
      fragile: under.some((u) => Math.sign(u.difference) * Math.sign(d) < 0),
      under,
    };
  }
  return null;
}

function verdictOf(curve: Curve, p: RetentionParams): Verdict {
  const at = curve.points.filter((x) => x.n > 0);
  if (curve.size === 0)
    return {
      status: 'refused',
      why: 'Nobody has entered: there is no such event before the as-of date.',
      next: 'Choose another start event or a later as-of date.',
    };
  if (at.length === 0)
    return { status: 'refused', why: `No ${stepName(p, 1)} has fully ended for anyone yet.`, next: 'Choose shorter periods or a later as-of date.' };
  if (at.every((x) => x.hidden)) return { status: 'refused', why: 'Too few people to show.', next: 'Choose longer periods or a wider segment.' };
  if (curve.size < WEAK) return { status: 'weak', why: `Only ${curve.size} people: read the intervals.`, next: '' };
  return OK;
}
