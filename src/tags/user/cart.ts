import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';

export const cartRelations: Relation[] = [
  /** A cart is left if its user did not buy its product within 7 times 86,400 seconds. */
  defineRelation({
    name: 'left_carts',
    entity: 'user',
    uses: [],
    sql: () => `WITH c AS (SELECT u, p, utc FROM ev0 WHERE event = 'cart' AND utc < as_of_utc() - INTERVAL 7 DAY),
  b AS (SELECT u, p, utc FROM ev0 WHERE buy AND p IS NOT NULL)
SELECT u, avg((NOT EXISTS (FROM b WHERE b.u = c.u AND b.p = c.p AND b.utc BETWEEN c.utc AND c.utc + INTERVAL 7 DAY))::INT) AS share
FROM c GROUP BY u`,
  }),
];

export const cartTags: TagDef[] = [
  defineTag({
    id: 'cart_abandonment',
    entity: 'user',
    title: 'Baskets left',
    description: 'The share of products put into the basket that were not bought within 7 days; the last 7 days are left out.',
    dimension: 'activity',
    kind: 'dynamic',
    type: 'share',
    unit: '',
    needs: ['events:cart', 'at', 'events.product_id'],
    plan: { kind: 'column', relation: 'left_carts', column: 'share' },
    bands: 'quantiles',
    nullRule: 'Unknown without a basket older than 7 days.',
    rows: "event = 'cart'",
  }),
];
