import type { Relation, TagContext, TagMaker } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';

/** Stages count purchases; data without any purchase counts activity. */
const flag = (ctx: TagContext) => ((ctx.facts.events.purchase ?? 0) > 0 ? 'buy' : 'act');
const STAGES = ['new', 'active', 'returned', 'at risk', 'dormant', 'lost'];

export const lifecycleRelations: Relation[] = [
  /** Days that count, with the days since the one before. */
  defineRelation({
    name: 'gaps',
    entity: 'user',
    uses: ['days'],
    light: true,
    sql: (ctx) => `SELECT u, d, d - lag(d) OVER (PARTITION BY u ORDER BY d) AS g FROM days WHERE ${flag(ctx)}`,
  }),
  defineRelation({
    name: 'lifecycles',
    entity: 'user',
    uses: ['gaps'],
    light: true,
    sql: ({ basis: { lifecycle: c } }) => `WITH s AS (
  SELECT u, ago(max(d)) AS r, ago(min(d)) AS age, coalesce(bool_or(g > ${c.atRisk} AND ago(d) <= ${c.active}), false) AS back FROM gaps GROUP BY u
)
SELECT u, CASE WHEN r > ${c.dormant} THEN 'lost' WHEN r > ${c.atRisk} THEN 'dormant' WHEN r > ${c.active} THEN 'at risk' WHEN age <= ${c.new} THEN 'new' WHEN back THEN 'returned' ELSE 'active' END AS lifecycle
FROM s`,
  }),
  /** The user's median gap shrunk to the median of all gaps with the weight of two gaps. */
  defineRelation({
    name: 'cadences',
    entity: 'user',
    uses: ['gaps'],
    sql: () =>
      `SELECT u, greatest(1, (count(g) * coalesce(median(g), 0) + 2 * (SELECT median(g) FROM gaps)) / (count(g) + 2)) AS cadence FROM gaps GROUP BY u`,
  }),
  defineRelation({
    name: 'personal',
    entity: 'user',
    uses: ['gaps', 'cadences'],
    sql: () => `WITH s AS (
  SELECT u, any_value(cadence) AS c, ago(max(d)) AS r, ago(min(d)) AS age, coalesce(bool_or(g > 3 * cadence AND ago(d) <= 2 * cadence), false) AS back
  FROM gaps JOIN cadences USING (u) GROUP BY u
)
SELECT u, CASE WHEN r > 6 * c THEN 'lost' WHEN r > 3 * c THEN 'dormant' WHEN r > 2 * c THEN 'at risk' WHEN age <= 2 * c THEN 'new' WHEN back THEN 'returned' ELSE 'active' END AS stage
FROM s`,
  }),
];

const makeTags: TagMaker = (ctx) => {
  const buys = flag(ctx) === 'buy';
  const { active, atRisk, dormant, new: fresh } = ctx.basis.lifecycle;
  const base = {
    entity: 'user',
    dimension: 'activity',
    kind: 'dynamic',
    unit: '',
    needs: ['at', 'events'],
    rows: buys ? 'buy' : 'act',
    nullRule: buys ? 'Unknown for users who never bought.' : 'Unknown without any activity.',
  } as const;
  const did = buys ? 'bought' : 'was active';
  return [
    defineTag({
      ...base,
      id: 'lifecycle',
      title: 'Lifecycle',
      type: 'enum',
      order: STAGES,
      plan: { kind: 'column', relation: 'lifecycles', column: 'lifecycle' },
      description: `Active: ${did} in the last ${active} days; then at risk, dormant after ${atRisk} days, lost after ${dormant}. New: first in the last ${fresh} days. Returned: back after more than ${atRisk} days.`,
    }),
    defineTag({
      ...base,
      id: 'cadence',
      title: 'Cadence',
      type: 'number',
      unit: 'day',
      bands: 'quantiles',
      plan: { kind: 'column', relation: 'cadences', column: 'cadence' },
      description: `The usual gap between days on which the user ${did}: the own median, drawn towards everyone’s by the weight of two gaps.`,
    }),
    defineTag({
      ...base,
      id: 'lifecycle_personal',
      title: 'Lifecycle, own rhythm',
      type: 'enum',
      order: STAGES,
      plan: { kind: 'column', relation: 'personal', column: 'stage' },
      description: 'The lifecycle measured by the user’s own cadence: at risk after 2, dormant after 3, lost after 6 times the usual gap.',
    }),
  ];
};
export const lifecycleTags: TagMaker[] = [makeTags];
