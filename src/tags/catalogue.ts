import type { Entity } from '../core/tag.ts';
import { attributes } from './attributes.ts';
import type { Relation, TagContext, TagDef, TagMaker } from './define.ts';
import { audienceRelations, audienceTags } from './product/audience.ts';
import { basketRelations, basketTags } from './product/basket.ts';
import { calendarRelations } from './product/calendar.ts';
import { factTags } from './product/facts.ts';
import { cannibalRelations, cannibalTags } from './product/cannibal.ts';
import { competitionRelations, priceRelations, priceTags } from './product/price.ts';
import { salesRelations, salesTags } from './product/sales.ts';
import { supplyRelations, supplyTags } from './product/supply.ts';
import { trendRelations, trendTags } from './product/trend.ts';
import { activityTags } from './user/activity.ts';
import { cartRelations, cartTags } from './user/cart.ts';
import { habitRelations, habitTags } from './user/habits.ts';
import { affinityRelations, interestRelations, interestTags } from './user/interests.ts';
import { lifecycleRelations, lifecycleTags } from './user/lifecycle.ts';
import { nextRelations, nextTags } from './user/next.ts';
import { personTags } from './user/person.ts';
import { powerRelations, powerTags } from './user/power.ts';
import { rfmRelations, rfmTags } from './user/rfm.ts';
import { socialRelations, socialTags } from './user/social.ts';
import { spendTags } from './user/spend.ts';
import { streakRelations, streakTags } from './user/streaks.ts';

/** Every user tag, in the order of the catalogue. */
export const USER_TAGS: readonly (TagDef | TagMaker)[] = [
  ...personTags,
  attributes('user'),
  ...activityTags,
  ...habitTags,
  ...streakTags,
  ...cartTags,
  ...lifecycleTags,
  ...spendTags,
  ...rfmTags,
  ...powerTags,
  ...interestTags,
  ...nextTags,
  ...socialTags,
];
/** Every product tag, in the order of the catalogue. */
export const PRODUCT_TAGS: readonly (TagDef | TagMaker)[] = [
  ...factTags,
  ...priceTags,
  attributes('product'),
  ...salesTags,
  ...trendTags,
  ...supplyTags,
  ...basketTags,
  ...audienceTags,
  ...cannibalTags,
];

const RELATIONS = new Map<string, Relation>();
for (const relation of [
  ...habitRelations,
  ...streakRelations,
  ...cartRelations,
  ...lifecycleRelations,
  ...rfmRelations,
  ...powerRelations,
  ...interestRelations,
  ...affinityRelations,
  ...nextRelations,
  ...socialRelations,
  ...priceRelations,
  ...competitionRelations,
  ...salesRelations,
  ...calendarRelations,
  ...trendRelations,
  ...supplyRelations,
  ...basketRelations,
  ...audienceRelations,
  ...cannibalRelations,
]) {
  if (RELATIONS.has(relation.name)) throw new Error(`two relations are called ${relation.name}`);
  RELATIONS.set(relation.name, relation);
}

/** A named sub-query; throws for a name nobody defined, as that is a mistake in a definition. */
export function relationNamed(name: string): Relation {
  const found = RELATIONS.get(name);
  if (!found) throw new Error(`no relation ${name}`);
  return found;
}

/** All definitions of an entity for this data and basis, whether their needs are met or not. */
export function definitions(entity: Entity, ctx: TagContext): TagDef[] {
  const all = (entity === 'user' ? USER_TAGS : PRODUCT_TAGS).flatMap((t) => (typeof t === 'function' ? t(ctx) : [t]));
  const seen = new Set<string>();
  for (const t of all) {
    if (seen.has(t.id)) throw new Error(`two ${entity} tags are called ${t.id}`);
    seen.add(t.id);
  }
  return all;
}
