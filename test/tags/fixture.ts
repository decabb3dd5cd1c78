import type { DataFacts, TableColumn, TableFacts } from '../../src/core/tables.ts';
import type { Role, TableName } from '../../src/core/roles.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Basis } from '../../src/core/settings.ts';

/** The fixture of definitions-tags, section 0: users, products, links and events of a small shop. Zone UTC. */
export const BASIS: Basis = { ...DEFAULT_SETTINGS, asOf: '2024-07-01 00:00:00', k: 1 };

const USERS = `u1,F,1990-07-01,Lyon,nurse,2023-11-20,search,
u2,female,2001-12-31,Lyon,student,2024-06-10,referral,u1
u3,M,1979-03-15,Paris,teacher,2024-01-15,ads,
u4,男,1988-06-30,Paris,engineer,2023-12-28,ads,
u5,w,1995-01-01,Nice,nurse,2023-11-30,search,
u6,,1960-02-29,Nice,retired,2023-12-10,store,
u7,M,,Lyon,,2024-05-01,referral,u1
u8,F,2010-05-05,Paris,student,,referral,u2`;
const PRODUCTS = `p1,Trail runner,Shoes/Running,Alto,sport,80,40,78,2023-01-10
p2,City sneaker,Shoes/Casual,Alto,street,60,33,72,2023-01-10
p3,Canvas slip-on,Shoes/Casual,Bravo,street,30,15,,2023-06-01
p4,Ground coffee,Food/Coffee,Cima,,10,6,10,2023-01-10
p5,Decaf coffee,Food/Coffee,Cima,,12,7,11,2024-05-20
p6,Oat cookies,Food/Snacks,Dulce,,4,1.5,,2023-03-01`;
const EDGES = `u3,u1,follow,2024-02-01
u4,u1,follow,2024-02-02
u2,u1,follow,2024-06-11
u5,u6,gift,2023-12-06
u6,u5,gift,2024-06-21`;
const EVENTS = `2023-12-05 10:00:00,u5,purchase,p1,1,80,,o1,s1,desktop,search
2023-12-20 18:30:00,u6,purchase,p3,1,30,,o2,s2,mobile,store
2024-01-05 08:10:00,u1,purchase,p4,2,20,,o3,s3,mobile,search
2024-01-20 20:00:00,u4,purchase,p2,1,60,,o4,s4,desktop,ads
2024-01-25 09:00:00,u4,refund,p2,1,60,,o4,,,
2024-02-04 08:05:00,u1,purchase,p4,2,20,,o5,s5,mobile,search
2024-02-10 12:00:00,u3,purchase,p3,1,30,,o6,s6,mobile,ads
2024-02-10 12:00:00,u3,purchase,p6,5,20,,o6,s6,mobile,ads
2024-03-01 21:15:00,u4,purchase,p1,1,72,8,o7,s7,mobile,ads
2024-03-05 08:20:00,u1,purchase,p4,2,20,,o8,s8,mobile,search
2024-03-05 08:20:00,u1,purchase,p6,1,4,,o8,s8,mobile,search
2024-03-15 11:00:00,,purchase,p4,1,10,,o9,,desktop,store
2024-04-04 08:00:00,u1,purchase,p4,2,20,,o10,s9,mobile,search
2024-04-20 13:00:00,u3,purchase,p6,5,20,,o11,s10,desktop,ads
2024-04-20 13:00:00,u3,purchase,p2,1,48,12,o11,s10,desktop,ads
2024-05-04 08:30:00,u1,purchase,p4,2,16,4,o12,s11,mobile,search
2024-05-15 22:40:00,u7,view,p1,,,,,s12,mobile,referral
2024-05-15 22:45:00,u7,cart,p1,1,,,,s12,mobile,referral
2024-05-16 07:00:00,u7,view,p2,,,,,s13,desktop,direct
2024-06-01 00:00:00,u6,view,p3,,,,,s14,mobile,direct
2024-06-03 07:55:00,u1,purchase,p4,2,20,,o13,s15,mobile,search
2024-06-03 07:55:00,u1,purchase,p1,1,80,,o13,s15,mobile,search
2024-06-11 20:00:00,u2,view,p2,,,,,s16,mobile,referral
2024-06-11 20:05:00,u2,cart,p2,1,,,,s16,mobile,referral
2024-06-12 08:00:00,u2,purchase,p2,1,48,12,o14,s17,mobile,referral
2024-06-12 08:00:00,u2,purchase,p5,1,12,,o14,s17,mobile,referral
2024-06-20 19:00:00,u6,purchase,p2,1,60,,o15,s18,desktop,store
2024-06-20 19:00:00,u6,purchase,p3,1,30,,o15,s18,desktop,store
2024-06-25 10:00:00,u2,view,p1,,,,,s19,mobile,direct
2024-06-26 10:00:00,u2,view,p1,,,,,s20,mobile,direct
2024-06-28 09:30:00,u2,search,,,,,,s21,mobile,direct
2024-06-30 23:59:59,u1,view,p4,,,,,s22,mobile,direct
2024-07-01 00:00:00,u3,purchase,p1,1,80,,o16,s23,mobile,ads`;

export interface EventRow {
  at: string | null;
  user: string | null;
  event: string;
  product: string | null;
  quantity: number | null;
  amount: number | null;
  discount: number | null;
  order: string | null;
  session: string | null;
  device: string | null;
  channel: string | null;
}
type Cells = (string | null)[];
/** Rows as in the files; `edges` and `users` in the fixture's column order. */
export interface Shop {
  users: Cells[];
  products: Cells[];
  edges: Cells[];
  events: EventRow[];
}

const cells = (csv: string): Cells[] => csv.split('\n').map((line) => line.split(',').map((c) => (c === '' ? null : c)));
const number = (c: string | null | undefined) => (c ? Number(c) : null);
const some = (c: string | null | undefined) => c ?? null;
export const FIXTURE: Shop = {
  users: cells(USERS),
  products: cells(PRODUCTS),
  edges: cells(EDGES),
  events: cells(EVENTS).map((c) => ({
    at: some(c[0]),
    user: some(c[1]),
    event: c[2]!,
    product: some(c[3]),
    quantity: number(c[4]),
    amount: number(c[5]),
    discount: number(c[6]),
    order: some(c[7]),
    session: some(c[8]),
    device: some(c[9]),
    channel: some(c[10]),
  })),
};

const text = (v: string | null | undefined) => (v === null || v === undefined ? 'NULL' : `'${v.replaceAll("'", "''")}'`);
const num = (v: number | null) => (v === null ? 'NULL' : String(v));
/** Ordinals in bytewise order of the ids. */
const dense = (values: (string | null | undefined)[]) => new Map([...new Set(values.flatMap((v) => v ?? []))].sort().map((v, i) => [v, i]));
const GENDERS: Record<string, string> = { f: 'female', female: 'female', w: 'female', m: 'male', 男: 'male' };

/** Writes the rows as canonical tables, the way ingest leaves them, and answers their facts. */
export async function loadShop(engine: Engine, shop: Shop): Promise<DataFacts> {
  const { users, products, edges, events } = shop;
  const links: Cells[] = [...edges, ...users.filter((x) => x[7]).map((x) => [x[7]!, x[0]!, 'referral', x[5]!])];
  const u = dense([...users.map((x) => x[0]), ...events.map((e) => e.user), ...links.flatMap((e) => [e[0], e[1]])]);
  const p = dense([...products.map((x) => x[0]), ...events.map((e) => e.product)]);
  const o = dense(events.map((e) => e.order));
  const at = (m: Map<string, number>, id: string | null | undefined) => (id ? String(m.get(id)!) : 'NULL');
  const occasion = new Map<string, number>();
  const occ = (e: EventRow) => {
    const key = e.session ? `s${e.session}` : e.order ? `o${e.order}` : e.at === null ? null : `t${e.at}`;
    if (key === null) return 'NULL';
    if (!occasion.has(key)) occasion.set(key, occasion.size);
    return String(occasion.get(key)!);
  };
  const table = async (name: string, columns: string, rows: string[]) => {
    await engine.exec(`CREATE OR REPLACE TABLE z.${name} (${columns})`);
    if (rows.length) await engine.exec(`INSERT INTO z.${name} VALUES ${rows.join(', ')}`);
    await engine.exec(`CREATE OR REPLACE VIEW ${name} AS SELECT * FROM z.${name}`);
  };
  await engine.exec('DROP TABLE IF EXISTS z.events; DROP TYPE IF EXISTS z.kinds');
  await engine.exec(`CREATE TYPE z.kinds AS ENUM (${[...new Set([...events.map((e) => e.event), 'view'])].sort().map(text).join(', ')})`);
  for (const [name, key, ids] of [
    ['user', 'u', u],
    ['product', 'p', p],
    ['order', 'o', o],
  ] as const)
    await table(
      `${name}_ids`,
      `${key} UINTEGER, ${name}_id VARCHAR`,
      [...ids].map(([id, i]) => `(${i}, ${text(id)})`),
    );
  await table(
    'users',
    'u UINTEGER, gender VARCHAR, birth_date DATE, city VARCHAR, occupation VARCHAR, signup_at TIMESTAMP, signup_channel VARCHAR, referrer_id VARCHAR',
    users.map((x) => `(${[at(u, x[0]), text(x[1] ? (GENDERS[x[1].toLowerCase()] ?? x[1]) : null), ...x.slice(2, 8).map(text)].join(', ')})`),
  );
  await table(
    'products',
    'p UINTEGER, name VARCHAR, category VARCHAR, cat VARCHAR, brand VARCHAR, style VARCHAR, price DECIMAL(18,2), cost DECIMAL(18,2), competitor_price DECIMAL(18,2), launched_at TIMESTAMP',
    products.map(
      (x) =>
        `(${[at(p, x[0]), text(x[1]), text(x[2]), text(x[2]?.split('/')[0]), text(x[3]), text(x[4]), x[5] ?? 'NULL', x[6] ?? 'NULL', x[7] ?? 'NULL', text(x[8])].join(', ')})`,
    ),
  );
  await table(
    'edges',
    'u UINTEGER, v UINTEGER, kind VARCHAR, "at" TIMESTAMP',
    links.map((x) => `(${[at(u, x[0]), at(u, x[1]), text(x[2]), text(x[3])].join(', ')})`),
  );
  await table(
    'events',
    'row UINTEGER, src UTINYINT, line UINTEGER, u UINTEGER, p UINTEGER, utc TIMESTAMP, ts TIMESTAMP, event z.kinds, amount DECIMAL(18,2), quantity INTEGER, discount DECIMAL(18,2), ord UINTEGER, occ BIGINT, o UINTEGER, device VARCHAR, channel VARCHAR',
    events.map((e, i) => {
      const order = e.order === null ? String(o.size + i) : String(o.get(e.order)!);
      return `(${[i + 1, 3, i + 2, at(u, e.user), at(p, e.product), text(e.at), text(e.at), text(e.event), num(e.amount), e.quantity ?? 1, num(e.discount), order, occ(e), at(o, e.order), text(e.device), text(e.channel)].join(', ')})`;
    }),
  );
  return factsOf(shop, links.length, u.size, p.size);
}

function factsOf({ users, products, events }: Shop, links: number, userCount: number, productCount: number): DataFacts {
  const dated = events.flatMap((e) => (e.at && e.user ? [e.at] : [])).sort();
  const counts: Record<string, number> = {};
  for (const e of events) if (e.user) counts[e.event] = (counts[e.event] ?? 0) + 1;
  const column = (name: string, type: TableColumn['type'], role: Role | null = name as Role): TableColumn => ({
    name,
    type,
    role,
    from: [name],
    known: 1,
    distinct: 2,
  });
  const table = (name: TableName, rows: number, columns: TableColumn[]): TableFacts => ({ name, rows, columns });
  const texts = (names: string[]) => names.map((n) => column(n, 'text'));
  const money = (names: string[]) => names.map((n) => column(n, 'money'));
  const ids = [
    column('utc', 'timestamp', 'at'),
    column('u', 'number', 'user_id'),
    column('p', 'number', 'product_id'),
    column('o', 'number', 'order_id'),
  ];
  return {
    tables: {
      users: table('users', users.length, [
        ...texts(['gender', 'city', 'occupation', 'signup_channel', 'referrer_id']),
        column('birth_date', 'date'),
        column('signup_at', 'timestamp'),
      ]),
      products: table('products', products.length, [
        ...texts(['name', 'category', 'brand', 'style']),
        ...money(['price', 'cost', 'competitor_price']),
        column('launched_at', 'timestamp'),
      ]),
      events: table('events', events.length, [
        ...ids,
        ...texts(['event', 'device', 'channel']),
        ...money(['amount', 'discount']),
        column('quantity', 'number'),
      ]),
      edges: table('edges', links, texts(['kind'])),
    },
    users: userCount,
    products: productCount,
    events: counts,
    firstEvent: dated[0] ?? null,
    lastEvent: dated.at(-1) ?? null,
    hourKnown: true,
    priced: false,
    digest: 'fixture',
  };
}
