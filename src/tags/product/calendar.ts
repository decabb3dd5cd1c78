import type { Relation } from '../define.ts';
import { defineRelation, eventsOf } from '../define.ts';

/** Sales by calendar month: the ground of xyz, seasonal and stage. A month is full if it lies within [first day of the data, asOf). */
export const calendarRelations: Relation[] = [
  defineRelation({
    name: 'months',
    entity: 'product',
    uses: [],
    sql: ({ basis }) => `SELECT m::DATE AS m
FROM (SELECT unnest(generate_series(date_trunc('month', (SELECT min(d) FROM ${eventsOf('product', basis)})::TIMESTAMP), as_of(), INTERVAL 1 MONTH)) AS m)
WHERE m >= (SELECT min(d) FROM ${eventsOf('product', basis)}) AND m + INTERVAL 1 MONTH <= as_of()`,
  }),
  defineRelation({
    name: 'sales_by_month',
    entity: 'product',
    uses: [],
    sql: ({ basis }) => `SELECT p, date_trunc('month', d)::DATE AS m, sum(quantity) AS units, count(DISTINCT ord) AS n
FROM ${eventsOf('product', basis)} WHERE buy AND p IS NOT NULL AND d IS NOT NULL GROUP BY ALL`,
  }),
  /** Units and orders per product and full month since its first sale, zeros included. */
  defineRelation({
    name: 'pm',
    entity: 'product',
    uses: ['months', 'sales_by_month'],
    sql: () => `SELECT f.p, m, coalesce(units, 0) AS units, coalesce(n, 0) AS n
FROM (SELECT p, min(m) AS f FROM sales_by_month GROUP BY p) f JOIN months ON m >= f LEFT JOIN sales_by_month s USING (p, m)`,
  }),
];
