import type { Profile } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { entityOf, type RuleContext } from '../segments/context.ts';
import { markGroups } from './groups.ts';
import { tagsInRule } from './in-rule.ts';
import { describe } from './profile.ts';

/** Two segments held against each other, and how many members they share. */
export interface PairProfile {
  profile: Profile;
  onlyA: number;
  onlyB: number;
  both: number;
}
export interface PairOptions {
  /** Tags to mark as the rule's own. */
  inRule?: Set<string>;
  /** Tags to show; those worth a picture where it is not given. */
  tags?: string[];
}

/**
 * Segment a against segment b: each with its own shares, TGI = 100 · share in a / share in b; members of both are left out of the tests only.
 * Tags of `inRule`, those that either rule names where it is not given, are marked as the rule's own.
 */
export async function compare(
  engine: Engine,
  a: Segment,
  b: Segment,
  ctx: RuleContext,
  opts: QueryOptions = {},
  { inRule = new Set([...tagsInRule(a, ctx), ...tagsInRule(b, ctx)]), tags }: PairOptions = {},
): Promise<PairProfile> {
  const started = performance.now();
  const groups = await markGroups(engine, a, entityOf(a), { kind: 'ref', segment: b }, ctx, opts);
  try {
    const profile = await describe(engine, groups, { segment: a, weight: 'users', ...(tags ? { tags } : {}) }, inRule, ctx, opts);
    return {
      profile: { ...profile, ms: performance.now() - started },
      onlyA: groups.n - groups.both,
      onlyB: groups.N - groups.both,
      both: groups.both,
    };
  } finally {
    await groups.drop();
  }
}
