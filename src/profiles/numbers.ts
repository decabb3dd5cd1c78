import { rows } from '../core/frame.ts';
import type { ProfileTag } from '../core/profile.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { jeffreys } from '../stats/divergence.ts';
import { cohenD, mannWhitney } from '../stats/ranks.ts';
import type { Groups } from './groups.ts';

export interface NumberAnswer {
  numbers: ProfileTag['numbers'];
  /** Jeffreys' divergence over quintile bands of the baseline, less chance. */
  D: number;
}
const AT_ONCE = 6;

/**
 * All figures of one number from its distinct values with their counts in both groups: type-7 medians, sums of mid-ranks, ties, moments about `shift`
 * (any number near the mean, against cancellation), and counts by quintile bands of B. `told` is what D compares S with.
 */
export function numberSql(tag: TagInfo, index: number, { from, first, second, lie }: Groups): string {
  const shift = literal(tag.figures?.mean ?? 0);
  const told = lie === 'inside' ? 'c' : 'k';
  const at = (count: string, h: string): string => `min(x) FILTER (${count} > ${h})`;
  const quantile = (count: string, n: string, q: number): string => {
    const h = `(${n} - 1) * ${q}`;
    const lo = at(count, `floor(${h})`);
    return `(${lo} + (${h.replaceAll(n, `any_value(${n})`)} - floor(${h.replaceAll(n, `any_value(${n})`)})) * (coalesce(${at(count, `floor(${h}) + 1`)}, ${lo}) - ${lo}))`;
  };
  const edges = [0.2, 0.4, 0.6, 0.8].map((q) => quantile('ck', 'nk', q));
  const band = '(1 + (x > e[1])::INT + (x > e[2])::INT + (x > e[3])::INT + (x > e[4])::INT)';
  const counts = (of: string): string => `[${[1, 2, 3, 4, 5].map((i) => `coalesce(sum(${of}) FILTER (${band} = ${i}), 0)::DOUBLE`).join(', ')}]`;
  return `SELECT ${index} AS i, g.* FROM (
 WITH v AS (SELECT ${`t.${ident(tag.id)}`}::DOUBLE AS x, s, b ${from} WHERE ${`t.${ident(tag.id)}`} IS NOT NULL),
 d AS MATERIALIZED (SELECT x, count(*) FILTER (${first}) AS a, count(*) FILTER (${second}) AS c, count(*) FILTER (s) AS s, count(*) FILTER (b) AS k FROM v GROUP BY x),
 w AS MATERIALIZED (SELECT *, sum(c) OVER o - c AS before, sum(s) OVER o AS cs, sum(k) OVER o AS ck, sum(s) OVER () AS ns, sum(k) OVER () AS nk FROM d WINDOW o AS (ORDER BY x ROWS UNBOUNDED PRECEDING)),
 q AS (SELECT ${quantile('cs', 'ns', 0.5)} AS median, ${quantile('ck', 'nk', 0.5)} AS base, [${edges.join(', ')}] AS e, sum(a)::DOUBLE AS n, sum(c)::DOUBLE AS m,
  sum(a::DOUBLE * (2 * before + c))::DOUBLE / 2 AS u, sum((a + c)::DOUBLE ** 3 - (a + c)) AS ties,
  sum(a * (x - ${shift})) AS a1, sum(a * (x - ${shift}) ** 2) AS a2, sum(c * (x - ${shift})) AS c1, sum(c * (x - ${shift}) ** 2) AS c2 FROM w),
 bands AS (SELECT ${counts('s')} AS sb, ${counts(told)} AS cb FROM w, q)
 SELECT * EXCLUDE (e) FROM q, bands) g`;
}

interface Raw {
  i: number;
  median: number | null;
  base: number | null;
  n: number;
  m: number;
  u: number;
  ties: number;
  a1: number;
  a2: number;
  c1: number;
  c2: number;
  sb: number[];
  cb: number[];
}

/** Figures of every number, in the order of `tags`; null where nobody of one side has a known value. */
export async function countNumbers(
  engine: Engine,
  tags: TagInfo[],
  groups: Groups,
  opts: QueryOptions,
): Promise<{ answers: (NumberAnswer | null)[]; sql: string[] }> {
  const found = new Map<number, Raw>();
  const sql: string[] = [];
  for (let start = 0; start < tags.length; start += AT_ONCE) {
    const statement = tags
      .slice(start, start + AT_ONCE)
      .map((t, i) => numberSql(t, start + i, groups))
      .join('\nUNION ALL ');
    for (const r of rows<Raw>(await engine.query(statement, opts))) found.set(r.i, r);
    sql.push(statement);
  }
  return { answers: tags.map((_, i) => answerOf(found.get(i))), sql };
}

function answerOf(raw: Raw | undefined): NumberAnswer | null {
  if (!raw || raw.median === null || raw.base === null) return null;
  const D = jeffreys(raw.sb.map((a, i) => ({ a, c: raw.cb[i]! }))).excess;
  const test = mannWhitney({ n: raw.n, m: raw.m, u: raw.u, ties: raw.ties });
  const moments = (n: number, s1: number, s2: number) => ({
    n,
    mean: n > 0 ? s1 / n : 0,
    sd: n > 1 ? Math.sqrt(Math.max(0, (s2 - (s1 * s1) / n) / (n - 1))) : 0,
  });
  const d = cohenD(moments(raw.n, raw.a1, raw.a2), moments(raw.m, raw.c1, raw.c2));
  if (!test) return { numbers: null, D };
  return { numbers: { median: raw.median, baseMedian: raw.base, delta: test.delta, size: test.size, z: test.z, p: test.p, q: null, d: d ?? 0 }, D };
}
