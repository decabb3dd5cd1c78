import type { Segment } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import type { RuleContext } from './context.ts';
import { listsIn } from './id-list.ts';
import { quoted, segmentNames } from './names.ts';
import { numberWords } from './words-number.ts';
import { valueWords } from './words-test.ts';

/** The seed that goes without saying. */
export const DEFAULT_SEED = 'a';
/** " with seed b": nothing where it is the one that is meant anyway. */
export const seedWords = (seed: string): string => (seed === DEFAULT_SEED ? '' : ` with seed ${valueWords(seed, 'text')}`);

/** From how many ids on a list is named by a segment that holds it, where there is one. */
const MANY = 20;

/**
 * "one of 3 listed users". In full a sentence says which: by the segment that holds the very list ("… of “Partners”"), where it is long and one does,
 * else one by one.
 */
export function idsWords(ids: readonly string[], ctx: RuleContext, entity: Entity, full: boolean): string {
  const head = `one of ${numberWords(ids.length)} listed ${entity}${ids.length === 1 ? '' : 's'}`;
  if (!full) return head;
  const holder = ids.length > MANY ? ctx.segments.find((s) => same(listOf(s, ids.length, entity), ids)) : undefined;
  return holder
    ? `${head} of ${quoted(segmentNames(ctx, entity).get(holder.id)!)}`
    : `${head} (${ids.map((id) => valueWords(id, 'text')).join(', ')})`;
}

/** The only list of so many ids in a segment's own rule; null where there is none or several. */
export function listOf(segment: Segment, n: number, entity: Entity): readonly string[] | null {
  if ((segment.entity ?? 'user') !== entity) return null;
  const lists = listsIn(segment.rule).filter((ids) => ids.length === n);
  return lists.length === 1 ? lists[0]! : null;
}
const same = (a: readonly string[] | null, b: readonly string[]): boolean => a !== null && (a === b || a.every((id, i) => id === b[i]));
