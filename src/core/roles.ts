/** What a column of a dropped file means. `mix:<tag>=<value>` columns of a media table carry the audience mix. */
export const ROLES = [
  'user_id', 'product_id', 'order_id', 'session_id', 'event_id', 'referrer_id', 'other_id', 'media_id', 'kind', 'experiment', 'value',
  'at', 'event', 'amount', 'quantity', 'discount', 'price', 'rating', 'query', 'status', 'device', 'os', 'channel', 'campaign',
  'gender', 'age', 'country', 'region', 'city', 'postcode', 'occupation', 'education', 'marital', 'income', 'deposit',
  'signup_at', 'launched_at', 'birth_date', 'signup_channel', 'tenure', 'email', 'phone', 'consent',
  'name', 'category', 'brand', 'style', 'risk_level', 'cost', 'competitor_price', 'stock',
  'reach', 'cpm', 'cpc', 'ctr', 'cvr', 'variant', 'label',
] as const;
export type Role = (typeof ROLES)[number] | `mix:${string}`;

export const TABLES = ['users', 'products', 'events', 'edges', 'media', 'outcomes'] as const;
export type TableName = (typeof TABLES)[number];

/** The kinds of event every file's own words are mapped to; any other word keeps its own name and counts as activity. */
export const EVENT_KINDS = ['view', 'search', 'cart', 'favourite', 'share', 'rate', 'login', 'purchase', 'refund', 'free', 'adjustment'] as const;
