import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';
import { below } from '../bands.ts';

/** Evidence of an event: what it says about taste. Refunds take back; a cell is never under 0. */
const WEIGHT =
  "CASE event WHEN 'view' THEN 1 WHEN 'search' THEN 1 WHEN 'rate' THEN 1 WHEN 'favourite' THEN 2 WHEN 'cart' THEN 3 WHEN 'share' THEN 3 WHEN 'purchase' THEN 5 WHEN 'refund' THEN -5 END";

interface Taste {
  name: string;
  id: string;
  /** Relation column that holds the value of a product, by p. */
  values: string;
  uses: string[];
  title: string;
  what: string;
  need: string;
  where?: string;
}
const ofBase = (column: string) => `SELECT p, ${column} AS v FROM product_base WHERE ${column} IS NOT NULL`;
const TASTES: Taste[] = [
  {
    name: 'category',
    id: 'favourite_category',
    values: ofBase('cat'),
    uses: [],
    title: 'Favourite category',
    what: 'main category',
    need: 'products.category',
  },
  { name: 'brand', id: 'favourite_brand', values: ofBase('brand'), uses: [], title: 'Favourite brand', what: 'brand', need: 'products.brand' },
  { name: 'style', id: 'favourite_style', values: ofBase('style'), uses: [], title: 'Favourite style', what: 'style', need: 'products.style' },
  {
    name: 'price',
    id: 'favourite_price_band',
    values: 'SELECT p, band AS v FROM price_bands',
    uses: ['price_bands'],
    title: 'Favourite price band',
    what: 'price band',
    need: 'price',
  },
  {
    name: 'now',
    id: 'interest_now',
    values: ofBase('cat'),
    uses: [],
    title: 'Interest now',
    what: 'main category of the last 90 days',
    need: 'products.category',
    where: 'ts >= as_of() - INTERVAL 90 DAY',
  },
];

/**
 * WITH parts: k (value c in text order of a product), taste (weight w, amount bought a, last time t per user and value). Values are numbered, so that the
 * large grouping hashes small integers and not text.
 */
const weighed = ({ values, where }: Taste): string => `WITH g AS (${values}),
  k AS (SELECT p, v, dense_rank() OVER (ORDER BY v)::INTEGER AS c FROM g),
  taste AS (
    SELECT u, c, greatest(0, sum(weight)) AS w, round(fsum(amount) FILTER (buy), 6) AS a, max(ts) AS t
    FROM (SELECT u, c, ${WEIGHT} AS weight, amount, buy, ts FROM ev0 JOIN (SELECT p, c FROM k) USING (p)${where ? ` WHERE ${where}` : ''})
    WHERE weight IS NOT NULL GROUP BY u, c
  )`;

/** The largest weight; ties: more bought, later, then by name. Unknown under a weight of 5. */
const favourite = (taste: Taste): Relation =>
  defineRelation({
    name: `taste_${taste.name}`,
    entity: 'user',
    uses: taste.uses,
    sql: () => `${weighed(taste)},
  best AS (SELECT u, first(c ORDER BY w DESC, a DESC NULLS LAST, t DESC NULLS LAST, c) AS c, max(w) / sum(w) AS affinity FROM taste GROUP BY u HAVING sum(w) >= 5)
SELECT u, v, affinity FROM best JOIN (SELECT DISTINCT c, v FROM k) USING (c)`,
  });

export const interestRelations: Relation[] = [
  ...TASTES.map(favourite),
  defineRelation({
    name: 'varieties',
    entity: 'user',
    uses: [],
    sql: () => `WITH c AS (SELECT u, cat, count(*) AS n, sum(count(*)) OVER (PARTITION BY u) AS t FROM ev WHERE buy AND cat IS NOT NULL GROUP BY u, cat)
SELECT u, coalesce(round(-sum(n / t * ln(n / t)) / nullif(ln((SELECT count(DISTINCT cat) FROM c)), 0), 9), 0) AS variety FROM c WHERE t >= 3 GROUP BY u`,
  }),
  defineRelation({
    name: 'loyalties',
    entity: 'user',
    uses: [],
    sql: () =>
      `SELECT u, max(n) / sum(n) AS brand_loyalty FROM (SELECT u, brand, count(*) AS n FROM ev WHERE buy AND brand IS NOT NULL GROUP BY u, brand) GROUP BY u HAVING sum(n) >= 3`,
  }),
];

const base = { entity: 'user', dimension: 'interests', kind: 'dynamic', unit: '' } as const;
const WEIGHED = "event IN ('view', 'search', 'rate', 'favourite', 'cart', 'share', 'purchase', 'refund')";

const favouriteTag = ({ name, id, title, what, need }: Taste): TagDef =>
  defineTag({
    ...base,
    id,
    title,
    type: 'enum',
    needs: ['events.product_id', need, ...(id === 'interest_now' ? ['at'] : [])],
    rows: WEIGHED,
    description: `The ${what} with most evidence: a view counts 1, a basket 3, a purchase 5, a refund takes 5 back.`,
    plan: { kind: 'column', relation: `taste_${name}`, column: 'v' },
    order: id === 'favourite_price_band' ? ['low', 'mid', 'high'] : undefined,
    nullRule: 'Unknown under an evidence of 5 (one purchase or five views).',
  });

/** Everyone's weights as a list of (value, share), for the card of one user. */
const affinity = (taste: Taste): { tag: TagDef; relation: Relation } => {
  const attribute = taste.id.replace('favourite_', '');
  return {
    relation: defineRelation({
      name: `map_${taste.name}`,
      entity: 'user',
      uses: taste.uses,
      sql: () => `${weighed(taste)}
SELECT u, list({value: v, share: w / tw} ORDER BY w DESC, c) AS shares
FROM (SELECT *, sum(w) OVER (PARTITION BY u) AS tw FROM taste) JOIN (SELECT DISTINCT c, v FROM k) USING (c) WHERE w > 0 GROUP BY u`,
    }),
    tag: defineTag({
      ...base,
      onDemand: true,
      id: `affinity:${attribute}`,
      title: `Affinity by ${taste.what}`,
      type: 'map',
      needs: ['events.product_id', taste.need],
      rows: WEIGHED,
      description: `The share of the evidence for each ${taste.what}.`,
      plan: { kind: 'column', relation: `map_${taste.name}`, column: 'shares' },
      nullRule: 'Unknown without evidence.',
    }),
  };
};
const maps = TASTES.filter((t) => t.id !== 'interest_now').map(affinity);
export const affinityRelations: Relation[] = maps.map((m) => m.relation);

export const interestTags: TagDef[] = [
  ...TASTES.map(favouriteTag),
  ...maps.map((m) => m.tag),
  defineTag({
    ...base,
    id: 'variety',
    title: 'Variety',
    type: 'share',
    needs: ['events:purchase', 'products.category'],
    rows: 'buy',
    source: 'Shannon 1948; variety seeking: McAlister & Pessemier 1982',
    description: 'How evenly the purchases spread over the main categories: 0 is one category, 1 is all alike.',
    plan: { kind: 'column', relation: 'varieties', column: 'variety' },
    bands: { edges: [1 / 3, below(2 / 3)], labels: ['focused', 'mixed', 'seeking'] },
    nullRule: 'Unknown under 3 purchase lines with a category.',
  }),
  defineTag({
    ...base,
    id: 'brand_loyalty',
    title: 'Brand loyalty',
    type: 'share',
    needs: ['events:purchase', 'products.brand'],
    rows: 'buy',
    source: 'Cunningham 1956',
    description: 'The share of purchase lines that are of the commonest brand.',
    plan: { kind: 'column', relation: 'loyalties', column: 'brand_loyalty' },
    bands: { edges: [1 / 3, below(2 / 3)], labels: ['switcher', 'mixed', 'loyal'] },
    nullRule: 'Unknown under 3 purchase lines with a brand.',
  }),
  defineTag({
    ...base,
    id: 'mean_rating',
    title: 'Mean rating',
    type: 'number',
    needs: ['events.rating'],
    rows: 'rating IS NOT NULL',
    description: 'The average of the ratings the user gave.',
    plan: { kind: 'aggregate', cell: { agg: 'avg', of: 'rating' } },
    bands: 'quantiles',
    nullRule: 'Unknown without a rating.',
  }),
];
