import type { ProfileTag } from '../core/profile.ts';
import type { Entity } from '../core/tag.ts';

/** Parts of a profile below "what sets it apart", in the order they are read. */
export const USER_PARTS = ['who', 'value', 'lifecycle', 'preferences', 'when', 'where', 'through'] as const;
export const PRODUCT_PARTS = ['what', 'value', 'price', 'lifecycle', 'together', 'audience', 'where', 'through'] as const;
export type Part = (typeof USER_PARTS)[number] | (typeof PRODUCT_PARTS)[number];
export interface TagPart {
  part: Part;
  tags: ProfileTag[];
}

const USERS: Partial<Record<string, Part>> = {
  ...of('when', 'preferred_hour', 'preferred_weekday', 'weekend_share'),
  ...of('lifecycle', 'buyer_status', 'recency', 'first_purchase', 'cohort_month', 'tenure', 'tenure_days', 'signup_month', 'rfm_group', 'rfm_score'),
  ...of('where', 'country', 'region', 'city', 'postcode'),
};
const PRODUCTS: Partial<Record<string, Part>> = {
  ...of('lifecycle', 'stage', 'trend', 'trend_per_week', 'seasonal', 'season_peak', 'xyz', 'days_since_sale', 'supply_hint', 'launched_at'),
  ...of('together', 'attach_rate', 'attach_partner', 'return_rate', 'refunded', 'refund_units', 'repeat_rate', 'cannibalised_by'),
  ...of('audience', 'audience_gender', 'audience_age_band', 'buyers', 'viewers', 'penetration'),
};
function of(part: Part, ...ids: string[]): Partial<Record<string, Part>> {
  return Object.fromEntries(ids.map((id) => [id, part]));
}
const WHERE = /^(?:line:|main_|attr:)?(?:country|region|city|city_tier|postcode)$/;
const THROUGH = /^(?:line:|main_|attr:|signup_)?(?:device|os|channel|campaign)$/;
const BY_DIMENSION: Record<string, Part> = {
  demographic: 'who',
  'purchasing power': 'value',
  activity: 'lifecycle',
  interests: 'preferences',
  'consumption needs': 'preferences',
  social: 'who',
  product: 'what',
  price: 'price',
  sales: 'value',
};

/** The part of the profile that a tag is read in. A sale's own columns (`line:…`) say where and through what it was made. */
export function partOf(tag: Pick<ProfileTag, 'id' | 'dimension'>, entity: Entity): Part {
  if (WHERE.test(tag.id)) return 'where';
  if (THROUGH.test(tag.id)) return 'through';
  return (entity === 'user' ? USERS : PRODUCTS)[tag.id] ?? BY_DIMENSION[tag.dimension] ?? (entity === 'user' ? 'who' : 'what');
}

/** Tags of a profile by part, parts in reading order, within a part as they come (what tells apart most first). Empty parts are left out. */
export function inReadingOrder(tags: ProfileTag[], entity: Entity): TagPart[] {
  const parts: readonly Part[] = entity === 'user' ? USER_PARTS : PRODUCT_PARTS;
  return parts.map((part) => ({ part, tags: tags.filter((t) => partOf(t, entity) === part) })).filter((g) => g.tags.length > 0);
}
