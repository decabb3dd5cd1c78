import { expect, it } from 'vitest';
import type { FileFacts, FileMapping, Mapping } from '../../src/core/files.ts';
import { rows } from '../../src/core/frame.ts';
import type { Role } from '../../src/core/roles.ts';
import type { Settings } from '../../src/core/settings.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { onBothEngines } from './engines.ts';
import { rawCsv } from './raw-helper.ts';

type Made = { file: FileFacts; map: FileMapping };
/** A file with the roles of its columns as given: header:role. */
async function file(
  engine: Engine,
  name: string,
  shape: FileMapping['shape'],
  text: string,
  roles: Record<string, Role>,
  options: FileMapping['options'] = {},
  tables: FileMapping['tables'] = [],
): Promise<Made> {
  const facts = await rawCsv(engine, name, text);
  const columns = facts.columns.map((c) => ({
    column: c.name,
    role: roles[c.name] ?? null,
    confidence: 'chosen' as const,
    guesses: [],
    evidence: '',
    asks: [],
  }));
  return { file: facts, map: { file: facts.id, shape, tables, why: '', columns, options } };
}
const build = (engine: Engine, made: Made[], settings: Partial<Settings> = {}) =>
  buildTables(
    engine,
    made.map((m) => m.file),
    { files: made.map((m) => m.map) } satisfies Mapping,
    { ...DEFAULT_SETTINGS, ...settings },
  );
const all = async (engine: Engine, sql: string) => rows(await engine.query(sql)).map((r) => Object.values(r));

onBothEngines('canonical tables', (engine) => {
  it('reads sales lines by the first rule that matches', async () => {
    const text = `inv,user,sku,qty,price,off,at
1001,a,p1,2,5.00,,2024-01-01
C1002,a,p1,-1,5.00,,2024-01-02
1003,a,p1,-3,0,,2024-01-03
A1004,,p9,1,100,,2024-01-04
1005,b,p2,1,0,,2024-01-05
1006,b,p2,4,2.50,1.5,2024-01-06
1006,b,p2,,3.00,,2024-01-07
1008,b,p2,1,-7,,2024-01-08
${Array.from({ length: 60 }, (_, i) => `20${i + 10},c,p3,1,1,,2024-02-01`).join('\n')}
`;
    await build(engine(), [
      await file(engine(), 'a.csv', 'events', text, {
        inv: 'order_id',
        user: 'user_id',
        sku: 'product_id',
        qty: 'quantity',
        price: 'price',
        off: 'discount',
        at: 'at',
      }),
    ]);
    expect(await all(engine(), 'SELECT event, amount, quantity, discount, price FROM events ORDER BY row LIMIT 8')).toEqual([
      ['purchase', 10, 2, null, 5],
      ['refund', 5, 1, null, 5],
      ['adjustment', 0, 3, null, 0],
      ['adjustment', 100, 1, null, 100],
      ['free', 0, 1, null, 0],
      ['purchase', 8.5, 4, 1.5, 2.5],
      ['purchase', 3, 1, null, 3],
      ['adjustment', 7, 1, null, 7],
    ]);
    expect(await all(engine(), "SELECT typeof(amount), typeof(event) LIKE 'ENUM%', typeof(quantity) FROM events LIMIT 1")).toEqual([
      ['DECIMAL(18,2)', true, 'INTEGER'],
    ]);
  });

  it('a discount up to 1 is a share; without letters in order a C means nothing; a zero order is an order', async () => {
    const text = 'order,user,total,off,price\nC1,a,0,0.25,10\nX2,a,5,0.5,\nX3,b,6,,\n';
    await build(engine(), [
      await file(engine(), 'b.csv', 'events', text, { order: 'order_id', user: 'user_id', total: 'amount', off: 'discount', price: 'price' }),
    ]);
    expect(await all(engine(), 'SELECT event, amount, discount FROM events ORDER BY row')).toEqual([
      ['purchase', 0, 2.5],
      ['purchase', 5, 5],
      ['purchase', 6, null],
    ]);
  });

  it('a cancelled status keeps the purchase and adds a refund; event ids count once; ord and occ', async () => {
    const text =
      'id,user,at,total,status,session\ne1,a,2024-01-01 10:00:00,5,delivered,s1\ne2,a,2024-01-02 10:00:00,7,Cancelled,s1\ne2,a,2024-01-02 10:00:00,7,cancelled,s1\ne3,b,2024-01-03 10:00:00,9,,\n';
    const report = await build(engine(), [
      await file(engine(), 'c.csv', 'events', text, {
        id: 'event_id',
        user: 'user_id',
        at: 'at',
        total: 'amount',
        status: 'status',
        session: 'session_id',
      }),
    ]);
    expect(await all(engine(), 'SELECT line, event, amount, ord, occ < 10 FROM events ORDER BY row')).toEqual([
      [2, 'purchase', 5, 0, true],
      [3, 'purchase', 7, 1, true],
      [3, 'refund', 7, 1, true],
      [5, 'purchase', 9, 3, false],
    ]);
    expect(report.accounts[0]).toMatchObject({ rows: 4, kept: 3, doubled: 1 });
    expect(await all(engine(), 'SELECT occ - 1152921504606846976 = epoch_us(ts) FROM events WHERE occ > 1000')).toEqual([[true]]);
  });

  it('orders without a number are orders of their own, dense after those with one', async () => {
    const text = 'order,user,at,total\no2,a,2024-01-01,1\n,a,2024-01-02,2\no1,a,2024-01-03,3\nNA,b,2024-01-04,4\n';
    await build(engine(), [await file(engine(), 'd.csv', 'events', text, { order: 'order_id', user: 'user_id', at: 'at', total: 'amount' })]);
    expect(await all(engine(), 'SELECT ord, o FROM events ORDER BY row')).toEqual([
      [1, 1],
      [2, null],
      [0, 0],
      [3, null],
    ]);
  });

  it('event words in any language; own words stay; other where a cell is empty', async () => {
    const text =
      'u,e,at,v\na,加购,2024-01-01 08:00:00,1\na,Page View,2024-01-01 08:01:00,2\na,Kauf,2024-01-01 08:02:00,-3\na,balance,2024-01-01 08:03:00,-4.5\na,,2024-01-01 08:04:00,5\n';
    await build(engine(), [await file(engine(), 'e.csv', 'events', text, { u: 'user_id', e: 'event', at: 'at', v: 'amount' })]);
    expect(await all(engine(), 'SELECT event, amount FROM events ORDER BY row')).toEqual([
      ['cart', 1],
      ['view', 2],
      ['refund', 3],
      ['balance', -4.5],
      ['other', 5],
    ]);
  });

  it('zones: wall clock of the file, instants with offset, shown in the project’s zone', async () => {
    const local = await file(engine(), 'f.csv', 'events', 'u,at,v\na,2024-03-31 02:30:00,1\nb,2024-07-01 00:00:00,1\n', {
      u: 'user_id',
      at: 'at',
      v: 'amount',
    });
    const offset = await file(engine(), 'g.csv', 'events', 'u,at,v\na,2024-07-01T10:00:00+08:00,1\nb,1719792000,1\n', {
      u: 'user_id',
      at: 'at',
      v: 'amount',
    });
    await build(engine(), [local, offset], { zone: 'Europe/Paris' });
    expect(await all(engine(), 'SELECT src, utc, ts FROM events ORDER BY row')).toEqual([
      [0, '2024-03-31 01:30:00', '2024-03-31 03:30:00'],
      [0, '2024-06-30 22:00:00', '2024-07-01 00:00:00'],
      [1, '2024-07-01 02:00:00', '2024-07-01 04:00:00'],
      [1, '2024-07-01 00:00:00', '2024-07-01 02:00:00'],
    ]);
  });

  it('users of several files merge; doubled ids keep the last known value; .0 goes; ids sort bytewise', async () => {
    const a = await file(engine(), 'h.csv', 'users', 'id,sex,city\n10.0,F,Lyon\n9.0,m,\n10.0,,Paris\n', {
      id: 'user_id',
      sex: 'gender',
      city: 'city',
    });
    const b = await file(engine(), 'i.csv', 'users', 'id,age,plan\n9,44,pro\n11,150,free\n,20,free\n', { id: 'user_id', age: 'age' });
    const report = await build(engine(), [a, b]);
    expect(await all(engine(), 'SELECT user_id, gender, city, age, "attr:plan" FROM users JOIN user_ids USING (u) ORDER BY u')).toEqual([
      ['10', 'female', 'Paris', null, null],
      ['11', null, null, null, 'free'],
      ['9', 'male', null, 44, 'pro'],
    ]);
    expect(report.accounts.map(({ file: f, rows: n, kept, rejected, doubled }) => [f, n, kept, rejected, doubled])).toEqual([
      ['h.csv', 3, 2, 0, 1],
      ['i.csv', 3, 1, 1, 1],
    ]);
    expect(report.notes.map((n) => n.id.split(':')[0])).toEqual(['dot', 'age', 'doubled', 'doubled', 'differs']);
    expect(report.contradictions!.map((c) => [c.column, c.n, c.examples])).toEqual([
      [
        'city',
        1,
        [
          {
            id: '10',
            taken: 'Paris',
            said: [
              { value: 'Lyon', file: 'h.csv', line: 2 },
              { value: 'Paris', file: 'h.csv', line: 4 },
            ],
          },
        ],
      ],
    ]);
  });

  it('flat exports: attributes of users by the 98 % rule, products by the commonest name, levels of categories', async () => {
    const line = (i: number) =>
      `u${i % 50},p${i % 4},${i % 8 === 0 ? 'Old name' : `Name ${i % 4}`},${i % 4 < 2 ? 'Food' : 'Toys'},${['Tea', 'Jam', 'Ball', 'Kite'][i % 4]},${['DE', 'FR'][(i % 50) % 2]},${['web', 'app', 'shop'][i % 3]},2024-01-01 00:${String(i % 60).padStart(2, '0')}:00,${i + 1}`;
    const text = `user,sku,title,department,category,land,via,at,total\n${Array.from({ length: 200 }, (_, i) => line(i)).join('\n')}\nu0,p0,Name 0,Food,Tea,FR,web,2024-02-01 00:00:00,1\n`;
    const roles: Record<string, Role> = {
      user: 'user_id',
      sku: 'product_id',
      title: 'name',
      department: 'category',
      category: 'category',
      via: 'channel',
      at: 'at',
      total: 'amount',
    };
    const report = await build(engine(), [await file(engine(), 'j.csv', 'events', text, roles, {}, ['events', 'users', 'products'])]);
    expect(report.facts.tables.users!.columns.map((c) => c.name)).toEqual(['u', 'attr:land']);
    expect(await all(engine(), 'SELECT user_id, "attr:land" FROM users JOIN user_ids USING (u) ORDER BY u LIMIT 2')).toEqual([
      ['u0', 'FR'],
      ['u1', 'FR'],
    ]);
    expect(await all(engine(), 'SELECT product_id, name, category, cat FROM products JOIN product_ids USING (p) ORDER BY p')).toEqual([
      ['p0', 'Name 0', 'Food/Tea', 'Food'],
      ['p1', 'Name 1', 'Food/Jam', 'Food'],
      ['p2', 'Name 2', 'Toys/Ball', 'Toys'],
      ['p3', 'Name 3', 'Toys/Kite', 'Toys'],
    ]);
    expect(report.facts.tables.events!.columns.map((c) => c.name)).toContain('attr:land');
  });

  it('orders and their lines are joined; steps of a funnel take the date of their user; referrals in a file of links', async () => {
    const orders = await file(
      engine(),
      'orders.csv',
      'events',
      'order,user,at,status\n1,a,2024-01-01 09:00:00,delivered\n2,b,2024-01-02 09:00:00,canceled\n3,b,2024-01-03 09:00:00,delivered\n',
      { order: 'order_id', user: 'user_id', at: 'at', status: 'status' },
    );
    const items = await file(
      engine(),
      'items.csv',
      'events',
      'order,sku,price\n1,p1,5\n1,p2,6\n2,p1,5\n',
      { order: 'order_id', sku: 'product_id', price: 'price' },
      {},
      ['events', 'users', 'products'],
    );
    const report = await build(engine(), [orders, items]);
    expect(await all(engine(), 'SELECT src, user_id, event, ts, amount, ord FROM events JOIN user_ids USING (u) ORDER BY row')).toEqual([
      [1, 'a', 'purchase', '2024-01-01 09:00:00', 5, 0],
      [1, 'a', 'purchase', '2024-01-01 09:00:00', 6, 0],
      [1, 'b', 'purchase', '2024-01-02 09:00:00', 5, 1],
      [1, 'b', 'refund', '2024-01-02 09:00:00', 5, 1],
    ]);
    expect(report.notes.map((n) => n.id.split(':')[0])).toContain('lines');
    const users = await file(engine(), 'u.csv', 'users', 'id,date\na,2024-05-01\nb,2024-05-02\nc,2024-05-03\n', { id: 'user_id', date: 'signup_at' });
    const step = await file(engine(), 'pay_table.csv', 'funnel', 'id,page\nb,checkout\nc,checkout\n', { id: 'user_id' });
    const links = await file(engine(), 'links.csv', 'edges', 'id,by\nb,a\nc,a\nc,\n', { id: 'user_id', by: 'referrer_id' });
    await build(engine(), [users, step, links]);
    expect(await all(engine(), 'SELECT user_id, event, ts FROM events JOIN user_ids USING (u) ORDER BY row')).toEqual([
      ['b', 'checkout', '2024-05-02 00:00:00'],
      ['c', 'checkout', '2024-05-03 00:00:00'],
    ]);
    expect(await all(engine(), 'SELECT u, v, kind, "at" FROM edges')).toEqual([
      [0, 1, 'referral', null],
      [0, 2, 'referral', null],
    ]);
  });

  it('baskets, media, outcomes', async () => {
    const baskets = await file(engine(), 'k.csv', 'baskets', 'items\nmilk; bread;milk\n\njam\n', {});
    const media = await file(
      engine(),
      'l.csv',
      'media',
      'media_id,name,reach,ctr,mix:gender=female\nm1,News,"1,000",2.5%,0.4\nm2,Sport,500,1%,0.3\n',
      { media_id: 'media_id', reach: 'reach', ctr: 'ctr', 'mix:gender=female': 'mix:gender=female' },
    );
    const outcomes = await file(
      engine(),
      'm.csv',
      'outcomes',
      'id,experiment,arm,at,value\na,mail,control,2024-01-01,0\nb,mail,test,2024-01-01,3.5\n',
      { id: 'user_id', experiment: 'experiment', arm: 'variant', at: 'at', value: 'value' },
    );
    const report = await build(engine(), [baskets, media, outcomes]);
    expect(await all(engine(), 'SELECT product_id, ord, quantity, u, ts FROM events JOIN product_ids USING (p) ORDER BY row')).toEqual([
      ['bread', 0, 1, null, null],
      ['milk', 0, 1, null, null],
      ['jam', 1, 1, null, null],
    ]);
    expect(await all(engine(), 'SELECT * FROM media')).toEqual([
      ['m1', 'News', 1000, 0.025, 0.4],
      ['m2', 'Sport', 500, 0.01, 0.3],
    ]);
    expect(await all(engine(), 'SELECT u, experiment, variant, "at", value, label FROM outcomes')).toEqual([
      [0, 'mail', 'control', '2024-01-01 00:00:00', 0, null],
      [1, 'mail', 'test', '2024-01-01 00:00:00', 3.5, null],
    ]);
    expect(report.facts.tables.media!.columns.at(-1)).toMatchObject({ name: 'mix:gender=female', role: 'mix:gender=female' });
  });

  it('offers a join that would match, and takes the answer', async () => {
    const log = 'u,at,v\n007,2024-01-01,1\n008,2024-01-02,1\n';
    const users = await file(engine(), 'users.csv', 'users', 'id,city\n7,Rome\n8,Oslo\n9,Bern\n', { id: 'user_id', city: 'city' });
    const events = await file(engine(), 'log.csv', 'events', log, { u: 'user_id', at: 'at', v: 'amount' });
    const report = await build(engine(), [users, events]);
    expect(report.joins[0]).toMatchObject({
      from: 'log.csv',
      to: 'users.csv',
      matched: 0,
      total: 2,
      text: '100 % of events have a user that is not in users.csv.',
      detail: 'Without leading zeros 100 % of the ids would match.',
    });
    expect(report.notes[0]).toMatchObject({ id: 'join:log.csv:users.csv:user:zeros', level: 'warn' });
    events.map.options = { ids: { u: ['zeros'] } };
    const again = await build(engine(), [users, events]);
    expect(again.joins.map((j) => j.text)).toEqual(['All events have a user of users.csv.', '33.3 % of users of users.csv have no event.']);
  });

  it('refuses a mapping without a user in words, and leaves the tables that stand', async () => {
    const good = await file(engine(), 'n.csv', 'events', 'u,at,v\na,2024-01-01,1\n', { u: 'user_id', at: 'at', v: 'amount' });
    await build(engine(), [good]);
    const bad = await file(engine(), 'two.csv', 'unknown', 'foo,bar\nx y,1\n', {});
    bad.map.why = 'Two columns, none repeats or joins: which one is the user?';
    await expect(build(engine(), [bad])).rejects.toMatchObject({ code: 'MAP_NO_USER', message: bad.map.why, where: { file: 'two.csv' } });
    const twice = await file(engine(), 'o.csv', 'events', 'u,w,at\na,b,2024-01-01\n', { u: 'user_id', w: 'user_id', at: 'at' });
    await expect(build(engine(), [twice])).rejects.toMatchObject({ code: 'MAP_INVALID', message: 'Both “u” and “w” are given the role user id.' });
    const stop = new AbortController();
    stop.abort();
    await expect(buildTables(engine(), [good.file], { files: [good.map] }, DEFAULT_SETTINGS, { signal: stop.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(await all(engine(), 'SELECT count(*) FROM events')).toEqual([[1]]);
    expect(await all(engine(), "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'n\\_%' ESCAPE '\\'")).toEqual([[0]]);
  });
});
