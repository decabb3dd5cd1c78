import { column } from '../../core/frame.ts';
import type { Frame } from '../../core/frame.ts';
import { betaInc } from '../../stats/beta.ts';
import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag, eventsOf } from '../define.ts';

/** Days looked at before and after the newcomer's first sale. */
const SPAN = 56;
/** Orders before it, so that a fall can be told. */
const ENOUGH = 20;
const MOST_CHANCE = 0.01;

/** P(X ≤ k) of n trials with chance p each, exact. */
export const binomialCdf = (k: number, n: number, p: number): number => (k >= n ? 1 : betaInc(1 - p, n - k, k + 1));

/** Rows (p, eater's id, before, after, rest before, rest after, ratio) by product and ratio: the first that chance does not explain. */
function pick(input: Frame): (string | number)[][] {
  const [p, eater, b, a, rb, ra] = ['p', 'eater', 'b', 'a', 'rb', 'ra'].map((name) => column(input, name));
  const out = new Map<number, string>();
  for (let i = 0; i < input.n; i++) {
    const [before, after, restBefore, restAfter] = [b, a, rb, ra].map((x) => Number(x![i])) as [number, number, number, number];
    const product = Number(p![i]);
    if (!out.has(product) && binomialCdf(after, before + after, restAfter / (restBefore + restAfter)) <= MOST_CHANCE)
      out.set(product, String(eater![i]));
  }
  return [...out];
}

export const cannibalRelations: Relation[] = [
  /**
   * For a product first sold at l, every other product of its level-1 category with 20 orders in the 8 weeks before: its orders after over before,
   * against the same of the rest of the category, both excluded, is at most 0.7. An order counts for a product on the day of its first line. Counts are
   * sums over days that slide, asked for only at the days of a first sale: pairs of products by their lines would be a thousand times as many.
   */
  defineRelation({
    name: 'eaters',
    entity: 'product',
    uses: [],
    sql: ({ basis }) => {
      const ev = eventsOf('product', basis);
      const before = `RANGE BETWEEN ${SPAN} PRECEDING AND 1 PRECEDING`;
      const after = `RANGE BETWEEN CURRENT ROW AND ${SPAN - 1} FOLLOWING`;
      return `WITH line AS (SELECT p, cat, ord, min(d) AS d FROM ${ev} WHERE buy AND cat IS NOT NULL AND p IS NOT NULL AND d IS NOT NULL GROUP BY p, cat, ord),
  sold AS (SELECT p, cat, d - DATE '1970-01-01' AS d, count(*) AS n, min(min(d)) OVER (PARTITION BY p, cat) AS l FROM line GROUP BY p, cat, line.d),
  f AS (SELECT p, cat, l - DATE '1970-01-01' AS l, sum(n) FILTER (d - (l - DATE '1970-01-01') < ${SPAN}) AS own FROM sold
    WHERE l - (SELECT min(d) FROM ${ev}) >= ${SPAN} AND ago(l) >= ${SPAN} GROUP BY p, cat, l),
  days AS (SELECT DISTINCT cat, l FROM f),
  busy AS (SELECT p, cat FROM sold GROUP BY p, cat HAVING sum(n) >= ${ENOUGH}),
  s AS (SELECT * FROM (
    SELECT p, cat, d, probe, coalesce(sum(n) OVER (PARTITION BY p, cat ORDER BY d ${before}), 0) AS b, coalesce(sum(n) OVER (PARTITION BY p, cat ORDER BY d ${after}), 0) AS a
    FROM (SELECT p, cat, d, n, false AS probe FROM sold SEMI JOIN busy USING (p, cat) UNION ALL SELECT p, cat, l, 0, true FROM busy JOIN days USING (cat))
  ) WHERE probe AND b >= ${ENOUGH}),
  t AS (SELECT * FROM (
    SELECT cat, d, probe, coalesce(sum(n) OVER (PARTITION BY cat ORDER BY d ${before}), 0) AS b, coalesce(sum(n) OVER (PARTITION BY cat ORDER BY d ${after}), 0) AS a
    FROM (SELECT cat, d, sum(n) AS n, false AS probe FROM sold GROUP BY cat, d UNION ALL SELECT cat, l, 0, true FROM days)
  ) WHERE probe),
  r AS (SELECT s.p, f.p AS e, s.b, s.a, t.b - s.b AS rb, t.a - s.a - f.own AS ra FROM f JOIN s ON s.cat = f.cat AND s.d = f.l JOIN t ON t.cat = f.cat AND t.d = f.l)
SELECT r.p, i.product_id AS eater, b::BIGINT AS b, a::BIGINT AS a, rb::BIGINT AS rb, ra::BIGINT AS ra, a * rb / nullif(b * ra, 0) AS ratio
FROM r JOIN product_ids i ON i.p = r.e WHERE ratio <= .7 ORDER BY r.p, ratio, r.e`;
    },
    compute: {
      columns: [
        ['p', 'UINTEGER'],
        ['by', 'VARCHAR'],
      ],
      run: pick,
    },
  }),
];

export const cannibalTags: TagDef[] = [
  defineTag({
    id: 'cannibalised_by',
    entity: 'product',
    title: 'Cannibalised by',
    dimension: 'sales',
    kind: 'dynamic',
    type: 'id',
    unit: '',
    needs: ['events:purchase', 'products.category', 'at'],
    rows: 'buy',
    description:
      'A newer product of the same main category since whose first sale this one sells at most 0.7 times what the rest of the category would suggest, beyond chance.',
    plan: { kind: 'column', relation: 'eaters', column: 'by' },
    nullRule: 'Unknown where no newcomer is to blame.',
  }),
];
