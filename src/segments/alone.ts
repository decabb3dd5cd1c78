import { rows } from '../core/frame.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Rule, Segment } from '../core/rule.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { entityOf, TABLE, type RuleContext } from './context.ts';
import { isGroup, linesOfGroup } from './edit.ts';
import { valueAt, withValue, type RulePath } from './path.ts';
import { ruleExpr } from './sql.ts';
import { problemsOf, validate } from './validate.ts';

/** Members of one line by itself, and of all lines up to and including it. */
export interface LineCount {
  alone: number;
  left: number;
}

/**
 * For each line of the rule's outer group: n alone, and n left after lines 1 to i (for `any`: n reached). A rule that is no group is one line.
 * One query; a leaf is evaluated once however often it is counted.
 */
export async function linesOf(engine: Engine, ref: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<LineCount[]> {
  validate(ref, ctx);
  const entity = entityOf(ref);
  const lines = isGroup(ref.rule) ? linesOfGroup(ref.rule) : [ref.rule];
  if (lines.length === 0) return [];
  const by = 'any' in ref.rule ? ' OR ' : ' AND ';
  const flags = lines.map((line, i) => `${ruleExpr(line, ctx, entity)} AS f${i}`).join(', ');
  const counts = lines.map((_, i) => {
    const upTo = lines
      .slice(0, i + 1)
      .map((_l, j) => `f${j}`)
      .join(by);
    return `count(*) FILTER (f${i}) AS a${i}, count(*) FILTER (${upTo}) AS l${i}`;
  });
  const frame = await engine.query(`SELECT ${counts.join(', ')} FROM (SELECT ${flags} FROM ${TABLE[entity].table} t)`, opts);
  const row = rows<Record<string, number>>(frame)[0]!;
  return lines.map((_, i) => ({ alone: row[`a${i}`]!, left: row[`l${i}`]! }));
}

/** Size of the whole segment with another number at one place. */
export interface StripCell {
  value: number;
  n: number;
  current: boolean;
}

/** x and round numbers around it for a strip: whole ones for counts, else multiples of 1, 2 or 5 times a power of ten; never below `least`. */
export function neighbours(x: number, whole: boolean, least = -Infinity, cells = 8): number[] {
  const step = whole && Math.abs(x) < 20 ? 1 : niceStep(Math.abs(x) / 8, whole);
  const at = (i: number): number => +(i * step).toPrecision(12);
  const below: number[] = [];
  for (let i = Math.ceil(x / step) - 1; below.length < Math.floor((cells - 1) / 2) && at(i) >= least; i--) below.unshift(at(i));
  const out = [...below, x];
  for (let i = Math.floor(x / step) + 1; out.length < cells; i++) out.push(at(i));
  return out;
}
function niceStep(x: number, whole: boolean): number {
  if (!(x > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= x * 0.99)!;
  return whole ? Math.max(1, Math.round(step)) : step;
}

/**
 * Sizes of the segment at numbers around the one at `path` (such as `all.0.did.count.gte`, `all.1.between.0`, `all.0.did.within.last.0`), in one query.
 * Values that would not be a valid rule are left out. Empty if there is no number at that path.
 */
export async function sizeStrip(
  engine: Engine,
  ref: SegmentRef,
  path: RulePath,
  ctx: RuleContext,
  opts: QueryOptions & { whole?: boolean } = {},
): Promise<StripCell[]> {
  const now = valueAt(ref.rule, path);
  if (typeof now !== 'number') return [];
  const entity = entityOf(ref);
  const counted = /(^|\.)(count|last|older|for|gap|within|top|bottom)(\.|$)/.test(path);
  const whole = opts.whole ?? (counted || isWholeTag(ref.rule, path, ctx));
  const tries = neighbours(now, whole, counted ? (path.includes('count') ? 0 : 1) : now >= 0 ? 0 : -Infinity).flatMap((value) => {
    const rule: Rule = withValue(ref.rule, path, value);
    const tried: Segment = { id: 'id' in ref ? ref.id : '', name: '', rule, entity };
    return problemsOf(tried, ctx).length ? [] : [{ value, rule }];
  });
  if (tries.length === 0) return [];
  const flags = tries.map((t, i) => `${ruleExpr(t.rule, ctx, entity)} AS f${i}`).join(', ');
  const frame = await engine.query(
    `SELECT ${tries.map((_, i) => `count(*) FILTER (f${i}) AS n${i}`).join(', ')} FROM (SELECT ${flags} FROM ${TABLE[entity].table} t)`,
    opts,
  );
  const row = rows<Record<string, number>>(frame)[0]!;
  return tries.map((t, i) => ({ value: t.value, n: row[`n${i}`]!, current: t.value === now }));
}

/** True if the number belongs to a tag that has whole numbers only. */
function isWholeTag(rule: Rule, path: RulePath, ctx: RuleContext): boolean {
  const keys = path.split('.');
  for (let i = keys.length - 1; i >= 0; i--) {
    const node = valueAt(rule, keys.slice(0, i).join('.'));
    if (typeof node === 'object' && node !== null && 'tag' in node) return ctx.tags.find((t) => t.id === node.tag)?.type === 'int';
  }
  return false;
}
