import { column } from '../../core/frame.ts';
import type { Frame } from '../../core/frame.ts';
import { betaInc } from '../../stats/beta.ts';
import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag, eventsOf } from '../define.ts';

/** Days looked at before and after the newcomer's first sale. */
const SPAN = 56;
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
   * against the same of the rest of the category, both excluded, is at most 0.7.
   */
  defineRelation({
    name: 'eaters',
    entity: 'product',
    uses: [],
    sql: ({ basis }) => {
      const ev = eventsOf('product', basis);
      return `WITH line AS (SELECT DISTINCT p, cat, ord, d FROM ${ev} WHERE buy AND cat IS NOT NULL AND p IS NOT NULL AND d IS NOT NULL),
  f AS (SELECT p, cat, min(d) AS l FROM line GROUP BY p, cat HAVING l - (SELECT min(d) FROM ${ev}) >= ${SPAN} AND ago(l) >= ${SPAN}),
  s AS (
    SELECT n.p AS e, o.p, count(DISTINCT o.ord) FILTER (o.d < n.l) AS b, count(DISTINCT o.ord) FILTER (o.d >= n.l) AS a
    FROM f n JOIN line o ON o.cat = n.cat AND o.p <> n.p AND o.d >= n.l - ${SPAN} AND o.d < n.l + ${SPAN} GROUP BY n.p, o.p
  )
SELECT x.p, i.product_id AS eater, b, a, rb, ra, ratio
FROM (SELECT *, sum(b) OVER w - b AS rb, sum(a) OVER w - a AS ra, a * rb / nullif(b * ra, 0) AS ratio FROM s WINDOW w AS (PARTITION BY e)) x JOIN product_ids i ON i.p = x.e
WHERE b >= 20 AND ratio <= .7 ORDER BY x.p, ratio, x.e`;
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
