import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag, eventsOf } from '../define.ts';

export const trendRelations: Relation[] = [
  defineRelation({
    name: 'variations',
    entity: 'product',
    uses: ['pm'],
    sql: () => `SELECT p, stddev_samp(units) / nullif(avg(units), 0) AS cv, CASE WHEN cv <= .5 THEN 'X' WHEN cv <= 1 THEN 'Y' ELSE 'Z' END AS xyz
FROM pm GROUP BY p HAVING count(*) >= 6 AND sum(units) > 0`,
  }),
  /** Mann-Kendall z with ties and continuity correction, Theil-Sen slope, over the last 12 full weeks from the week of the first sale. */
  defineRelation({
    name: 'trends',
    entity: 'product',
    uses: [],
    sql: ({ basis }) => {
      const ev = eventsOf('product', basis);
      return `WITH w AS (
    SELECT w::DATE AS w, row_number() OVER (ORDER BY w) AS i
    FROM (SELECT unnest(generate_series(date_trunc('week', as_of()) - INTERVAL 12 WEEK, date_trunc('week', as_of()) - INTERVAL 1 WEEK, INTERVAL 1 WEEK)) AS w)
  ),
  y AS (
    SELECT p, i, coalesce(u, 0) AS y
    FROM (SELECT p, date_trunc('week', min(d))::DATE AS f FROM ${ev} WHERE buy AND p IS NOT NULL AND d IS NOT NULL GROUP BY p) JOIN w ON w >= f
    LEFT JOIN (SELECT p, date_trunc('week', d)::DATE AS w, sum(quantity) AS u FROM ${ev} WHERE buy AND p IS NOT NULL AND d >= (SELECT min(w) FROM w) GROUP BY ALL) USING (p, w)
  ),
  s AS (SELECT a.p, sum(sign(b.y - a.y)) AS s, median((b.y - a.y) / (b.i - a.i)) AS slope FROM y a JOIN y b ON a.p = b.p AND a.i < b.i GROUP BY a.p),
  t AS (SELECT p, sum(k * (k - 1) * (2 * k + 5)) AS t FROM (SELECT p, y, count(*) AS k FROM y GROUP BY p, y) GROUP BY p),
  n AS (SELECT p, count(*) AS n, sum(y) AS u FROM y GROUP BY p)
SELECT p, slope / (u / n) AS per_week, coalesce((s - sign(s)) / sqrt(nullif(n * (n - 1) * (2 * n + 5) - t, 0) / 18), 0) AS z,
  CASE WHEN z > 1.959964 THEN 'rising' WHEN z < -1.959964 THEN 'falling' ELSE 'flat' END AS trend
FROM s JOIN t USING (p) JOIN n USING (p) WHERE n >= 8 AND u >= 10`;
    },
  }),
  /**
   * 12 to 23 full months: the largest share of 3 consecutive calendar months. From 24 on: strength of seasonality max(0, 1 − Var(R) / Var(S + R)) of a
   * classical additive decomposition (centred 2×12 moving average; Wang, Smith & Hyndman 2006).
   */
  defineRelation({
    name: 'seasons',
    entity: 'product',
    uses: ['pm'],
    sql: () => `WITH size AS (SELECT p, count(*) AS months, sum(units) AS t FROM pm GROUP BY p),
  c AS (SELECT p, month(m) AS mo, sum(units) AS u, count(*) OVER (PARTITION BY p) AS l FROM pm GROUP BY p, month(m)),
  s AS (SELECT a.p, a.mo, sum(b.u) AS s FROM c a JOIN c b ON a.p = b.p AND (b.mo - a.mo + 12) % 12 < 3 WHERE a.l = 12 GROUP BY a.p, a.mo),
  peak AS (SELECT p, max(s) AS top, arg_min(mo, row(-s, mo)) AS from_month FROM s GROUP BY p),
  ma AS (
    SELECT p, m, units, CASE WHEN count(*) OVER w = 13 THEN (sum(units) OVER w - (lag(units, 6) OVER o + lead(units, 6) OVER o) / 2) / 12 END AS trend
    FROM pm WINDOW o AS (PARTITION BY p ORDER BY m), w AS (PARTITION BY p ORDER BY m ROWS BETWEEN 6 PRECEDING AND 6 FOLLOWING)
  ),
  season AS (SELECT p, month(m) AS mo, avg(units - trend) AS s FROM ma WHERE trend IS NOT NULL GROUP BY p, month(m)),
  level AS (SELECT p, avg(s) AS mid FROM season GROUP BY p),
  strength AS (
    SELECT ma.p, greatest(0, 1 - var_samp(units - trend - (s - mid)) / nullif(var_samp(units - trend), 0)) AS f
    FROM ma JOIN season ON season.p = ma.p AND season.mo = month(ma.m) JOIN level ON level.p = ma.p WHERE trend IS NOT NULL GROUP BY ma.p
  )
SELECT p, top / t AS peak, from_month, CASE WHEN months >= 24 THEN coalesce(f, 0) >= .64 ELSE top / t >= .6 END AS seasonal
FROM size JOIN peak USING (p) LEFT JOIN strength USING (p) WHERE t >= 30`,
  }),
  /** Life cycle on the share of the shop's orders that contain the product, by full months since its first sale. */
  defineRelation({
    name: 'stages',
    entity: 'product',
    uses: ['pm'],
    tags: ['sold_orders', 'days_since_sale', 'first_sale'],
    sql: ({ basis }) => {
      const ev = eventsOf('product', basis);
      return `WITH tot AS (SELECT date_trunc('month', d)::DATE AS m, count(DISTINCT ord) AS t FROM ${ev} WHERE buy AND d IS NOT NULL GROUP BY 1),
  y AS (
    SELECT p, n / t AS y, row_number() OVER (PARTITION BY p ORDER BY m DESC) AS k, avg(n / t) OVER r AS ma, count(*) OVER r AS w
    FROM pm JOIN tot USING (m) WINDOW r AS (PARTITION BY p ORDER BY m ROWS 2 PRECEDING)
  ),
  s AS (SELECT p, count(*) AS l, avg(y) FILTER (k <= 3) AS c3, avg(y) FILTER (k BETWEEN 4 AND 6) AS p3, max(ma) FILTER (w = 3) AS pk FROM y GROUP BY p),
  b AS (
    SELECT p, sold_orders AS o, days_since_sale AS dss,
      CASE WHEN launched_at IS NOT NULL THEN ago(launched_at) WHEN first_sale::DATE - (SELECT min(d) FROM ${ev}) > 30 THEN ago(first_sale) END AS age
    FROM pt LEFT JOIN (SELECT p, launched_at FROM product_base) USING (p) WHERE sold_orders > 0
  )
SELECT p, CASE WHEN age <= 90 THEN 'introduction' WHEN o < 10 OR coalesce(l, 0) < 3 THEN NULL WHEN dss > 90 OR c3 < .5 * pk THEN 'decline' WHEN c3 >= 1.2 * p3 THEN 'growth' ELSE 'maturity' END AS stage
FROM b LEFT JOIN s USING (p)`;
    },
  }),
];

const base = { entity: 'product', dimension: 'sales', kind: 'dynamic', unit: '', needs: ['events:purchase', 'at'], rows: 'buy' } as const;
export const trendTags: TagDef[] = [
  defineTag({
    ...base,
    id: 'xyz',
    title: 'XYZ class',
    type: 'enum',
    order: ['X', 'Y', 'Z'],
    plan: { kind: 'column', relation: 'variations', column: 'xyz' },
    description: 'How evenly it sells by month: X steady, Y varying, Z erratic (variation up to 0.5, up to 1, above).',
    nullRule: 'Unknown under 6 full months since the first sale.',
  }),
  defineTag({
    ...base,
    id: 'trend',
    title: 'Trend',
    type: 'enum',
    order: ['rising', 'flat', 'falling'],
    plan: { kind: 'column', relation: 'trends', column: 'trend' },
    source: 'Mann 1945; Kendall 1975',
    description: 'Units by week over the last 12 full weeks: rising or falling where chance alone would hardly do that.',
    nullRule: 'Unknown under 8 weeks or 10 units.',
  }),
  defineTag({
    ...base,
    id: 'trend_per_week',
    title: 'Change per week',
    type: 'share',
    bands: 'quantiles',
    plan: { kind: 'column', relation: 'trends', column: 'per_week' },
    source: 'Sen 1968',
    description: 'The typical change of units from week to week, as a share of the mean week, over the last 12 full weeks.',
    nullRule: 'Unknown under 8 weeks or 10 units.',
  }),
  defineTag({
    ...base,
    id: 'seasonal',
    title: 'Seasonal',
    type: 'boolean',
    plan: { kind: 'column', relation: 'seasons', column: 'seasonal' },
    source: 'Wang, Smith & Hyndman 2006',
    description:
      'Sells mostly in one season: 60 % of units in three months in a row (one year only), or a strong yearly pattern over two years and more.',
    nullRule: 'Unknown under 12 full months since the first sale or 30 units.',
  }),
  defineTag({
    ...base,
    id: 'season_peak',
    title: 'Peak season share',
    type: 'share',
    bands: 'quantiles',
    plan: { kind: 'column', relation: 'seasons', column: 'peak' },
    description: 'The largest share of its units in three calendar months in a row.',
    nullRule: 'Unknown under 12 full months since the first sale or 30 units.',
  }),
  defineTag({
    ...base,
    id: 'stage',
    title: 'Sales stage',
    type: 'enum',
    order: ['introduction', 'growth', 'maturity', 'decline'],
    source: 'Levitt 1965; Polli & Cook 1969',
    plan: { kind: 'column', relation: 'stages', column: 'stage' },
    description: 'Introduction in the first 90 days; then growth, maturity or decline by its share of the shop’s orders over the last months.',
    nullRule: 'Unknown under 10 orders or 3 full months.',
  }),
];
