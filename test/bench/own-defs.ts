import type { OwnDef, OwnSource } from '../../src/core/own-tag.ts';

/** How often each is made: a tag of 100,000 users takes a few ticks of the clock that CPU is counted by. */
export const ROUNDS = 5;

/** An own tag of each kind on the generated events; every second user is listed in the last. */
const SOURCES = (users: number): Record<string, OwnSource> => ({
  bands: { kind: 'bands', tag: 'monetary', by: 'fixed', edges: [50, 200, 1000], labels: ['little', 'some', 'much', 'very much'] },
  rule: {
    kind: 'rule',
    lines: [
      { value: 'looker', rule: { all: [{ tag: 'orders', lt: 2 }, { did: { event: 'view', within: { last: [90, 'day'] }, count: { gte: 5 } } }] } },
      { value: 'buyer', rule: { tag: 'orders', gte: 2 } },
    ],
    rest: 'other',
  },
  formula: { kind: 'formula', text: 'monetary / orders' },
  events: {
    kind: 'events',
    measure: 'sum',
    of: 'amount',
    did: { event: 'purchase', where: [{ col: 'category', startsWith: 'Fashion' }], within: { last: [90, 'day'] } },
  },
  ids: {
    kind: 'ids',
    list: Array.from({ length: Math.floor(users / 2) }, (_, i) => `U${String(2 * i).padStart(7, '0')}\t${['gold', 'silver', 'bronze'][i % 3]}`).join(
      '\n',
    ),
  },
});

export const ownDefs = (users: number): OwnDef[] =>
  Object.entries(SOURCES(users)).map(([kind, source]) => ({
    id: `own_${kind}`,
    entity: 'user',
    version: '1.0',
    title: `Own ${kind}`,
    description: '',
    dimension: 'consumption needs',
    unit: '',
    source,
  }));
