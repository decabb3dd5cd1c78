import type { Look, Niche } from '../core/findings.ts';
import { pearson } from '../stats/chi2.ts';
import { fisherExact } from '../stats/fisher.ts';
import { tgi, wilson } from '../stats/proportion.ts';
import type { Board } from './board.ts';
import { both, planesOf, type Plane, type Planes } from './planes.ts';

export interface LookOptions {
  /** Smallest group. */
  least: number;
  /** False discovery rate among the groups of one, of two and of three values. */
  q?: number;
  /** Pairs that are tried with every third value: half the most telling of all, half the most telling beyond their parts. */
  promising?: number;
  /** Niches given back of each kind: where the goal is commoner, and where it is rarer. */
  most?: number;
}
interface Candidate {
  items: number[];
  n: number;
  a: number;
  p: number;
  nearest: number;
}

/** A group of n with a of the goal, held against c of m. Signed: positive where the goal is commoner. */
const zOf = (a: number, n: number, c: number, m: number): number => {
  const N = n + m;
  const K = a + c;
  const spread = n * m * K * (N - K);
  return spread > 0 ? ((a * m - c * n) * Math.sqrt(N)) / Math.sqrt(spread) : 0;
};
function pOf(a: number, n: number, c: number, m: number): number {
  const x = pearson(a, n, c, m);
  if (!x) return 1;
  return x.least < 5 ? fisherExact(a, n, c, m) : x.p;
}
/** z of p = .05: what is less telling than that against any part can never be clear. */
const Z_LEAST = 1.959964;

/**
 * Looks at all values, all pairs and the promising triples of values of different tags for groups in which a goal is commoner or rarer than in everyone
 * else and also than in every larger group made of all but one of their values (so a triple is more than its pairs). The p of a group is the largest of these
 * tests (intersection-union: Berger 1982); Benjamini & Hochberg is applied among the groups of equally many values, where a triple that was not tried counts as
 * tested with p 1, so trying the promising ones only gives nothing away. The surest first: by the end of the interval that is nearest to 100.
 * Yields the share of the work done.
 */
export function* look(board: Board, goal: Uint8Array, name: string, o: LookOptions): Generator<number, Omit<Look, 'ms'>> {
  const set = planesOf(board, goal, o.least);
  const { planes } = set;
  const singles: Candidate[] = planes.map((x, i) => ({
    items: [i],
    n: x.n,
    a: x.a,
    p: pOf(x.a, x.n, set.goal - x.a, set.n - x.n),
    nearest: set.n ? set.goal / set.n : 0,
  }));
  const pairs = yield* allPairs(set, o.least, o.promising ?? 500);
  const triples = yield* someTriples(set, o.least, pairs.promising);
  const possible = triplesPossible(planes);
  const limit = o.q ?? 0.05;
  const clear = [clearOf(singles, singles.length, limit), clearOf(pairs.found, pairs.tested, limit), clearOf(triples.found, possible, limit)].flat();
  const niches = clear.map(({ c, q }): Niche => {
    const t = tgi(c.a, c.n, set.goal, set.n, false);
    // A rate of 0 has no interval of its own ratio: what Wilson allows for it stands for its upper end.
    const hi = c.a > 0 ? (t?.hi ?? Infinity) : (100 * wilson(0, c.n)!.hi * set.n) / set.goal;
    const lo = t?.lo ?? 0;
    return {
      items: c.items.map((i) => ({ tag: board.tags[planes[i]!.tag]!.id, title: board.tags[planes[i]!.tag]!.title, value: planes[i]!.value })),
      n: c.n,
      a: c.a,
      rate: c.a / c.n,
      tgi: t?.tgi ?? 0,
      lo,
      hi,
      q,
      nearest: c.nearest,
    };
  });
  const more = niches.filter((x) => x.tgi > 100).sort((x, y) => y.lo - x.lo || x.q - y.q || y.n - x.n);
  const less = niches.filter((x) => x.tgi < 100).sort((x, y) => x.hi - y.hi || x.q - y.q || y.n - x.n);
  return {
    goal: name,
    universe: set.n,
    goalMembers: set.goal,
    least: o.least,
    tags: board.tags.length,
    values: planes.length,
    tested: [singles.length, pairs.tested, triples.tested],
    triplesPossible: possible,
    found: niches.length,
    commoner: more.slice(0, o.most ?? 40),
    rarer: less.slice(0, o.most ?? 40),
  };
}

/** Group of the goal's rate in parts, each given as [a, n]: every part less the group itself is what the group is held against. */
function beyond(a: number, n: number, parts: [number, number][], all: [number, number]): { z: number; p: () => number; nearest: number } | null {
  let sign = 0;
  let least = Infinity;
  for (const [pa, pn] of [...parts, all]) {
    const z = zOf(a, n, pa - a, pn - n);
    if (Math.abs(z) < Z_LEAST || (sign !== 0 && Math.sign(z) !== sign)) return null;
    sign = Math.sign(z);
    least = Math.min(least, Math.abs(z));
  }
  const rates = parts.map(([pa, pn]) => pa / pn);
  return {
    z: least,
    p: () => Math.max(...[...parts, all].map(([pa, pn]) => pOf(a, n, pa - a, pn - n))),
    nearest: sign > 0 ? Math.max(...rates) : Math.min(...rates),
  };
}

interface Promising {
  i: number;
  j: number;
  n: number;
  a: number;
  score: number;
}

function* allPairs(set: Planes, least: number, most: number): Generator<number, { tested: number; found: Candidate[]; promising: Promising[] }> {
  const { planes, head, words } = set;
  const found: Candidate[] = [];
  const [whole, more] = [new Best(most >> 1), new Best(most >> 1)];
  let tested = 0;
  for (let i = 0; i < planes.length; i++) {
    const x = planes[i]!;
    for (let j = i + 1; j < planes.length; j++) {
      const y = planes[j]!;
      if (y.tag === x.tag) continue;
      const a = both(x.bits, y.bits, 0, head);
      const n = a + both(x.bits, y.bits, head, words);
      if (n < least || n > x.n - least || n > y.n - least) continue;
      tested++;
      whole.offer(i, j, n, a, Math.abs(zOf(a, n, set.goal - a, set.n - n)));
      const b = beyond(a, n, [[x.a, x.n], [y.a, y.n]], [set.goal, set.n]); // prettier-ignore
      if (!b) continue;
      more.offer(i, j, n, a, b.z);
      found.push({ items: [i, j], n, a, p: b.p(), nearest: b.nearest });
    }
    if (i % 8 === 0) yield 0.7 * (1 - (1 - i / planes.length) ** 2);
  }
  const seen = new Set<number>();
  const promising = [...more.list(), ...whole.list()].filter(({ i, j }) => {
    const key = i * planes.length + j;
    return !seen.has(key) && seen.add(key);
  });
  return { tested, found, promising };
}

function* someTriples(set: Planes, least: number, promising: Promising[]): Generator<number, { tested: number; found: Candidate[] }> {
  const { planes, head, words } = set;
  const found: Candidate[] = [];
  const seen = new Set<string>();
  const joint = new Uint32Array(words);
  let tested = 0;
  for (const [at, pair] of promising.entries()) {
    const [x, y] = [planes[pair.i]!, planes[pair.j]!];
    for (let w = 0; w < words; w++) joint[w] = x.bits[w]! & y.bits[w]!;
    for (let k = 0; k < planes.length; k++) {
      const c = planes[k]!;
      if (c.tag === x.tag || c.tag === y.tag) continue;
      const a = both(joint, c.bits, 0, head);
      const n = a + both(joint, c.bits, head, words);
      if (n < least || n > pair.n - least) continue;
      const items = [pair.i, pair.j, k].sort((p, q) => p - q);
      const key = items.join(' ');
      if (seen.has(key)) continue;
      seen.add(key);
      tested++;
      if (!beyond(a, n, [[pair.a, pair.n]], [set.goal, set.n])) continue;
      const b = beyond(a, n, [[pair.a, pair.n], count(x, c, head, words), count(y, c, head, words)], [set.goal, set.n]);
      if (b) found.push({ items, n, a, p: b.p(), nearest: b.nearest });
    }
    if (at % 4 === 0) yield 0.7 + (0.3 * at) / promising.length;
  }
  return { tested, found };
}

function count(x: Plane, y: Plane, head: number, words: number): [number, number] {
  const a = both(x.bits, y.bits, 0, head);
  return [a, a + both(x.bits, y.bits, head, words)];
}

/** Triples of values of three different tags, tried or not: e3 of the numbers of values per tag. */
function triplesPossible(planes: Plane[]): number {
  const per = new Map<number, number>();
  for (const p of planes) per.set(p.tag, (per.get(p.tag) ?? 0) + 1);
  let [e1, e2, e3] = [0, 0, 0];
  for (const n of per.values()) [e3, e2, e1] = [e3 + e2 * n, e2 + e1 * n, e1 + n];
  return e3;
}

/** Benjamini & Hochberg among `tested` groups of which only these may have a small p. */
function clearOf(candidates: Candidate[], tested: number, limit: number): { c: Candidate; q: number }[] {
  const sorted = [...candidates].sort((x, y) => x.p - y.p);
  let least = 1;
  const q = new Float64Array(sorted.length);
  for (let r = sorted.length; r >= 1; r--) {
    least = Math.min(least, (sorted[r - 1]!.p * tested) / r);
    q[r - 1] = least;
  }
  return sorted.map((c, i) => ({ c, q: q[i]! })).filter((x) => x.q <= limit);
}

/** The highest scores of a long row. */
class Best {
  readonly #most: number;
  #kept: Promising[] = [];
  #least = 0;
  constructor(most: number) {
    this.#most = most;
  }
  offer(i: number, j: number, n: number, a: number, score: number): void {
    if (score <= this.#least) return;
    this.#kept.push({ i, j, n, a, score });
    if (this.#kept.length >= 4 * this.#most) this.#cut();
  }
  #cut(): void {
    this.#kept = this.#kept.sort((x, y) => y.score - x.score).slice(0, this.#most);
    if (this.#kept.length === this.#most) this.#least = this.#kept.at(-1)!.score;
  }
  list(): Promising[] {
    this.#cut();
    return this.#kept;
  }
}
