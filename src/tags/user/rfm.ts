import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';

const GROUPS = [
  'champion',
  'loyal',
  'potential loyalist',
  'new',
  'promising',
  'need attention',
  'about to sleep',
  'at risk',
  'cannot lose',
  'hibernating',
];
const VALUES = ['+++', '+-+', '-++', '--+', '++-', '+--', '-+-', '---'];
const PART = { r: 'recency', f: 'orders', m: 'monetary' } as const;

/**
 * Scores 1 to 5 by the type-7 quantiles .2 .4 .6 .8 among buyers: equal values, equal scores. Recency is turned round. Groups by R and F as in the
 * definitions (Hughes 1994; Bult & Wansbeek 1995); `+` and `-` against the buyers' mean, or median if the project says so.
 */
export const rfmRelations: Relation[] = [
  defineRelation({
    name: 'rfm',
    entity: 'user',
    uses: [],
    light: true,
    tags: Object.values(PART),
    sql: ({ basis }) => {
      const mid = basis.rfmCut === 'median' ? 'median' : 'avg';
      const cuts = Object.entries(PART).map(([x, tag]) => `quantile_cont(${tag}::DOUBLE, [.2, .4, .6, .8]) AS q${x}, ${mid}(${tag}) AS a${x}`);
      return `WITH q AS (SELECT ${cuts.join(', ')} FROM ut WHERE orders > 0),
  s AS (
    SELECT u, 6 - cut5(recency, qr) AS r, cut5(orders, qf) AS f, cut5(monetary, qm) AS m,
      concat(if(recency <= ar, '+', '-'), if(orders >= af, '+', '-'), if(monetary >= am, '+', '-')) AS v
    FROM ut, q WHERE orders > 0
  )
SELECT u, concat(r, f, m) AS score, v, CASE
    WHEN r <= 2 THEN CASE WHEN f <= 2 THEN 'hibernating' WHEN f <= 4 THEN 'at risk' ELSE 'cannot lose' END
    WHEN r = 3 THEN CASE WHEN f <= 2 THEN 'about to sleep' WHEN f = 3 THEN 'need attention' ELSE 'loyal' END
    WHEN f >= 4 THEN CASE WHEN r = 5 THEN 'champion' ELSE 'loyal' END
    WHEN f >= 2 THEN 'potential loyalist' WHEN r = 4 THEN 'promising' ELSE 'new' END AS grp
FROM s WHERE r IS NOT NULL`;
    },
  }),
];

const base = {
  entity: 'user',
  dimension: 'purchasing power',
  kind: 'dynamic',
  type: 'enum',
  unit: '',
  needs: ['events:purchase', 'events.amount', 'at'],
  rows: 'buy',
  nullRule: 'Unknown for users who never bought.',
} as const;
export const rfmTags: TagDef[] = [
  defineTag({
    ...base,
    id: 'rfm_score',
    title: 'RFM score',
    description: 'Three digits from 1 to 5: how recently, how often and for how much the user bought; 5 is best.',
    plan: { kind: 'column', relation: 'rfm', column: 'score' },
    source: 'Hughes 1994; Bult & Wansbeek 1995',
  }),
  defineTag({
    ...base,
    id: 'rfm_group',
    title: 'RFM group',
    description: 'Buyers grouped by how recently and how often they bought.',
    plan: { kind: 'column', relation: 'rfm', column: 'grp' },
    order: GROUPS,
    source: 'Hughes 1994; Bult & Wansbeek 1995',
  }),
  defineTag({
    ...base,
    id: 'rfm_value',
    title: 'RFM value',
    order: VALUES,
    plan: { kind: 'column', relation: 'rfm', column: 'v' },
    description:
      'A plus where the buyer is at least average: in recency, in orders, in spend. +++ key value, +-+ key development, -++ key retention, --+ key win-back; ++- general value, +-- general development, -+- general retention, --- general win-back.',
  }),
];
