import type { ProfileCell, Weight } from '../core/profile.ts';
import { pearson } from '../stats/chi2.ts';
import { jeffreys } from '../stats/divergence.ts';
import { fisherExact } from '../stats/fisher.ts';
import { normalTwoSided, Z95 } from '../stats/normal.ts';
import { tgi as tgiOf } from '../stats/proportion.ts';
import { minus, type CountRow, type Mass, type TagCounts } from './cells-sql.ts';
import type { Lie } from './groups.ts';

interface Sides {
  s: Mass;
  b: Mass;
  both: Mass;
}
/** The two groups a test compares, and those D compares (S against the rest where S is part of B, else S against B). */
const tested = (x: Sides, lie: Lie): [Mass, Mass] => {
  switch (lie) {
    case 'inside':
      return [x.s, minus(x.b, x.both)];
    case 'apart':
      return [x.s, x.b];
    case 'contains':
      return [minus(x.s, x.both), x.b];
    case 'partial':
      return [minus(x.s, x.both), minus(x.b, x.both)];
  }
};
const told = (x: Sides, lie: Lie): [Mass, Mass] => (lie === 'inside' ? tested(x, lie) : [x.s, x.b]);
const share = (part: Mass, whole: Mass): number => (whole.w > 0 ? part.w / whole.w : 0);

/** A count that may not be shown. */
export const isHidden = (n: number, k: number): boolean => n > 0 && n < k;

/**
 * The cells of one tag (definitions, section 6) without q, and its D. Cells of fewer than k members in S or B are hidden: no numbers, no test, pooled in D.
 * `test` false: nothing is tested (the rule itself names the tag).
 */
export function cellsOf(counts: TagCounts, lie: Lie, k: number, weight: Weight, test: boolean): { cells: ProfileCell[]; D: number } {
  const { known } = counts;
  const shown = counts.values.filter((v) => !isHidden(v.s.n, k) && !isHidden(v.b.n, k));
  const hidden = counts.values.filter((v) => isHidden(v.s.n, k) || isHidden(v.b.n, k));
  const { D, terms } = divergence(shown, hidden, known, lie, weight);
  const cells = shown.map((v, i) => cell(v, known, lie, weight, test, terms[i]!));
  // Where nothing tells apart (everyone) the values keep the order of the counts.
  cells.sort((x, y) => y.term - x.term);
  return { cells: [...cells, ...hidden.map((v) => blank(v.value)).sort((x, y) => (x.value < y.value ? -1 : 1))], D };
}

const blank = (value: string): ProfileCell => ({
  value,
  a: 0,
  K: 0,
  share: 0,
  base: 0,
  tgi: null,
  lo: null,
  hi: null,
  p: null,
  q: null,
  clear: false,
  term: 0,
  hidden: true,
});

/** Weighted shares enter as counts of the same size, share × members, so that the half for empty cells and chance keep their meaning. */
function divergence(shown: CountRow[], hidden: CountRow[], known: Sides, lie: Lie, weight: Weight): { D: number; terms: number[] } {
  const [N1, N2] = told(known, lie);
  const pairs = (v: Sides): { a: number; c: number } => {
    const [x, y] = told(v, lie);
    return weight === 'users' ? { a: x.n, c: y.n } : { a: share(x, N1) * N1.n, c: share(y, N2) * N2.n };
  };
  const pool = hidden.map(pairs).reduce((t, v) => ({ a: t.a + v.a, c: t.c + v.c }), { a: 0, c: 0 });
  const j = jeffreys([...shown.map(pairs), ...(hidden.length ? [pool] : [])], N1.n, N2.n);
  return { D: j.excess, terms: j.terms };
}

function cell(v: CountRow, known: Sides, lie: Lie, weight: Weight, test: boolean, term: number): ProfileCell {
  const numbers = weight === 'users' ? byUsers(v, known, lie) : byWeight(v, known, lie);
  return {
    value: v.value,
    a: v.s.n,
    K: v.b.n,
    share: share(v.s, known.s),
    base: share(v.b, known.b),
    ...numbers,
    ...(test ? {} : { p: null }),
    q: null,
    clear: false,
    term,
    hidden: false,
  };
}

type Numbers = Pick<ProfileCell, 'tgi' | 'lo' | 'hi' | 'p'>;

function byUsers(v: CountRow, known: Sides, lie: Lie): Numbers {
  const t = interval(v, known, lie);
  const [x, y] = tested(v, lie);
  const [n, m] = tested(known, lie);
  const chi2 = pearson(x.n, n.n, y.n, m.n);
  const p = chi2 === null ? null : chi2.least < 5 ? fisherExact(x.n, n.n, y.n, m.n) : chi2.p;
  return { tgi: t?.tgi ?? null, lo: t?.lo ?? null, hi: t?.hi ?? null, p };
}

/** A baseline within the segment has the interval of its own TGI, turned over. */
function interval(v: CountRow, known: Sides, lie: Lie): ReturnType<typeof tgiOf> {
  if (lie !== 'contains') return tgiOf(v.s.n, known.s.n, v.b.n, known.b.n, lie !== 'inside');
  const t = tgiOf(v.b.n, known.b.n, v.s.n, known.s.n, false);
  if (!t || t.tgi === 0) return tgiOf(v.s.n, known.s.n, v.b.n, known.b.n, true);
  return { tgi: 1e4 / t.tgi, lo: t.hi === null ? null : 1e4 / t.hi, hi: t.lo === null ? null : 1e4 / t.lo };
}

/** Linearised ratio (Cochran 1977): variance of the weighted share of a value, members as units. */
function shareVariance(part: Mass, whole: Mass): { p: number; variance: number } | null {
  if (whole.n < 2 || whole.w <= 0) return null;
  const p = part.w / whole.w;
  const squares = part.w2 - 2 * p * part.wx + p * p * whole.w2;
  return { p, variance: ((whole.n / (whole.n - 1)) * Math.max(0, squares)) / (whole.w * whole.w) };
}

function byWeight(v: CountRow, known: Sides, lie: Lie): Numbers {
  const [p, base] = [share(v.s, known.s), share(v.b, known.b)];
  const tgi = base > 0 && known.s.w > 0 ? (100 * p) / base : null;
  const [x, y] = [shareVariance(...pairOf(0, v, known, lie)), shareVariance(...pairOf(1, v, known, lie))];
  if (tgi === null || tgi === 0 || !x || !y || x.p <= 0 || y.p <= 0) return { tgi, lo: null, hi: null, p: null };
  const se = Math.sqrt(x.variance / (x.p * x.p) + y.variance / (y.p * y.p));
  const rest = tested(known, lie)[1];
  const factor = lie === 'inside' ? (rest.w / known.b.w) * (y.p / base) : 1;
  const z = Math.log(x.p / y.p) / se;
  return { tgi, lo: tgi * Math.exp(-Z95 * se * factor), hi: tgi * Math.exp(Z95 * se * factor), p: se > 0 ? normalTwoSided(z) : null };
}
const pairOf = (side: 0 | 1, v: CountRow, known: Sides, lie: Lie): [Mass, Mass] => [tested(v, lie)[side], tested(known, lie)[side]];
