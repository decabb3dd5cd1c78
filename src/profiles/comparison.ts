import type { Comparison, Difference, GroupShare } from '../core/findings.ts';
import type { Profile, ProfileCell } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import { TesseraError } from '../core/errors.ts';
import { entityOf, type RuleContext } from '../segments/context.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { differenceInterval, wilson } from '../stats/proportion.ts';
import type { PairOptions, PairProfile } from './compare.ts';
import { differencesFinding } from './differences-finding.ts';
import { tagsInRule } from './in-rule.ts';
import { CLEAR } from './profile.ts';

interface Pair {
  a: number;
  b: number;
  profile: Profile;
}

/**
 * Two to four segments side by side (definitions, section 6, "two segments", for each pair): own shares, members of both out of the tests only,
 * q over all cells of all pairs together. Tags that any of the rules names are left out. Throws USAGE for another number of segments or mixed entities.
 * @param pairOf counts one pair: `compare` over an engine or `compareBy` over the index
 */
export async function comparison(
  pairOf: (a: Segment, b: Segment, options: PairOptions) => Promise<PairProfile>,
  segments: Segment[],
  ctx: RuleContext,
): Promise<Comparison> {
  const started = performance.now();
  if (segments.length < 2 || segments.length > 4 || new Set(segments.map(entityOf)).size > 1)
    throw new TesseraError('USAGE', 'Two to four segments of the same kind can be compared.', { next: 'Choose two to four of them.' });
  const inRule = new Set(segments.flatMap((s) => [...tagsInRule(s, ctx)]));
  const pairs: Pair[] = [];
  const both = segments.map((): number[] => segments.map(() => 0));
  const figures: Profile['figures'][] = [];
  const sizes: number[] = [];
  for (let a = 0; a < segments.length; a++)
    for (let b = a + 1; b < segments.length; b++) {
      const made = await pairOf(segments[a]!, segments[b]!, { inRule });
      pairs.push({ a, b, profile: made.profile });
      [sizes[a], sizes[b]] = [made.onlyA + made.both, made.onlyB + made.both];
      both[a]![b] = both[b]![a] = made.both;
      figures[a] ??= made.profile.figures;
      // The last segment is never first in a pair: its own means stand as the baseline's, its intervals come from a turn of its own.
      if (b === segments.length - 1 && a === 0) figures[b] = (await pairOf(segments[b]!, segments[a]!, { inRule, tags: [] })).profile.figures;
    }
  const tested = judge(pairs);
  const names = segments.map((s) => s.name);
  const differences = rank(pairs, segments.length);
  return {
    segments: names.map((name, i) => ({ name, n: sizes[i]!, figures: figures[i] ?? [] })),
    both,
    differences,
    finding: differencesFinding(differences, names),
    tested,
    clear: differences.filter((d) => d.clear).length,
    tooFew: pairs.some((p) => p.profile.tooFew),
    ms: performance.now() - started,
  };
}

/** q over all tested cells of all pairs together, written into the cells. How many were tested. */
function judge(pairs: Pair[]): number {
  const cells = pairs.flatMap((p) => p.profile.tags.filter((t) => !t.inRule).flatMap((t) => t.cells.filter((c) => !c.hidden)));
  const q = benjaminiHochberg(cells.map((c) => c.p));
  cells.forEach((c, i) => {
    c.q = q[i]!;
    c.clear = c.q !== null && c.q <= CLEAR;
  });
  return q.filter((x) => x !== null).length;
}

const shareOf = (a: number, n: number): GroupShare | null => {
  const interval = wilson(a, n);
  return interval && { a, n, share: a / n, ...interval };
};

/** One line per value of a tag, the most telling first: clear ones by their part of Jeffreys' divergence, then the rest. */
function rank(pairs: Pair[], of: number): Difference[] {
  const byValue = new Map<string, { tag: Profile['tags'][number]; cells: { pair: Pair; cell: ProfileCell }[]; shares: (GroupShare | null)[] }>();
  for (const pair of pairs)
    for (const tag of pair.profile.tags) {
      if (tag.inRule) continue;
      for (const cell of tag.cells) {
        const key = `${tag.id}\u0000${cell.value}`;
        let row = byValue.get(key);
        if (!row) byValue.set(key, (row = { tag, cells: [], shares: Array.from({ length: of }, () => null) }));
        if (cell.hidden) continue;
        row.cells.push({ pair, cell });
        row.shares[pair.a] ??= shareOf(cell.a, tag.n);
        row.shares[pair.b] ??= shareOf(cell.K, tag.N);
      }
    }
  const out: Difference[] = [];
  for (const { tag, cells, shares } of byValue.values()) {
    const known = shares.flatMap((s, i) => (s ? [{ i, share: s.share }] : [])).sort((x, y) => y.share - x.share);
    const top = cells
      .filter((c) => c.cell.q !== null)
      .sort((x, y) => Number(y.cell.clear) - Number(x.cell.clear) || y.cell.term - x.cell.term || x.cell.q! - y.cell.q!)[0];
    if (!top || known.length < 2) continue;
    const [hi, lo] = [known[0]!.i, known.at(-1)!.i];
    const wide = cells.find(({ pair }) => (pair.a === hi && pair.b === lo) || (pair.a === lo && pair.b === hi));
    const chosen = wide?.cell.clear ? wide : top;
    const [a, b] = [chosen.pair.a, chosen.pair.b];
    const [more, less] = shares[a]!.share >= shares[b]!.share ? [a, b] : [b, a];
    const [x, y] = [shares[more]!, shares[less]!];
    const interval = differenceInterval(x.a, x.n, y.a, y.n)!;
    out.push({
      tag: tag.id,
      title: tag.title,
      dimension: tag.dimension,
      type: tag.type,
      value: chosen.cell.value,
      shares,
      more,
      less,
      diff: x.share - y.share,
      ...interval,
      q: chosen.cell.q,
      clear: chosen.cell.clear,
      extremes: chosen === wide,
      term: chosen.cell.term,
    });
  }
  return out.sort(
    (x, y) => Number(y.clear) - Number(x.clear) || y.term - x.term || (x.tag < y.tag ? -1 : x.tag > y.tag ? 1 : x.value < y.value ? -1 : 1),
  );
}
