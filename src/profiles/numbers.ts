import type { Frame } from '../core/frame.ts';
import type { ProfileTag } from '../core/profile.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { jeffreys } from '../stats/divergence.ts';
import { cohenD, mannWhitney } from '../stats/ranks.ts';
import { bandIndex, masses, massReader, NO_MASS, plus, sum, type CountRow, type TagCounts } from './cells-sql.ts';
import type { Groups, Lie } from './groups.ts';

export interface NumberAnswer {
  numbers: ProfileTag['numbers'];
  /** Jeffreys' divergence over quintile bands of the baseline, less chance. */
  D: number;
}
/** The distinct known values of a number in ascending order, with how many of S, of B and of both have each. */
export interface ValueCounts {
  x: Float64Array;
  s: Float64Array;
  b: Float64Array;
  both: Float64Array;
}
/** Numbers counted by one statement, as far as their values together stay within ROWS. */
const AT_ONCE = 12;
const ROWS = 300_000;

/**
 * Counts of every distinct value of numbers that have not too many, a few statements for all: what their bands, medians, ranks and moments are made of.
 */
export async function countValues(
  engine: Engine,
  tags: TagInfo[],
  groups: Groups,
  weight: string | null,
  opts: QueryOptions,
): Promise<{ values: ValueCounts[]; counts: TagCounts[]; sql: string[] }> {
  const values: ValueCounts[] = [];
  const counts: TagCounts[] = [];
  const sql: string[] = [];
  for (const part of parts(tags)) {
    const statement = valuesSql(part, groups.from, weight);
    const frame = await engine.query(statement, opts);
    sql.push(statement);
    const massesAt = massReader(frame);
    for (const [i, order] of orders(frame, part.length).entries()) {
      values.push(valuesOf(frame, order));
      counts.push(bandCounts(part[i]!, frame, order, massesAt));
    }
  }
  return { values, counts, sql };
}

/** The statement that counts every value of some numbers. */
export function valuesSql(tags: TagInfo[], from: string, weight: string | null): string {
  const w = weight ? `, ${weight} AS w` : '';
  return tags
    .map((t, i) => {
      const x = `t.${ident(t.id)}`;
      return `SELECT ${i} AS i, x, ${masses(weight)} FROM (SELECT ${x}::DOUBLE AS x, s, b${w} ${from} WHERE ${x} IS NOT NULL) GROUP BY x`;
    })
    .join('\nUNION ALL ');
}

function parts(tags: TagInfo[]): TagInfo[][] {
  const out: TagInfo[][] = [];
  let rows = Infinity;
  for (const tag of tags) {
    if (rows + tag.distinct > ROWS || out.at(-1)!.length === AT_ONCE) {
      out.push([]);
      rows = 0;
    }
    out.at(-1)!.push(tag);
    rows += tag.distinct;
  }
  return out;
}

/** Row numbers of each tag, ascending by value. */
function orders(frame: Frame, n: number): number[][] {
  const [tag, x] = [frame.columns[0] as Float64Array, frame.columns[1] as Float64Array];
  const out = Array.from({ length: n }, (): number[] => []);
  for (let r = 0; r < frame.n; r++) out[tag[r]!]!.push(r);
  for (const order of out) order.sort((a, b) => x[a]! - x[b]!);
  return out;
}

function valuesOf(frame: Frame, order: number[]): ValueCounts {
  const pick = (name: string): Float64Array => {
    const column = frame.columns[frame.names.indexOf(name)] as Float64Array;
    return Float64Array.from(order, (r) => column[r]!);
  };
  return { x: pick('x'), s: pick('n0'), b: pick('n1'), both: pick('n2') };
}

function bandCounts(tag: TagInfo, frame: Frame, order: number[], massesAt: ReturnType<typeof massReader>): TagCounts {
  const { bands } = tag;
  const x = frame.columns[1] as Float64Array;
  // Without bands there is one row for all: how many are known.
  const rows = (bands?.labels ?? ['']).map((value): CountRow => ({ value, s: NO_MASS, b: NO_MASS, both: NO_MASS }));
  for (const r of order) {
    const row = rows[bands ? bandIndex(bands, x[r]!) : 0]!;
    const m = massesAt(r);
    Object.assign(row, { s: plus(row.s, m.s), b: plus(row.b, m.b), both: plus(row.both, m.both) });
  }
  return { known: sum(rows), values: bands ? rows.filter((r) => r.s.n > 0 || r.b.n > 0) : [] };
}

/** Figures of a number from its values: null where nobody in S or B has one. */
export function numberAnswer(v: ValueCounts, lie: Lie): NumberAnswer | null {
  const total = (c: Float64Array): number => c.reduce((t, x) => t + x, 0);
  const [ns, nb] = [total(v.s), total(v.b)];
  if (ns === 0 || nb === 0) return null;
  const first = lie === 'inside' || lie === 'apart' ? v.s : v.s.map((x, i) => x - v.both[i]!);
  const second = lie === 'inside' || lie === 'partial' ? v.b.map((x, i) => x - v.both[i]!) : v.b;
  let [u, ties, before] = [0, 0, 0];
  for (let i = 0; i < v.x.length; i++) {
    const [a, c] = [first[i]!, second[i]!];
    u += a * (before + c / 2);
    before += c;
    ties += (a + c) ** 3 - (a + c);
  }
  const edges = [0.2, 0.4, 0.6, 0.8].map((q) => quantile(v.x, v.b, nb, q));
  const told = lie === 'inside' ? second : v.b;
  const quintiles = Array.from({ length: 5 }, () => ({ a: 0, c: 0 }));
  let above = 0;
  for (let i = 0; i < v.x.length; i++) {
    while (above < edges.length && v.x[i]! > edges[above]!) above++;
    const band = quintiles[above]!;
    band.a += v.s[i]!;
    band.c += told[i]!;
  }
  const test = mannWhitney({ n: total(first), m: total(second), u, ties });
  return answer({
    test,
    D: jeffreys(quintiles).excess,
    median: quantile(v.x, v.s, ns, 0.5),
    base: quantile(v.x, v.b, nb, 0.5),
    d: cohenD(moments(v.x, first), moments(v.x, second)),
  });
}

/** The block as a profile shows it; no numbers where one side of the test is empty. */
export function answer(a: { test: ReturnType<typeof mannWhitney>; D: number; median: number; base: number; d: number | null }): NumberAnswer {
  const { test, D, median, base, d } = a;
  return { D, numbers: test && { median, baseMedian: base, delta: test.delta, size: test.size, z: test.z, p: test.p, q: null, d: d ?? 0 } };
}

/** Type-7 quantile of values with counts. */
export function quantile(x: Float64Array, count: Float64Array, n: number, q: number): number {
  const h = (n - 1) * q;
  const low = Math.floor(h);
  let seen = 0;
  for (let i = 0; i < x.length; i++) {
    seen += count[i]!;
    if (seen <= low) continue;
    if (h === low || seen > low + 1) return x[i]!;
    let j = i + 1;
    while (j < x.length && count[j] === 0) j++;
    return j < x.length ? x[i]! + (h - low) * (x[j]! - x[i]!) : x[i]!;
  }
  return NaN;
}

/** Of values, each as often as its count: how many, sum, mean, sample deviation (0 of fewer than two). */
export function moments(x: Float64Array, count: ArrayLike<number>): { n: number; sum: number; mean: number; sd: number } {
  let [n, sum1] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    n += count[i]!;
    sum1 += count[i]! * x[i]!;
  }
  const mean = n > 0 ? sum1 / n : 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += count[i]! * (x[i]! - mean) ** 2;
  return { n, sum: sum1, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}
