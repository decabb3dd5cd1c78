import type { RefinedGroup } from '../core/refine.ts';
import type { Rule } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';
import { numberWords } from '../segments/words-number.ts';
import { bestCut, informationGain, mdlAccepts, mdlCuts, purity, type CutPoint } from '../stats/information.ts';
import { Z95 } from '../stats/normal.ts';
import { spread } from '../stats/variance.ts';
import type { AskedGoal } from './goal.ts';
import { addCells, rateOfCell, sizeOfCell } from './goal-cells.ts';
import { gainOver } from './refine-gain.ts';
import type { Candidate } from './refine.ts';

/** lo ≤ x < hi as a rule and in words; an end that is null is open. */
function group(tag: TagInfo, lo: number | null, hi: number | null, cell: readonly number[], goal: Pick<AskedGoal, 'of'>): RefinedGroup {
  const ends: Rule[] = [...(lo === null ? [] : [{ tag: tag.id, gte: lo }]), ...(hi === null ? [] : [{ tag: tag.id, lt: hi }])];
  const label =
    lo === null ? `under ${numberWords(hi!)}` : hi === null ? `${numberWords(lo)} and more` : `${numberWords(lo)} to under ${numberWords(hi)}`;
  return { label, n: sizeOfCell(cell, goal), rate: rateOfCell(cell, goal), rule: ends.length === 1 ? ends[0]! : { all: ends } };
}

function groupsBetween(tag: TagInfo, points: readonly CutPoint[], edges: readonly number[], goal: Pick<AskedGoal, 'of'>): RefinedGroup[] {
  return [...edges, null].flatMap((hi, i) => {
    const lo = i === 0 ? null : edges[i - 1]!;
    const inside = points.filter((p) => (lo === null || p.lo >= lo) && (hi === null || p.hi < hi));
    return inside.length ? [group(tag, lo, hi, addCells(inside.map((p) => p.cell)), goal)] : [];
  });
}

/** The number's own cuts for the goal instead of its bands (Fayyad & Irani 1993); null where none passes. */
export function cutsCandidate(tag: TagInfo, points: readonly CutPoint[], least: number, coarse: number): Candidate | null {
  const cuts = mdlCuts(points, least);
  const [kept, refused] = [cuts.filter((c) => !c.refused), cuts.filter((c) => c.refused)];
  const shown = kept.length ? kept : refused;
  if (shown.length === 0) return null;
  const edges = shown.map((c) => c.at);
  const goal = { of: 'classes' as const };
  const inside = [...edges, Infinity].map((hi, i) => points.filter((p) => p.hi < hi && (i === 0 || p.lo > edges[i - 1]!)));
  const g = informationGain(inside.map((ps) => addCells(ps.map((p) => p.cell))))!;
  const small = refused[0] && Math.min(refused[0].below, refused[0].above);
  return {
    id: `${tag.id}:cuts`,
    kind: 'cuts',
    title: `Cut ${tag.title.toLowerCase()} at ${edges.map(numberWords).join(', ')} instead of its bands`,
    other: null,
    edges,
    // The cuts stand in place of the bands: what they tell more than those, by the interval of what they tell.
    gain: g.ig - coarse,
    lo: g.ig - Z95 * g.se - coarse,
    hi: g.ig + Z95 * g.se - coarse,
    p: g.p,
    why: kept.length
      ? g.ig > coarse
        ? ''
        : 'The bands it has tell more.'
      : `The best cut, ${numberWords(refused[0]!.at)}, leaves ${small} users; a group needs ${least}.`,
    groups: groupsBetween(tag, points, edges, goal),
    cut: true,
  };
}

/** One band in two, for each band: at its best cut. */
export function bandsCandidates(tag: TagInfo, points: readonly CutPoint[], goal: AskedGoal, least: number): Candidate[] {
  const { edges, labels, leftClosed } = tag.bands!;
  const band = (p: CutPoint): number => edges.filter((e) => (leftClosed ? p.lo >= e : p.lo > e)).length;
  const bands = labels.map((_, i) => points.filter((p) => band(p) === i));
  return bands.flatMap((inside, b): Candidate[] => {
    const best = bestCut(inside, goal.of === 'classes' ? purity : spread);
    if (!best || (goal.of === 'classes' && !mdlAccepts(best.left, best.right))) return [];
    const gained = gainOver(
      bands.flatMap((ps, i) => (ps.length === 0 ? [] : [i === b ? [best.left, best.right] : [addCells(ps.map((p) => p.cell))]])),
      goal,
    );
    if (!gained) return [];
    const sides = [best.left, best.right].map((c) => sizeOfCell(c, goal));
    const [lo, hi] = [edges[b - 1] ?? null, edges[b] ?? null];
    const wide = (x: number | null): number | null => (x === null || leftClosed ? x : x + 1e-9);
    return [
      {
        id: `${tag.id}:split:${b}`,
        kind: 'split',
        title: `Split ${labels[b]} at ${numberWords(best.at)}`,
        other: null,
        edges: [...edges.slice(0, b), best.at, ...edges.slice(b)],
        ...gained,
        why: Math.min(...sides) < least ? `It leaves ${Math.min(...sides)} users on one side; a group needs ${least}.` : '',
        groups: [group(tag, wide(lo), best.at, best.left, goal), group(tag, best.at, wide(hi), best.right, goal)],
        cut: goal.of === 'classes',
      },
    ];
  });
}
