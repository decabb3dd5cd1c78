import { TesseraError } from '../core/errors.ts';
import { rows } from '../core/frame.ts';
import type { Rule, Segment } from '../core/rule.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { pearson } from '../stats/chi2.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { entityOf, TABLE, type RuleContext } from './context.ts';
import { ruleExpr } from './sql.ts';
import { validate } from './validate.ts';

/** Sets in one picture: their masks are 32-bit integers. */
export const MOST_SETS = 30;

/** One part of the universe: the members of exactly the segments whose bits are set in `mask`. `n` null: hidden, from 1 to k − 1 members. */
export interface Part {
  mask: number;
  n: number | null;
}
/**
 * Two segments of a partition by their places. `lift`: shared members ÷ those that independence would give; null: hidden, or nobody to divide by.
 * `clear`: the lift is not chance, by Pearson's χ² of the 2 × 2 table, false discovery rate 5 % over all pairs (Benjamini-Hochberg). Never with an
 * expected count below 5.
 */
export interface Pair {
  i: number;
  j: number;
  both: number | null;
  lift: number | null;
  clear: boolean;
}
/** How segments of one entity cut the universe. Counts from 1 to k − 1 are null. JSON. */
export interface Partition {
  ids: string[];
  universe: number;
  k: number;
  sizes: number[];
  /** Every part that somebody is in, and always the part outside all; largest first. */
  parts: Part[];
  pairs: Pair[];
  /** Members of no, exactly one, more than one segment. */
  none: number | null;
  one: number | null;
  several: number | null;
  sql: string;
  ms: number;
}

export const inMask = (mask: number, i: number): boolean => (mask & (1 << i)) !== 0;
export const countBits = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + countBits(mask >>> 1));

/** Cuts the universe by 1 to 30 segments of one entity, in one query. Throws what `cutOf` throws. */
export async function partition(engine: Engine, segments: Segment[], ctx: RuleContext, opts: QueryOptions = {}): Promise<Partition> {
  const started = performance.now();
  const { ids, sql } = cutOf(segments, ctx);
  const found = rows<{ mask: number; n: number }>(await engine.query(sql, opts)).map(({ mask, n }) => ({ mask: Number(mask), n: Number(n) }));
  return { ...partitionOf(ids, found, ctx.basis.k), sql, ms: performance.now() - started };
}

/** What a partition cuts by, and the SELECT that counts its parts. Throws what `validate` throws, and PARAM_INVALID for mixed entities or too many. */
export function cutOf(segments: Segment[], ctx: RuleContext): { ids: string[]; all: RuleContext; sql: string } {
  if (segments.length < 1 || segments.length > MOST_SETS)
    throw new TesseraError('PARAM_INVALID', `${segments.length} segments cannot be laid over each other.`, { next: `Choose 1 to ${MOST_SETS}.` });
  const entity = entityOf(segments[0]!);
  if (segments.some((s) => entityOf(s) !== entity))
    throw new TesseraError('PARAM_INVALID', 'Segments of users and of products have no members in common.', { next: 'Choose segments of one kind.' });
  for (const s of segments) validate(s, ctx);
  const all = { ...ctx, segments: [...ctx.segments.filter((s) => !segments.some((own) => own.id === s.id)), ...segments] };
  const flags = segments.map((s, i) => `CASE WHEN ${ruleExpr({ segment: s.id }, all, entity)} THEN ${2 ** i} ELSE 0 END`).join(' + ');
  const sql = `SELECT mask, count(*) AS n FROM (SELECT ${flags} AS mask FROM ${TABLE[entity].table} t) GROUP BY mask ORDER BY n DESC, mask`;
  return { ids: segments.map((s) => s.id), all, sql };
}

/** All figures of a partition from its exact parts; small ones hidden. Pure. */
export function partitionOf(ids: string[], found: { mask: number; n: number }[], k: number): Omit<Partition, 'sql' | 'ms'> {
  const sum = (of: (mask: number) => boolean): number => found.reduce((s, p) => (of(p.mask) ? s + p.n : s), 0);
  const few = (n: number): number | null => (n > 0 && n < k ? null : n);
  const universe = sum(() => true);
  const sizes = ids.map((_, i) => sum((m) => inMask(m, i)));
  const exact = found.some((p) => p.mask === 0) ? found : [...found, { mask: 0, n: 0 }];
  const pairs = ids.flatMap((_, i) =>
    ids.slice(i + 1).map((_id, at): Pair => {
      const j = i + 1 + at;
      const both = few(sum((m) => inMask(m, i) && inMask(m, j)));
      const chance = (sizes[i]! * sizes[j]!) / universe;
      return { i, j, both, lift: both === null || !(chance > 0) ? null : both / chance, clear: false };
    }),
  );
  const tests = pairs.map(({ i, j, both }) => {
    const test = both === null ? null : pearson(both, sizes[i]!, sizes[j]! - both, universe - sizes[i]!);
    return test && test.least >= 5 ? test.p : null;
  });
  benjaminiHochberg(tests).forEach((q, at) => (pairs[at]!.clear = q !== null && q <= 0.05));
  return {
    ids,
    universe,
    k,
    sizes,
    parts: hideSmall(exact, k),
    pairs,
    none: few(sum((m) => m === 0)),
    one: few(sum((m) => countBits(m) === 1)),
    several: few(sum((m) => countBits(m) > 1)),
  };
}

/** Parts below k hidden; where it is only one, the next smallest too, lest it follow from the rest (Cox 1980). */
function hideSmall(parts: { mask: number; n: number }[], k: number): Part[] {
  const small = parts.filter((p) => p.n > 0 && p.n < k);
  const next = small.length === 1 ? parts.filter((p) => p.n >= k).sort((a, b) => a.n - b.n)[0] : undefined;
  return parts.map((p) => ({ mask: p.mask, n: small.includes(p) || p === next ? null : p.n }));
}

/** The rule of exactly the members of a part: in each segment of the mask, in none of the others. */
export function partRule(ids: readonly string[], mask: number): Rule {
  const within = ids.filter((_, i) => inMask(mask, i)).map((segment): Rule => ({ segment }));
  const without = ids.filter((_, i) => !inMask(mask, i)).map((segment): Rule => ({ segment }));
  if (within.length === 0) return { not: without.length === 1 ? without[0]! : { any: without } };
  if (without.length === 0) return { all: within };
  return { all: [...within, ...without.map((r): Rule => ({ not: r }))] };
}

/** Union, intersection or difference of two segments as a rule. */
export function combined(how: 'both' | 'either' | 'without', a: string, b: string): Rule {
  if (how === 'both') return { all: [{ segment: a }, { segment: b }] };
  if (how === 'either') return { any: [{ segment: a }, { segment: b }] };
  return { all: [{ segment: a }, { not: { segment: b } }] };
}
