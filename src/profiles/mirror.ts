import type { Mirror } from '../core/findings.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { rng } from '../stats/random.ts';
import { mannWhitney } from '../stats/ranks.ts';
import { UNKNOWN, type Board, type BoardTag } from './board.ts';
import { cellsOf } from './cells.ts';
import type { CountRow, Mass } from './cells-sql.ts';

/** A tag ready to be counted for any group: how many of everyone have each value, and mid-ranks of a number. */
interface Ready {
  tag: BoardTag;
  known: number;
  all: Uint32Array;
  ranks: Float64Array | null;
  ties: number;
}
const mass = (n: number): Mass => ({ n, w: n, w2: n, wx: n });
/** False discovery rate at which a profile flags a difference. */
const CLEAR = 0.05;

/**
 * Random groups of one size, drawn exactly (each group of that size is equally likely), each profiled against everyone as a segment is: same cells, same
 * tests, same smallest group, same correction. Yields the run it is at. A tag is flagged if one of its values or its number is clear.
 * `segment` gives the members whose own count of flagged tags is set beside it; `skip` are tags of the rule, left out of both.
 */
export function* mirror(
  board: Board,
  segment: Uint8Array,
  o: { runs: number; seed: number; k: number; skip?: ReadonlySet<string> },
): Generator<number, Omit<Mirror, 'ms'>> {
  const size = segment.reduce((s, x) => s + x, 0);
  const tags = board.tags.filter((t) => !o.skip?.has(t.id)).map(ready);
  const own: number[] = [];
  for (let i = 0; i < board.n; i++) if (segment[i]) own.push(i);
  const here = flagged(tags, Int32Array.from(own), false, size, o.k);
  const random = rng(o.seed, 'mirror');
  const order = Int32Array.from({ length: board.n }, (_, i) => i);
  // A large group is counted by those outside it.
  const outside = size > board.n / 2;
  const drawn = outside ? board.n - size : size;
  const runs: number[] = [];
  for (let run = 0; run < o.runs; run++) {
    for (let i = 0; i < drawn; i++) {
      const j = i + Math.floor(random() * (board.n - i));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    runs.push(flagged(tags, order.subarray(0, drawn), outside, size, o.k));
    yield run + 1;
  }
  const all = runs.reduce((s, x) => s + x, 0);
  return {
    size,
    universe: board.n,
    runs: o.runs,
    seed: o.seed,
    tags: tags.length,
    flagged: runs,
    rate: tags.length && o.runs ? all / (tags.length * o.runs) : 0,
    here,
  };
}

function ready(tag: BoardTag): Ready {
  const all = new Uint32Array(tag.values.length);
  let known = 0;
  for (const c of tag.codes)
    if (c !== UNKNOWN) {
      all[c]!++;
      known++;
    }
  if (!tag.numbers) return { tag, known, all, ranks: null, ties: 0 };
  const x = tag.numbers;
  const order = Uint32Array.from({ length: x.length }, (_, i) => i).filter((i) => !Number.isNaN(x[i]));
  order.sort((a, b) => x[a]! - x[b]!);
  const ranks = new Float64Array(x.length).fill(NaN);
  let ties = 0;
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j < order.length && x[order[j]!] === x[order[i]!]) j++;
    const t = j - i;
    ties += t * t * t - t;
    for (let r = i; r < j; r++) ranks[order[r]!] = (i + 1 + j) / 2;
    i = j;
  }
  return { tag, known, all, ranks, ties };
}

/** How many tags are flagged in the profile of a group given by its members, or by those outside it. */
function flagged(tags: Ready[], rows: Int32Array, outside: boolean, size: number, k: number): number {
  if (size < k || size === 0) return 0;
  const p: (number | null)[] = [];
  const owner: number[] = [];
  tags.forEach(({ tag, known, all, ranks, ties }, t) => {
    const counts = new Uint32Array(tag.values.length);
    let [n, sum] = [0, 0];
    for (const i of rows) {
      const c = tag.codes[i]!;
      if (c === UNKNOWN) continue;
      counts[c]!++;
      n++;
      if (ranks) sum += ranks[i]!;
    }
    if (outside) {
      for (let v = 0; v < counts.length; v++) counts[v] = all[v]! - counts[v]!;
      n = known - n;
      sum = (known * (known + 1)) / 2 - sum;
    }
    const sides = { s: mass(n), b: mass(known), both: mass(n) };
    const values = tag.values.map((value, v): CountRow => ({ value, s: mass(counts[v]!), b: mass(all[v]!), both: mass(counts[v]!) }));
    const made = cellsOf({ known: sides, values: values.filter((v) => v.b.n > 0) }, 'inside', k, 'users', true);
    for (const c of made.cells)
      if (!c.hidden) {
        p.push(c.p);
        owner.push(t);
      }
    const few = (x: number): boolean => x > 0 && x < k;
    if (ranks && !few(n) && !few(known)) {
      p.push(mannWhitney({ n, m: known - n, u: sum - (n * (n + 1)) / 2, ties })?.p ?? null);
      owner.push(t);
    }
  });
  const q = benjaminiHochberg(p);
  return new Set(owner.filter((_, i) => q[i] !== null && q[i]! <= CLEAR)).size;
}
