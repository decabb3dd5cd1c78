import type { Middle } from '../core/moment.ts';
import type { ProfileFigure } from '../core/profile.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { RuleContext } from '../segments/context.ts';
import { jeffreys } from '../stats/divergence.ts';
import { mannWhitney, rankSums } from '../stats/ranks.ts';
import type { TagCounts } from './cells-sql.ts';
import { figuresOf } from './figures.ts';
import { markGroups, type Groups } from './groups.ts';
import { answer, type NumberAnswer } from './numbers.ts';

/**
 * A number now against the last snapshot: medians as they are and were, difference and test by the bands of then, whose members count as ties. That is coarser
 * than by values, of which none are kept, and finds rather less than there is. Null where the snapshot has no median of it, or no bands.
 */
export function numberSince(tag: TagInfo, counts: TagCounts, now: number | undefined, then: Middle | undefined): NumberAnswer | null {
  if (now === undefined || !then || !tag.bands) return null;
  const order = tag.bands.labels;
  const bands = counts.values
    .map((v) => ({ at: order.indexOf(v.value), a: v.s.n, c: v.b.n }))
    .filter((b) => b.at >= 0)
    .sort((x, y) => x.at - y.at);
  if (bands.length !== counts.values.length) return null;
  const test = mannWhitney(rankSums(bands));
  return answer({ test, D: jeffreys(bands).excess, median: now, base: then[0], d: null });
}

/** What members of then had: how many, and their mean. */
type MeanThen = (id: string) => { n: number; mean: number } | null;

/** Means per member now, each beside that of the snapshot; where it kept none, beside nothing. */
export async function figuresSince(
  engine: Engine,
  groups: Groups | null,
  entity: Entity,
  ctx: RuleContext,
  opts: QueryOptions,
  then: MeanThen,
): Promise<{ figures: ProfileFigure[]; sql: string[] }> {
  const marked = groups ?? (await markGroups(engine, null, entity, { kind: 'everyone' }, ctx, opts));
  try {
    const { figures, sql } = await figuresOf(engine, marked, ctx, opts);
    return { figures: figures.map((f) => ({ ...f, base: baseThen(f.id, then) })), sql };
  } finally {
    if (!groups) await marked.drop();
  }
}

function baseThen(id: string, then: MeanThen): number | null {
  if (id !== 'aov') return then(id)?.mean ?? null;
  // Revenue over orders of all together.
  const [money, orders] = [then('monetary'), then('orders')];
  return money && orders && orders.n * orders.mean > 0 ? (money.n * money.mean) / (orders.n * orders.mean) : null;
}
