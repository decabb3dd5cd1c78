import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag, eventsOf } from '../define.ts';
import { findColumn } from '../needs.ts';

export const supplyRelations: Relation[] = [
  /** Orders per day over the 84 days up to the last sale; the chance of no order in the days since is exp(−rate · days) (Poisson). */
  defineRelation({
    name: 'supply',
    entity: 'product',
    uses: [],
    sql: ({ basis, facts }) => {
      const ev = eventsOf('product', basis);
      const views = (facts.events.view ?? 0) > 0;
      const stock = findColumn(facts, 'products', 'stock') !== undefined;
      // A product nobody looks at any more is not missed: with views on file, a stock-out needs at least half of the views per day of before.
      const missed = views ? ' AND (w > 60 OR w = 0 OR gap_views / w >= .5 * views / days)' : '';
      const cover = stock
        ? "WHEN stock / nullif(units28 / 28, 0) < 14 THEN 'reorder' WHEN stock / nullif(units28 / 28, 0) > 180 THEN 'overstock' "
        : '';
      return `WITH b AS (SELECT p, max(d) AS l, min(d) AS f, coalesce(sum(quantity) FILTER (ts >= as_of() - INTERVAL 28 DAY), 0) AS units28 FROM ${ev} WHERE buy AND p IS NOT NULL GROUP BY p),
  r AS (
    SELECT p, any_value(ago(l)) AS w, any_value(least(84, l - f + 1)) AS days, any_value(units28) AS units28, count(DISTINCT ord) FILTER (buy AND d > l - 84) AS n,
      count(*) FILTER (event = 'view' AND d > l - 84 AND d <= l) AS views, count(*) FILTER (event = 'view' AND d > l) AS gap_views
    FROM b JOIN ${ev} USING (p) WHERE d > l - 84 GROUP BY p
  )
SELECT r.p, CASE ${cover}WHEN n >= 12 AND days >= 28 AND exp(-n / days * w) < .01${missed} THEN if(w <= 60, 'stock-out suspected', 'discontinued') WHEN w > 60 THEN 'slow mover' ELSE 'none' END AS hint
FROM r${stock ? ' LEFT JOIN (SELECT p, stock FROM product_base) USING (p)' : ''}`;
    },
  }),
];

export const supplyTags: TagDef[] = [
  defineTag({
    id: 'supply_hint',
    entity: 'product',
    title: 'Supply hint',
    dimension: 'sales',
    kind: 'dynamic',
    type: 'enum',
    unit: '',
    needs: ['events:purchase', 'at'],
    rows: 'buy',
    description:
      'Stock-out suspected: it sold steadily and then stopped within 60 days. Discontinued: longer ago. Slow mover: no sale for over 60 days. With stock on file: reorder under 14 days of cover, overstock over 180.',
    plan: { kind: 'column', relation: 'supply', column: 'hint' },
    order: ['none', 'reorder', 'stock-out suspected', 'overstock', 'slow mover', 'discontinued'],
    nullRule: 'Unknown for products never bought.',
  }),
];
