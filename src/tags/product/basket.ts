import type { Relation, TagDef, TagMaker } from '../define.ts';
import { defineRelation, defineTag, eventsOf } from '../define.ts';

/** Beyond this many pairs the partner is not worth its time and memory: it waits. */
const MOST_PAIRS = 60_000_000;

export const basketRelations: Relation[] = [
  defineRelation({
    name: 'op',
    entity: 'product',
    uses: [],
    sql: ({ basis }) => `SELECT DISTINCT ord, p FROM ${eventsOf('product', basis)} WHERE buy AND p IS NOT NULL AND ord IS NOT NULL`,
  }),
  defineRelation({
    name: 'attach',
    entity: 'product',
    uses: ['op'],
    sql: () => 'SELECT p, avg((k > 1)::INT) AS attach_rate FROM (SELECT p, count(*) OVER (PARTITION BY ord) AS k FROM op) GROUP BY p',
  }),
  /** Highest lift among partners with 10 joint orders and a confidence of 0.1 (Brin et al. 1997). Pairs are counted once, by ascending p. */
  defineRelation({
    name: 'partners',
    entity: 'product',
    uses: ['op'],
    sql: () => `WITH n AS (SELECT p, count(*) AS n FROM op GROUP BY p),
  often AS (SELECT ord, p FROM op JOIN n USING (p) WHERE n.n >= 10),
  half AS (SELECT a.p AS a, b.p AS b, count(*) AS c FROM often a JOIN often b ON a.ord = b.ord AND a.p < b.p GROUP BY a.p, b.p HAVING count(*) >= 10),
  c AS (SELECT a AS p, b AS partner, c FROM half UNION ALL SELECT b, a, c FROM half),
  t AS (SELECT count(DISTINCT ord) AS t FROM op)
SELECT c.p, i.product_id AS partner, c.c * t / (x.n * y.n) AS lift
FROM c JOIN n x ON x.p = c.p JOIN n y ON y.p = c.partner JOIN product_ids i ON i.p = c.partner, t WHERE c.c >= .1 * x.n
QUALIFY row_number() OVER (PARTITION BY c.p ORDER BY lift DESC, c.c DESC, c.partner) = 1`,
  }),
];

const base = {
  entity: 'product',
  dimension: 'sales',
  kind: 'dynamic',
  unit: '',
  needs: ['events:purchase', 'orders'],
  rows: 'buy',
} as const;
const partner: TagMaker = ({ probe }) =>
  probe.pairs > MOST_PAIRS
    ? []
    : [
        defineTag({
          ...base,
          id: 'attach_partner',
          title: 'Bought together with',
          type: 'id',
          source: 'lift: Brin et al. 1997',
          description: 'The product that most raises the chance of this one being in the same order.',
          plan: { kind: 'column', relation: 'partners', column: 'partner' },
          nullRule: 'Unknown under 10 joint orders, or in under a tenth of its orders.',
        }),
      ];
export const basketTags: (TagDef | TagMaker)[] = [
  defineTag({
    ...base,
    id: 'attach_rate',
    title: 'Bought with others',
    type: 'share',
    bands: 'quantiles',
    description: 'The share of its orders that also contain another product.',
    plan: { kind: 'column', relation: 'attach', column: 'attach_rate' },
    nullRule: 'Unknown for products never bought.',
  }),
  partner,
];
