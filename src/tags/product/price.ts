import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';
import { below } from '../bands.ts';

export const priceRelations: Relation[] = [
  /** Mid-percentile of a product's price in its level-1 category; in the whole catalogue where that has fewer than 5 priced products. */
  defineRelation({
    name: 'price_pos',
    entity: 'product',
    uses: [],
    sql: () => `SELECT p, price, cat, CASE WHEN nc >= 5 THEN pc ELSE pa END AS price_pct
FROM (
  SELECT p, price, cat, count(*) OVER (PARTITION BY cat) AS nc,
    (rank() OVER (PARTITION BY cat ORDER BY price) - 1 + count(*) OVER (PARTITION BY cat, price) / 2) / count(*) OVER (PARTITION BY cat) AS pc,
    midpct(price) AS pa
  FROM product_base WHERE price IS NOT NULL
)`,
  }),
  defineRelation({
    name: 'price_bands',
    entity: 'product',
    uses: ['price_pos'],
    sql: () => `SELECT p, CASE WHEN price_pct <= 1/3 THEN 'low' WHEN price_pct <= 2/3 THEN 'mid' ELSE 'high' END AS band FROM price_pos`,
  }),
];

export const priceTags: TagDef[] = [
  defineTag({
    id: 'price',
    entity: 'product',
    title: 'Price',
    description: 'The price on file; without one the median price paid per piece.',
    dimension: 'price',
    kind: 'static',
    type: 'money',
    unit: 'money',
    needs: ['price'],
    plan: { kind: 'attribute', of: 't.price' },
    bands: 'quantiles',
    nullRule: 'Unknown without a price on file and without a purchase.',
  }),
  defineTag({
    id: 'price_band',
    entity: 'product',
    title: 'Price band',
    description: 'Low, mid or high third of the prices in the product’s main category.',
    dimension: 'price',
    kind: 'static',
    type: 'enum',
    unit: '',
    needs: ['price'],
    plan: { kind: 'column', relation: 'price_bands', column: 'band' },
    order: ['low', 'mid', 'high'],
    nullRule: 'Unknown without a price.',
  }),
  defineTag({
    id: 'price_position',
    entity: 'product',
    title: 'Against competitors',
    description: 'The price above (+) or below (−) the median price competitors ask.',
    dimension: 'price',
    kind: 'derived',
    type: 'share',
    unit: '',
    needs: ['price', 'products.competitor_price'],
    plan: { kind: 'column', relation: 'competition', column: 'position' },
    bands: { edges: [below(-0.05), 0.05], labels: ['cheaper', 'par', 'dearer'] },
    nullRule: 'Unknown without a competitor’s price.',
  }),
];
export const competitionRelations: Relation[] = [
  defineRelation({
    name: 'competition',
    entity: 'product',
    uses: [],
    sql: ({ facts }) => {
      const columns =
        facts.tables.products?.columns.filter((c) => c.role === 'competitor_price').map((c) => `"${c.name.replaceAll('"', '""')}"::DOUBLE`) ?? [];
      return `SELECT p, price / nullif(list_median([${columns.join(', ')}]), 0) - 1 AS position FROM product_base`;
    },
  }),
];
