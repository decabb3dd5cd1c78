import type { Relation, TagContext, TagDef, TagMaker } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';
import { findColumn } from '../needs.ts';

const base = { entity: 'user', dimension: 'activity', kind: 'dynamic', unit: '' } as const;
const never = 'Unknown without any activity.';

/** Columns that describe the circumstances of an event. */
const CIRCUMSTANCES = ['device', 'os', 'channel', 'campaign'] as const;
const mapped = (ctx: TagContext) => CIRCUMSTANCES.filter((c) => findColumn(ctx.facts, 'events', c));

export const habitRelations: Relation[] = [
  /** Activity by occasion and circumstances: everything that counts occasions starts here, so that events are hashed once. */
  defineRelation({
    name: 'circumstances',
    entity: 'user',
    uses: [],
    sql: (ctx) =>
      `SELECT ${['u', 'occ', ...mapped(ctx)].join(', ')}, min(ts) AS t0, max(ts) AS t1 FROM ev0 WHERE act AND occ IS NOT NULL GROUP BY ALL`,
  }),
  /** Occasions of a user with the time of their first event. */
  defineRelation({
    name: 'occasions',
    entity: 'user',
    uses: ['circumstances'],
    sql: () => 'SELECT u, occ, min(t0) AS t FROM circumstances GROUP BY u, occ',
  }),
  /** Days of a user: with activity, with a purchase. */
  defineRelation({
    name: 'days',
    entity: 'user',
    uses: [],
    light: true,
    sql: () => 'SELECT u, d, bool_or(act) AS act, bool_or(buy) AS buy FROM ev0 WHERE d IS NOT NULL GROUP BY u, d',
  }),
  defineRelation({
    name: 'queries',
    entity: 'user',
    uses: [],
    sql: () => 'SELECT u, occ, query, max(ts) AS t1 FROM ev0 WHERE act AND occ IS NOT NULL AND query IS NOT NULL GROUP BY ALL',
  }),
];

/** The circumstance met on most occasions; ties: the latest, then by name. */
const main = (column: (typeof CIRCUMSTANCES)[number], title: string, description: string): TagDef =>
  defineTag({
    ...base,
    id: `main_${column}`,
    title,
    description,
    type: 'enum',
    needs: [`events.${column}`],
    plan: { kind: 'winner', of: column, from: 'circumstances', distinct: 'occ', last: 't1' },
    nullRule: `Unknown where no activity has a ${column === 'os' ? 'system' : column}.`,
    rows: 'act',
  });

const DAYPARTS = { edges: [5, 11, 17], labels: ['night 0-5', 'morning 6-11', 'afternoon 12-17', 'evening 18-23'] };
const WEEKDAYS = { edges: [1, 2, 3, 4, 5, 6], labels: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] };

export const habitTags: (TagDef | TagMaker)[] = [
  main('device', 'Main device', 'The device used on most occasions.'),
  main('os', 'Main system', 'The operating system used on most occasions.'),
  main('channel', 'Main channel', 'The channel of most occasions.'),
  main('campaign', 'Main campaign', 'The campaign behind most occasions.'),
  defineTag({
    ...base,
    id: 'top_query',
    title: 'Top search',
    description: 'What the user searched for on most occasions.',
    type: 'enum',
    needs: ['events.query'],
    dimension: 'interests',
    plan: { kind: 'winner', of: 'query', from: 'queries', distinct: 'occ', last: 't1' },
    nullRule: 'Unknown without a search.',
    rows: 'act',
  }),
  defineTag({
    ...base,
    id: 'preferred_hour',
    title: 'Preferred hour',
    description: 'The hour of the day, 0 to 23, in which most occasions began.',
    type: 'int',
    unit: 'hour of day',
    needs: ['hour'],
    plan: { kind: 'winner', of: 'hour(t)', from: 'occasions', last: 't', where: 't IS NOT NULL' },
    bands: DAYPARTS,
    nullRule: never,
    rows: 'act',
  }),
  defineTag({
    ...base,
    id: 'preferred_weekday',
    title: 'Preferred weekday',
    description: 'The weekday with most active days: 1 is Monday, 7 is Sunday.',
    type: 'int',
    unit: 'weekday',
    needs: ['at'],
    plan: { kind: 'winner', of: 'isodow(d)', from: 'days', last: 'd', where: 'act' },
    bands: WEEKDAYS,
    nullRule: never,
    rows: 'act',
  }),
];
