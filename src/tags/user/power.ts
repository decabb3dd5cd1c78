import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';
import { below } from '../bands.ts';

export const powerRelations: Relation[] = [
  /** 0.4 price level of what was bought (by spend) + 0.3 average order + 0.3 spend, each a mid-percentile; a missing part is left out and the weights rescaled. */
  defineRelation({
    name: 'power',
    entity: 'user',
    uses: ['price_pos'],
    tags: ['orders', 'monetary', 'aov'],
    sql: () => `WITH a AS (SELECT u, fsum(amount * price_pct) / nullif(fsum(amount), 0) AS a FROM ev0 JOIN price_pos USING (p) WHERE buy AND amount IS NOT NULL GROUP BY u),
  b AS (SELECT u, midpct(aov) AS b, midpct(monetary) AS c FROM ut WHERE orders > 0)
SELECT u, 100 * CASE WHEN a IS NULL THEN (.3 * b + .3 * c) / .6 ELSE .4 * a + .3 * b + .3 * c END AS purchasing_power
FROM b LEFT JOIN a USING (u)`,
  }),
  /** Share of own orders with a discount over that share of all orders. */
  defineRelation({
    name: 'discounts',
    entity: 'user',
    uses: [],
    sql: () => `WITH o AS (SELECT u, ord, max(coalesce(discount, 0)) > 0 AS x FROM ev0 WHERE buy GROUP BY u, ord)
SELECT u, avg(x::INT) / (SELECT nullif(avg(x::INT), 0) FROM o) AS sensitivity FROM o GROUP BY u HAVING count(*) >= 3`,
  }),
  /** Share of own units bought more than 1 % below the product's median paid price, over products whose paid price varied. */
  defineRelation({
    name: 'bargains',
    entity: 'user',
    uses: [],
    sql: () => `WITH l AS (SELECT u, p, quantity, paid FROM ev0 WHERE buy AND paid IS NOT NULL),
  g AS (SELECT p, median(paid) AS m FROM l GROUP BY p HAVING min(paid) < max(paid))
SELECT u, coalesce(sum(quantity) FILTER (paid < .99 * m), 0) / sum(quantity) AS sensitivity FROM l JOIN g USING (p) GROUP BY u HAVING count(*) >= 3`,
  }),
];

const base = { entity: 'user', dimension: 'purchasing power', kind: 'dynamic', unit: '', rows: 'buy' } as const;
export const powerTags: TagDef[] = [
  defineTag({
    ...base,
    id: 'purchasing_power',
    title: 'Purchasing power',
    type: 'number',
    unit: 'of 100',
    needs: ['events:purchase', 'events.amount'],
    description: '0 to 100 among buyers: how dear the bought products are within their category, how large the orders, how much in all.',
    plan: { kind: 'column', relation: 'power', column: 'purchasing_power' },
    bands: { edges: [25, 50, 75], labels: ['low', 'lower middle', 'upper middle', 'high'], leftClosed: true },
    nullRule: 'Unknown for users who never bought.',
  }),
  defineTag({
    ...base,
    id: 'discount_sensitivity',
    title: 'Discount sensitivity',
    type: 'number',
    needs: ['events:purchase', 'events.discount'],
    description: 'The share of own orders with a discount, over that share in all orders; 1 is like everyone.',
    plan: { kind: 'column', relation: 'discounts', column: 'sensitivity' },
    bands: { edges: [0.5, below(1.5)], labels: ['full price', 'mixed', 'deal seeker'] },
    nullRule: 'Unknown under 3 orders.',
    source: 'deal proneness: Lichtenstein, Netemeyer & Burton 1990',
  }),
  defineTag({
    ...base,
    id: 'price_sensitivity',
    title: 'Price sensitivity',
    type: 'share',
    needs: ['events:purchase', 'events.amount', 'events.product_id'],
    description: 'The share of own units bought more than 1 % below the usual price of the product, over products whose price varied.',
    plan: { kind: 'column', relation: 'bargains', column: 'sensitivity' },
    bands: { edges: [1 / 3, below(2 / 3)], labels: ['low', 'middle', 'high'] },
    nullRule: 'Unknown under 3 lines of products whose price varied.',
  }),
];
