import { sha12, type Json } from '../core/canonical.ts';
import type { Segment } from '../core/rule.ts';
import { entityOf, segmentOf, tagOf, type RuleContext } from './context.ts';
import { listKey } from './id-list.ts';

/**
 * Names what a segment means: first 12 hex digits of SHA-256 over its rule and limit with the segments it names put in their place, the digests of the tags it
 * uses, zone and scope. Its name, and what the data make of it, are no part. Equal digests mean that only the people can have changed.
 */
export function meaningOf(segment: Segment, ctx: RuleContext): Promise<string> {
  const entity = entityOf(segment);
  const used = new Set<string>();
  const walking = new Set<string>();
  const whole = (s: Segment): Json => {
    // A circle cannot be counted; here it must only end.
    if (walking.has(s.id)) return s.id;
    walking.add(s.id);
    const { entity: of, rule, limit } = s;
    const made = resolved({ entity: of ?? 'user', rule, limit: limit ?? null });
    if (limit && 'top' in limit) used.add(limit.by);
    walking.delete(s.id);
    return made;
  };
  const resolved = (x: unknown): Json => {
    if (Array.isArray(x)) return x.map(resolved);
    if (typeof x !== 'object' || x === null) return x as Json;
    const part = x as Record<string, unknown>;
    if (typeof part['tag'] === 'string') used.add(part['tag']);
    // A window that starts from a date of the user's own.
    if (typeof part['after'] === 'string' && 'for' in part) used.add(part['after']);
    if (typeof part['segment'] === 'string') {
      const named = segmentOf(ctx, part['segment']);
      return { segment: named ? whole(named) : part['segment'] };
    }
    if (Array.isArray(part['ids'])) return { ids: listKey(part['ids'] as string[]) as Json };
    return Object.fromEntries(Object.entries(part).map(([k, v]) => [k, resolved(v)]));
  };
  const rule = whole(segment);
  const tags = [...used].sort().map((id): Json => [id, tagOf(ctx, entity, id)?.digest ?? null]);
  return sha12({ rule, tags, zone: ctx.basis.zone, scope: ctx.basis.scope });
}
