import type { SegmentRef } from '../../core/profile.ts';
import type { Segment } from '../../core/rule.ts';
import type { QueryOptions } from '../../engine/engine.ts';
import type { LineCount } from '../alone.ts';
import { tagOf, type RuleContext } from '../context.ts';
import { isGroup, linesOfGroup } from '../edit.ts';
import { cutOf, partitionOf, type Partition } from '../partition.ts';
import type { SegmentSize } from '../size.ts';
import { membersSql } from '../sql.ts';
import { validate } from '../validate.ts';
import { words } from '../words.ts';
import { andInto, countBits, ordinals, orInto, type Bits } from './bits.ts';
import type { Column } from './column.ts';
import { planOf } from './plan.ts';
import type { Evaluator } from './evaluate.ts';

/** Sum of a column's known values over a set, with the compensation of Neumaier (1974), to six decimals as the SQL rounds. */
export function sumOver(column: Column | undefined, bits: Bits): number | null {
  if (column?.kind !== 'number') return null;
  const { values, codes } = column;
  let [sum, lost] = [0, 0];
  for (let w = 0; w < bits.length; w++) {
    for (let word = bits[w]!; word !== 0; word &= word - 1) {
      const code = codes[(w << 5) + 31 - Math.clz32(word & -word)]!;
      if (code === 0) continue;
      const x = values[code - 1]!;
      const next = sum + x;
      lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
      sum = next;
    }
  }
  return Math.round((sum + lost) * 1e6) / 1e6;
}

/** As `sizeOf`, without a query where the engine was asked before for what only it knows. Throws what `validate` throws. */
export async function sizeBy(index: Evaluator, ref: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<SegmentSize> {
  validate(ref, ctx);
  const started = performance.now();
  const bits = await index.members(ref, ctx, opts);
  const money = index.table.entity === 'user' ? 'monetary' : 'revenue';
  const revenue = tagOf(ctx, index.table.entity, money) ? sumOver(index.table.columns.get(money), bits) : null;
  const n = countBits(bits);
  const ms = performance.now() - started;
  return { n, universe: index.table.n, revenue, ms, words: words(ref, ctx), sql: membersSql(ref, ctx) };
}

/** As `linesOf`: each line of the outer group alone, and left after it and all before. */
export async function linesBy(index: Evaluator, ref: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<LineCount[]> {
  validate(ref, ctx);
  const lines = isGroup(ref.rule) ? linesOfGroup(ref.rule) : [ref.rule];
  const plans = lines.map((rule) => planOf({ rule }, ctx, index.table));
  for (const plan of plans) await index.prepare(plan, ctx, opts);
  const any = 'any' in ref.rule;
  let so: Bits | null = null;
  return plans.map((plan) => {
    const bits = index.run(plan, ctx);
    if (so) (any ? orInto : andInto)(so, bits);
    else so = bits.slice();
    return { alone: countBits(bits), left: countBits(so) };
  });
}

/** As `partition`. */
export async function partitionBy(index: Evaluator, segments: Segment[], ctx: RuleContext, opts: QueryOptions = {}): Promise<Partition> {
  const started = performance.now();
  const { ids, all, sql } = cutOf(segments, ctx);
  const masks = new Uint32Array(index.table.n);
  for (const [i, s] of segments.entries()) for (const who of ordinals(await index.members(s, all, opts))) masks[who]! |= 1 << i;
  const counts = new Map<number, number>();
  for (const mask of masks) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  const found = Array.from(counts, ([mask, n]) => ({ mask, n })).sort((x, y) => y.n - x.n || x.mask - y.mask);
  return { ...partitionOf(ids, found, ctx.basis.k), sql, ms: performance.now() - started };
}
