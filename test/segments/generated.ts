import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { TagInfo } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { FACTS, loadFixture, tag } from './fixture.ts';

/** A table of 333 users (no multiple of 32), every kind of tag among them with unknown values, and 2,000 events, by plain arithmetic. */
export async function loadGenerated(engine: Engine): Promise<void> {
  await loadFixture(engine);
  await engine.exec(`
    CREATE OR REPLACE TABLE user_ids AS SELECT i::UINTEGER AS u, 'u' || lpad(i::VARCHAR, 4, '0') AS user_id FROM range(400) r(i);
    CREATE OR REPLACE TABLE users AS SELECT u, CASE WHEN u % 7 <> 0 THEN TIMESTAMP '2023-01-31' + INTERVAL 1 HOUR * (u * 37 % 9000)::INT END AS signup_at FROM user_ids;
    CREATE OR REPLACE TABLE events AS SELECT i::UINTEGER AS row, 0::UTINYINT AS src, i::UINTEGER AS line, (i * 7919 % 331)::UINTEGER AS u, (i * 31 % 6)::UINTEGER AS p,
      TIMESTAMP '2024-01-01' + INTERVAL 1 MINUTE * (i * 7307 % 270000)::INT AS utc, TIMESTAMP '2024-01-01' + INTERVAL 1 MINUTE * (i * 7307 % 270000)::INT AS ts,
      ['purchase', 'view', 'cart'][1 + i * 13 % 3] AS event, 1.0::DOUBLE AS quantity, CASE WHEN i % 5 > 0 THEN (i * 17 % 900) / 10 END AS amount, NULL::DOUBLE AS discount, i::UINTEGER AS ord, i::BIGINT AS occ, 'mobile' AS device FROM range(2000) r(i);
    CREATE OR REPLACE TABLE user_tags AS SELECT u, user_id,
      (CASE u % 5 WHEN 0 THEN NULL WHEN 1 THEN 'male' ELSE 'female' END)::ENUM('female', 'male', 'never seen') AS gender,
      CASE WHEN u % 11 > 0 THEN 18 + u * 29 % 60 END::INT AS age,
      CASE WHEN u % 13 > 0 THEN 'City ' || (u * 17 % 41) END AS city,
      CASE WHEN u % 3 > 0 THEN ['new', 'active', 'lost'][1 + u % 3] END AS lifecycle,
      (SELECT min(s.signup_at) FROM users s WHERE s.u = i.u) AS signup_at,
      (u * 7 % 12)::INT AS orders, CASE WHEN u % 17 > 0 THEN (u * 7919 % 10007) / 100 - 20 END AS monetary,
      CASE WHEN u % 19 = 0 THEN NULL WHEN u % 23 = 0 THEN []::VARCHAR[] ELSE list_distinct(['b' || (u % 4), 'b' || (u % 7)]) END AS brands,
      CASE WHEN u % 29 > 0 THEN u % 3 = 1 END AS has_returned, CASE WHEN u % 31 > 0 THEN 'p' || (u * 3 % 90) END AS favourite, 'note ' || u AS note
      FROM user_ids i WHERE u % 6 > 0 ORDER BY u`);
}

const bands = { edges: [25, 35, 55], labels: ['under 25', '25-34', '35-54', '55 and over'], leftClosed: true };
const known = (t: TagInfo, more: Partial<TagInfo> = {}): TagInfo => ({ ...t, known: 1, distinct: 10, values: [{ value: 'some', n: 1 }], ...more });
export const GENERATED: RuleContext = {
  facts: { ...FACTS, users: 333, events: { purchase: 667, view: 667, cart: 666 } },
  basis: { ...DEFAULT_SETTINGS, asOf: '2024-07-01 00:00:00', k: 5, currency: 'EUR' },
  segments: [
    { id: 'top', name: 'top', rule: { tag: 'age', known: true }, limit: { top: 40, by: 'monetary' } },
    { id: 'draw', name: 'draw', rule: { tag: 'orders', gte: 3 }, limit: { sample: 25, seed: 'z' } },
  ],
  tags: [
    known(tag('gender', 'enum')),
    known(tag('age', 'int', 'year'), { bands, distinct: 60 }),
    known(tag('city', 'enum'), { distinct: 41 }),
    known(tag('lifecycle', 'enum')),
    known(tag('signup_at', 'date')),
    known(tag('orders', 'int')),
    known(tag('monetary', 'money'), { distinct: 300 }),
    known(tag('brands', 'set')),
    known(tag('has_returned', 'boolean')),
    known(tag('favourite', 'id'), { distinct: 90 }),
    known(tag('note', 'text'), { distinct: 100_000 }),
    ...['category', 'brand'].map((id) => known(tag(id, 'enum', '', 'product'))),
    ...['price', 'revenue', 'units'].map((id) => known(tag(id, 'money', '', 'product'))),
  ],
};
