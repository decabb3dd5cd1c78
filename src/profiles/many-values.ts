import { rows } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { jeffreys } from '../stats/divergence.ts';
import { cohenD, mannWhitney } from '../stats/ranks.ts';
import type { Groups } from './groups.ts';
import { answer, type NumberAnswer } from './numbers.ts';

/** Distinct values up to which a number's values are fetched and worked out here; above, the engine does it all. */
export const FEW_VALUES = 25_000;

/**
 * The same figures as `numberAnswer`, made by the engine alone, for numbers with very many values: type-7 medians, sum of mid-ranks, ties, moments
 * about `shift` (any number near the mean, against cancellation) and counts by quintile bands of B.
 */
export function manyValuesSql(tag: TagInfo, { from, first, second, lie }: Groups): string {
  const shift = literal(tag.figures?.mean ?? 0);
  const told = lie === 'inside' ? 'c' : 'k';
  const quantile = (count: string, n: string, q: number): string => {
    const h = `(${n} - 1) * ${q}`;
    const outer = `(any_value(${n}) - 1) * ${q}`;
    const low = `min(x) FILTER (${count} > floor(${h}))`;
    return `(${low} + (${outer} - floor(${outer})) * (coalesce(min(x) FILTER (${count} > floor(${h}) + 1), ${low}) - ${low}))`;
  };
  const band = '(1 + (x > e[1])::INT + (x > e[2])::INT + (x > e[3])::INT + (x > e[4])::INT)';
  const counts = (of: string): string => `[${[1, 2, 3, 4, 5].map((i) => `coalesce(sum(${of}) FILTER (${band} = ${i}), 0)::DOUBLE`).join(', ')}]`;
  const x = `t.${ident(tag.id)}`;
  return `WITH v AS (SELECT ${x}::DOUBLE AS x, s, b ${from} WHERE ${x} IS NOT NULL),
 d AS MATERIALIZED (SELECT x, count(*) FILTER (${first}) AS a, count(*) FILTER (${second}) AS c, count(*) FILTER (s) AS s, count(*) FILTER (b) AS k FROM v GROUP BY x),
 w AS MATERIALIZED (SELECT *, sum(c) OVER o - c AS before, sum(s) OVER o AS cs, sum(k) OVER o AS ck, sum(s) OVER () AS ns, sum(k) OVER () AS nk FROM d WINDOW o AS (ORDER BY x ROWS UNBOUNDED PRECEDING)),
 q AS (SELECT ${quantile('cs', 'ns', 0.5)} AS median, ${quantile('ck', 'nk', 0.5)} AS base, [${[0.2, 0.4, 0.6, 0.8].map((p) => quantile('ck', 'nk', p)).join(', ')}] AS e,
  sum(a)::DOUBLE AS n, sum(c)::DOUBLE AS m, sum(a::DOUBLE * (2 * before + c))::DOUBLE / 2 AS u, sum((a + c)::DOUBLE ** 3 - (a + c)) AS ties,
  sum(a * (x - ${shift})) AS a1, sum(a * (x - ${shift}) ** 2) AS a2, sum(c * (x - ${shift})) AS c1, sum(c * (x - ${shift}) ** 2) AS c2 FROM w),
 bands AS (SELECT ${counts('s')} AS sb, ${counts(told)} AS cb FROM w, q)
 SELECT * EXCLUDE (e) FROM q, bands`;
}

interface Raw {
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

/** Figures of one such number; null where nobody in S or B has a value. */
export async function manyValues(
  engine: Engine,
  tag: TagInfo,
  groups: Groups,
  opts: QueryOptions,
): Promise<{ answer: NumberAnswer | null; sql: string }> {
  const sql = manyValuesSql(tag, groups);
  const raw = rows<Raw>(await engine.query(sql, opts))[0];
  if (!raw || raw.median === null || raw.base === null) return { answer: null, sql };
  const moments = (n: number, s1: number, s2: number) => ({
    n,
    mean: n > 0 ? s1 / n : 0,
    sd: n > 1 ? Math.sqrt(Math.max(0, (s2 - (s1 * s1) / n) / (n - 1))) : 0,
  });
  return {
    answer: answer({
      test: mannWhitney({ n: raw.n, m: raw.m, u: raw.u, ties: raw.ties }),
      D: jeffreys(raw.sb.map((a, i) => ({ a, c: raw.cb[i]! }))).excess,
      median: raw.median,
      base: raw.base,
      d: cohenD(moments(raw.n, raw.a1, raw.a2), moments(raw.m, raw.c1, raw.c2)),
    }),
    sql,
  };
}
