import type { Segment } from '../../src/core/rule.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { ColumnType, DataFacts, TableColumn } from '../../src/core/tables.ts';
import type { Entity, TagInfo, TagType } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { RuleContext } from '../../src/segments/context.ts';

/** The fixture of the definitions, section 0, as canonical tables made by hand: rules can be tested without ingest and tags. */
const USERS = `u1,female,34,Lyon,2023-11-20,active
u2,female,22,Lyon,2024-06-10,new
u3,male,45,Paris,2024-01-15,at risk
u4,male,36,Paris,2023-12-28,dormant
u5,female,29,Nice,2023-11-30,lost
u6,,64,Nice,2023-12-10,returned
u7,male,,Lyon,2024-05-01,
u8,female,14,Paris,,`;
const PRODUCTS = `p1,Shoes/Running,Alto,sport,80
p2,Shoes/Casual,Alto,street,60
p3,Shoes/Casual,Bravo,street,30
p4,Food/Coffee,Cima,,10
p5,Food/Coffee,Cima,,12
p6,Food/Snacks,Dulce,,4`;
const EVENTS = `2023-12-05 10:00:00,u5,purchase,p1,1,80,,1,1,desktop
2023-12-20 18:30:00,u6,purchase,p3,1,30,,2,2,mobile
2024-01-05 08:10:00,u1,purchase,p4,2,20,,3,3,mobile
2024-01-20 20:00:00,u4,purchase,p2,1,60,,4,4,desktop
2024-01-25 09:00:00,u4,refund,p2,1,60,,4,104,
2024-02-04 08:05:00,u1,purchase,p4,2,20,,5,5,mobile
2024-02-10 12:00:00,u3,purchase,p3,1,30,,6,6,mobile
2024-02-10 12:00:00,u3,purchase,p6,5,20,,6,6,mobile
2024-03-01 21:15:00,u4,purchase,p1,1,72,8,7,7,mobile
2024-03-05 08:20:00,u1,purchase,p4,2,20,,8,8,mobile
2024-03-05 08:20:00,u1,purchase,p6,1,4,,8,8,mobile
2024-03-15 11:00:00,,purchase,p4,1,10,,9,9,desktop
2024-04-04 08:00:00,u1,purchase,p4,2,20,,10,10,mobile
2024-04-20 13:00:00,u3,purchase,p6,5,20,,11,11,desktop
2024-04-20 13:00:00,u3,purchase,p2,1,48,12,11,11,desktop
2024-05-04 08:30:00,u1,purchase,p4,2,16,4,12,12,mobile
2024-05-15 22:40:00,u7,view,p1,,,,101,13,mobile
2024-05-15 22:45:00,u7,cart,p1,1,,,102,13,mobile
2024-05-16 07:00:00,u7,view,p2,,,,103,14,desktop
2024-06-01 00:00:00,u6,view,p3,,,,104,15,mobile
2024-06-03 07:55:00,u1,purchase,p4,2,20,,13,16,mobile
2024-06-03 07:55:00,u1,purchase,p1,1,80,,13,16,mobile
2024-06-11 20:00:00,u2,view,p2,,,,105,17,mobile
2024-06-11 20:05:00,u2,cart,p2,1,,,106,17,mobile
2024-06-12 08:00:00,u2,purchase,p2,1,48,12,14,18,mobile
2024-06-12 08:00:00,u2,purchase,p5,1,12,,14,18,mobile
2024-06-20 19:00:00,u6,purchase,p2,1,60,,15,19,desktop
2024-06-20 19:00:00,u6,purchase,p3,1,30,,15,19,desktop
2024-06-25 10:00:00,u2,view,p1,,,,107,20,mobile
2024-06-26 10:00:00,u2,view,p1,,,,108,21,mobile
2024-06-28 09:30:00,u2,search,,,,,109,22,mobile
2024-06-30 23:59:59,u1,view,p4,,,,110,23,mobile
2024-07-01 00:00:00,u3,purchase,p1,1,80,,16,24,mobile`;

const cells = (text: string): (string | null)[][] => text.split('\n').map((line) => line.split(',').map((c) => c || null));
const q = (c: string | null | undefined): string => (c === null || c === undefined ? 'NULL' : `'${c}'`);
const values = (rows: (string | null)[][]): string => rows.map((r) => `(${r.map(q).join(', ')})`).join(', ');

/** Fills an engine with the fixture: ids, canonical tables, the views of `prepareEv`, user_tags and product_tags. */
export async function loadFixture(engine: Engine): Promise<void> {
  const events = cells(EVENTS).map((r, i) => [String(i + 1), ...r]);
  await engine.exec(`
    CREATE OR REPLACE MACRO as_of() AS TIMESTAMP '2024-07-01 00:00:00';
    CREATE OR REPLACE MACRO as_of_utc() AS TIMESTAMP '2024-07-01 00:00:00';
    CREATE OR REPLACE TABLE user_ids AS SELECT (i - 1)::UINTEGER AS u, 'u' || i AS user_id FROM range(1, 9) r(i);
    CREATE OR REPLACE TABLE product_ids AS SELECT (i - 1)::UINTEGER AS p, 'p' || i AS product_id FROM range(1, 7) r(i);
    CREATE OR REPLACE TABLE users AS SELECT u, gender, age::INT AS age, city, signup_at::TIMESTAMP AS signup_at, life FROM (VALUES ${values(cells(USERS))}) v(user_id, gender, age, city, signup_at, life) JOIN user_ids USING (user_id);
    CREATE OR REPLACE TABLE products AS SELECT p, category, split_part(category, '/', 1) AS cat, brand, style, price::DOUBLE AS price FROM (VALUES ${values(cells(PRODUCTS))}) v(product_id, category, brand, style, price) JOIN product_ids USING (product_id);
    CREATE OR REPLACE TABLE events AS SELECT row::UINTEGER AS row, 0::UTINYINT AS src, (row::UINTEGER + 1)::UINTEGER AS line, u, p, ts::TIMESTAMP AS utc, ts::TIMESTAMP AS ts, event, quantity::DOUBLE AS quantity, amount::DOUBLE AS amount, discount::DOUBLE AS discount, ord::UINTEGER AS ord, occ::BIGINT AS occ, device
      FROM (VALUES ${values(events)}) v(row, ts, user_id, event, product_id, quantity, amount, discount, ord, occ, device) LEFT JOIN user_ids USING (user_id) LEFT JOIN product_ids USING (product_id);
    CREATE OR REPLACE VIEW ev0 AS SELECT *, ts::DATE AS d, event = 'purchase' AS buy, event = 'refund' AS ret FROM events WHERE utc < as_of_utc() AND u IS NOT NULL;
    CREATE OR REPLACE VIEW ev AS SELECT e.*, g.category, g.cat, g.brand, g.style FROM ev0 e LEFT JOIN products g USING (p);
    CREATE OR REPLACE VIEW user_base AS SELECT * FROM users;
    CREATE OR REPLACE VIEW product_base AS SELECT * FROM products;
    CREATE OR REPLACE TABLE user_tags AS SELECT u, user_id, gender, age, city, life AS lifecycle, signup_at, coalesce(orders, 0)::INT AS orders, coalesce(monetary, 0)::DOUBLE AS monetary, brands, coalesce(returned, false) AS has_returned
      FROM user_ids JOIN users USING (u) LEFT JOIN (SELECT u, count(DISTINCT ord) FILTER (buy) AS orders, fsum(amount) FILTER (buy) AS monetary, list_sort(list(DISTINCT brand) FILTER (buy)) AS brands, bool_or(ret) AS returned FROM ev GROUP BY u) USING (u) ORDER BY u;
    CREATE OR REPLACE TABLE product_tags AS SELECT p, product_id, category, brand, price, coalesce(revenue, 0)::DOUBLE AS revenue, coalesce(units, 0)::DOUBLE AS units
      FROM product_ids JOIN products USING (p) LEFT JOIN (SELECT p, fsum(amount) AS revenue, sum(quantity) AS units FROM ev0 WHERE buy GROUP BY p) USING (p) ORDER BY p`);
}

export const tag = (id: string, type: TagType, unit = '', entity: Entity = 'user'): TagInfo => ({
  id,
  entity,
  title: id,
  description: `${id} of a fixture`,
  dimension: 'demographic',
  kind: 'static',
  type,
  unit,
  version: '1.0',
  order: null,
  values: [],
  distinct: 0,
  known: 0,
  universe: 8,
  figures: null,
  histogram: null,
  bands: null,
  freshness: null,
  needs: [],
  nullRule: '',
});
const column = (name: string, type: ColumnType): TableColumn => ({ name, type, role: null, from: [], known: 0, distinct: 0 });

export const FACTS: DataFacts = {
  tables: {
    users: { name: 'users', rows: 8, columns: [column('signup_at', 'timestamp')] },
    products: {
      name: 'products',
      rows: 6,
      columns: [column('category', 'text'), column('cat', 'text'), column('brand', 'text'), column('style', 'text'), column('price', 'money')],
    },
    events: {
      name: 'events',
      rows: 33,
      columns: [
        column('amount', 'money'),
        column('quantity', 'number'),
        column('discount', 'money'),
        column('device', 'text'),
        column('utc', 'timestamp'),
      ],
    },
  },
  users: 8,
  products: 6,
  events: { purchase: 21, view: 7, cart: 2, refund: 1, search: 1 },
  firstEvent: '2023-12-05 10:00:00',
  lastEvent: '2024-07-01 00:00:00',
  hourKnown: true,
  priced: true,
  digest: 'fixture',
};
export const BUYERS: Segment = { id: 'buyers', name: 'buyers', rule: { did: { event: 'purchase' } } };
export const CTX: RuleContext = {
  tags: [
    tag('gender', 'enum'),
    tag('age', 'int', 'year'),
    tag('city', 'enum'),
    tag('lifecycle', 'enum'),
    tag('signup_at', 'date'),
    tag('orders', 'int'),
    tag('monetary', 'number'),
    tag('brands', 'set'),
    tag('has_returned', 'boolean'),
    tag('category', 'enum', '', 'product'),
    tag('brand', 'enum', '', 'product'),
    tag('price', 'money', '', 'product'),
    tag('revenue', 'money', '', 'product'),
    tag('units', 'number', '', 'product'),
  ],
  facts: FACTS,
  basis: { ...DEFAULT_SETTINGS, asOf: '2024-07-01 00:00:00', k: 1 },
  segments: [BUYERS],
};
