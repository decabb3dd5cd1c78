import { rows } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { TABLE, type RuleContext } from '../segments/context.ts';
import { jeffreys } from '../stats/divergence.ts';
import { h32 } from '../stats/random.ts';
import { cohenD, mannWhitney } from '../stats/ranks.ts';
import type { Mass, TagCounts } from './cells-sql.ts';
import type { Groups } from './groups.ts';
import { answer, type NumberAnswer } from './numbers.ts';

/** Distinct values up to which a number's values are fetched and worked out here. */
export const FEW_VALUES = 25_000;

/** True where S and what it is tested against make everyone, so that ranks among everyone serve every segment. */
export const coversEveryone = ({ lie, N, n, universe }: Groups): boolean =>
  (lie === 'inside' && N === universe) || (lie === 'apart' && n + N === universe);

/**
 * Twice the mid-rank of each member by a number, and how many share its value, as a temporary table in the order of the tag table; made once per
 * number and state of the data, since sorting a million values costs more than a whole profile.
 */
async function ensureRanks(engine: Engine, tag: TagInfo, groups: Groups, ctx: RuleContext, opts: QueryOptions): Promise<string> {
  const prefix = `ranks_${groups.entity}_${h32(tag.id).toString(16)}_`;
  const state = JSON.stringify([ctx.basis, ctx.facts.digest, tag.version, tag.known, tag.distinct, tag.figures]);
  const name = prefix + h32(state).toString(16);
  const found = await engine.query(`SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, ${literal(prefix)})`, opts);
  const names = Array.from(found.columns[0] ?? [], String);
  if (names.includes(name)) return name;
  for (const old of names) await engine.exec(`DROP TABLE IF EXISTS temp.${ident(old)}`);
  const { table, key } = TABLE[groups.entity];
  const x = ident(tag.id).text;
  const peers = `count(*) OVER (ORDER BY ${x} RANGE BETWEEN CURRENT ROW AND CURRENT ROW)`;
  await engine.exec(
    `CREATE TEMP TABLE ${name} AS SELECT r, p FROM (SELECT ${key}, CASE WHEN ${x} IS NOT NULL THEN 2 * rank() OVER (ORDER BY ${x}) + ${peers} - 1 END::UINTEGER AS r, CASE WHEN ${x} IS NOT NULL THEN ${peers} END::UINTEGER AS p FROM ${table}) ORDER BY ${key}`,
    opts,
  );
  return name;
}

interface Raw {
  n: number;
  m: number;
  r: number;
  ties: number;
  median: number | null;
  q: number[] | null;
  mean1: number | null;
  sd1: number | null;
  mean2: number | null;
  sd2: number | null;
}

/**
 * The figures of `numberAnswer` for a number with very many values, and how many have one, where segment and rest make everyone: two scans by the
 * engine. No answer where nobody in S or B has a value.
 */
export async function manyValues(
  engine: Engine,
  tag: TagInfo,
  groups: Groups,
  ctx: RuleContext,
  opts: QueryOptions,
): Promise<{ answer: NumberAnswer | null; known: TagCounts['known']; sql: string[] }> {
  const ranks = await ensureRanks(engine, tag, groups, ctx, opts);
  const x = `t.${ident(tag.id)}::DOUBLE`;
  const rest = 'NOT s';
  const first = `SELECT count(k.r) FILTER (s) AS n, count(k.r) FILTER (${rest}) AS m, coalesce(sum(k.r) FILTER (s), 0)::DOUBLE AS r, coalesce(sum(k.p::DOUBLE * k.p - 1), 0) AS ties,
 quantile_cont(${x}, 0.5) FILTER (s) AS median, quantile_cont(${x}, [0.2, 0.4, 0.5, 0.6, 0.8]) FILTER (b) AS q,
 avg(${x}) FILTER (s) AS mean1, stddev_samp(${x}) FILTER (s) AS sd1, avg(${x}) FILTER (${rest}) AS mean2, stddev_samp(${x}) FILTER (${rest}) AS sd2
 ${groups.from} POSITIONAL JOIN temp.${ident(ranks)} k`;
  const raw = rows<Raw>(await engine.query(first, opts))[0]!;
  const inside = groups.lie === 'inside';
  const known = { s: one(raw.n), b: one(inside ? raw.n + raw.m : raw.m), both: one(inside ? raw.n : 0) };
  if (raw.median === null || raw.q === null) return { answer: null, known, sql: [first] };
  const [e1, e2, base, e3, e4] = raw.q as [number, number, number, number, number];
  const upTo = [e1, e2, e3, e4].flatMap((e, i) => [
    `count(*) FILTER (s AND ${x} <= ${literal(e)}) AS a${i}`,
    `count(*) FILTER (${rest} AND ${x} <= ${literal(e)}) AS c${i}`,
  ]);
  const second = `SELECT ${upTo.join(', ')} ${groups.from}`;
  const below = rows<Record<string, number>>(await engine.query(second, opts))[0]!;
  const side = (name: string, all: number): number[] =>
    [0, 1, 2, 3, 4].map((i) => (i < 4 ? below[name + i]! : all) - (i > 0 ? below[name + (i - 1)]! : 0));
  const [a, c] = [side('a', raw.n), side('c', raw.m)];
  const moments = (n: number, mean: number | null, sd: number | null) => ({ n, mean: mean ?? 0, sd: sd ?? 0 });
  return {
    answer: answer({
      test: mannWhitney({ n: raw.n, m: raw.m, u: raw.r / 2 - (raw.n * (raw.n + 1)) / 2, ties: raw.ties }),
      D: jeffreys(a.map((v, i) => ({ a: v, c: c[i]! }))).excess,
      median: raw.median,
      base,
      d: cohenD(moments(raw.n, raw.mean1, raw.sd1), moments(raw.m, raw.mean2, raw.sd2)),
    }),
    known,
    sql: [first, second],
  };
}
const one = (n: number): Mass => ({ n, w: n, w2: n, wx: n });
