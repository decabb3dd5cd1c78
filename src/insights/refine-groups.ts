import type { RefinedGroup } from '../core/refine.ts';
import type { TagInfo } from '../core/tag.ts';
import { ruleForValue } from '../segments/leaf.ts';
import type { AskedGoal } from './goal.ts';
import { addCells, rateOfCell, sizeOfCell } from './goal-cells.ts';
import { gainOver } from './refine-gain.ts';
import type { Candidate } from './refine.ts';

/** Tags that are another one looked at more closely. */
export const FINER: Readonly<Record<string, readonly string[]>> = {
  country: ['region', 'city'],
  region: ['city'],
  age_band: ['age'],
  generation: ['age_band'],
  daypart: ['favourite_hour'],
  favourite_category: ['favourite_brand', 'favourite_style'],
};
type Pairs = Map<string, Map<string | null, number[]>>;

/** Every coarse value in parts by the other tag; parts under `least`, and those whose other value is unknown, are joined as (other). */
function parts(
  tag: TagInfo,
  other: TagInfo,
  pairs: Pairs,
  goal: AskedGoal,
  least: number,
): { cells: number[][][]; groups: RefinedGroup[]; split: number } {
  const cells: number[][][] = [];
  const groups: RefinedGroup[] = [];
  let split = 0;
  for (const [value, inside] of pairs) {
    const large = [...inside].filter((e): e is [string, number[]] => e[0] !== null && sizeOfCell(e[1], goal) >= least);
    const rest = [...inside].filter(([v, c]) => !large.some(([w]) => w === v) && sizeOfCell(c, goal) > 0);
    const left = rest.length ? addCells(rest.map(([, c]) => c)) : null;
    // What is left over may itself be too small: then it goes to the largest part, so that every child holds enough.
    const joins = left && sizeOfCell(left, goal) < least && large.length > 0;
    if (joins) {
      const most = large.reduce((a, b) => (sizeOfCell(b[1], goal) > sizeOfCell(a[1], goal) ? b : a));
      cells.push(large.map(([v, c]) => (v === most[0] ? addCells([c, left]) : c)));
    } else cells.push([...large.map(([, c]) => c), ...(left ? [left] : [])]);
    if (cells.at(-1)!.length < 2) continue;
    split++;
    const coarse = ruleForValue(tag, value);
    for (const [v, c] of large) {
      const fine = ruleForValue(other, v);
      if (coarse && fine) groups.push({ label: `${value} · ${v}`, n: sizeOfCell(c, goal), rate: rateOfCell(c, goal), rule: { all: [coarse, fine] } });
    }
  }
  return { cells, groups: groups.sort((a, b) => b.n - a.n), split };
}

function candidate(
  kind: 'cross' | 'finer',
  title: string,
  tag: TagInfo,
  other: TagInfo,
  pairs: Pairs,
  goal: AskedGoal,
  least: number,
): Candidate | null {
  const { cells, groups, split } = parts(tag, other, pairs, goal, least);
  const gained = gainOver(cells, goal);
  const base = { id: `${tag.id}:${kind}:${other.id}`, kind, title, other: other.id, edges: null, groups, cut: false };
  if (split === 0 || !gained) return { ...base, gain: 0, lo: 0, hi: 0, p: 1, why: `No value has two parts of at least ${least} users.` };
  return { ...base, ...gained, why: '' };
}

export const crossCandidate = (tag: TagInfo, other: TagInfo, pairs: Pairs, goal: AskedGoal, least: number): Candidate | null =>
  candidate('cross', `Cross with ${other.title.toLowerCase()}`, tag, other, pairs, goal, least);
export const finerCandidate = (tag: TagInfo, other: TagInfo, pairs: Pairs, goal: AskedGoal, least: number): Candidate | null =>
  candidate('finer', `Replace by ${other.title.toLowerCase()}`, tag, other, pairs, goal, least);
