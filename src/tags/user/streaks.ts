import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';

const base = {
  entity: 'user',
  dimension: 'activity',
  kind: 'dynamic',
  type: 'int',
  unit: 'day',
  needs: ['at'],
  bands: 'quantiles',
  rows: 'act',
  nullRule: 'Unknown without any activity.',
} as const;

export const streakRelations: Relation[] = [
  defineRelation({
    name: 'streaks',
    entity: 'user',
    uses: ['days'],
    sql: () => `WITH run AS (
  SELECT u, count(*) AS n, max(d) AS l
  FROM (SELECT u, d, d - (row_number() OVER (PARTITION BY u ORDER BY d))::INT AS i FROM days WHERE act)
  GROUP BY u, i
)
SELECT u, max(n) AS longest_streak, coalesce(max(n) FILTER (l = (as_of() - INTERVAL 1 MICROSECOND)::DATE), 0) AS current_streak
FROM run GROUP BY u`,
  }),
];

/** Runs of consecutive days with activity. */
export const streakTags: TagDef[] = [
  defineTag({
    ...base,
    id: 'longest_streak',
    title: 'Longest streak',
    description: 'The longest run of consecutive active days.',
    plan: { kind: 'column', relation: 'streaks', column: 'longest_streak' },
  }),
  defineTag({
    ...base,
    id: 'current_streak',
    title: 'Current streak',
    description: 'Consecutive active days up to the last day before the as-of instant; 0 if that day was not active.',
    plan: { kind: 'column', relation: 'streaks', column: 'current_streak' },
  }),
];
