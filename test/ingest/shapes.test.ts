import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { rawCsv } from './raw-helper.ts';

/** Lines of a small file: a header, then as many rows as the maker is called for. */
const lines = (header: string, n: number, row: (i: number) => string) => [header, ...Array.from({ length: n }, (_, i) => row(i))].join('\n') + '\n';
const day = (i: number) => `2024-01-${String(1 + (i % 28)).padStart(2, '0')}`;

describe('shapes of files', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await openNative({ threads: 1 })));
  afterAll(() => engine.close());
  const shape = async (text: string, opts: { name?: string; header?: boolean } = {}) => {
    const file = await rawCsv(engine, opts.name ?? 'x.csv', text, opts.header === undefined ? {} : { header: opts.header });
    const m = (await guessMapping(engine, [file])).files[0]!;
    return {
      shape: m.shape,
      tables: m.tables,
      why: m.why,
      roles: Object.fromEntries(m.columns.map((c) => [c.column, c.role])),
      asks: m.columns.flatMap((c) => c.asks),
      columns: m.columns,
    };
  };

  it('media, with a mix of audience', async () => {
    const m = await shape(
      'media_id,name,reach,cpm,mix:gender=female,mix:gender=male\nm1,News,1000,5.5,0.4,0.6\nm2,Sport,2000,4,0.3,0.7\nm3,Radio,500,2,0.5,0.5\n',
    );
    expect(m).toMatchObject({
      shape: 'media',
      tables: ['media'],
      roles: { media_id: 'media_id', reach: 'reach', cpm: 'cpm', 'mix:gender=female': 'mix:gender=female' },
    });
  });

  it('edges, and referrals', async () => {
    expect(await shape(lines('user_id,friend_id,kind,at', 9, (i) => `u${i},u${(i + 3) % 9},follow,${day(i)}`))).toMatchObject({
      shape: 'edges',
      roles: { user_id: 'user_id', friend_id: 'other_id', kind: 'kind', at: 'at' },
    });
    expect(await shape(lines('user_id,referrer_id', 9, (i) => `u${i},u${i >> 1}`))).toMatchObject({
      shape: 'edges',
      roles: { user_id: 'user_id', referrer_id: 'referrer_id' },
    });
  });

  it('a step of a funnel', async () => {
    const m = await shape(
      lines('user_id,page', 9, (i) => `${17 + i * 7},payment_page`),
      { name: 'payment_page_table.csv' },
    );
    expect(m).toMatchObject({
      shape: 'funnel',
      tables: ['events'],
      roles: { user_id: 'user_id' },
      why: 'One step of a funnel: a list of users who did “payment_page”.',
    });
  });

  it('events, one row per order, ratings', async () => {
    expect(
      await shape(lines('user_id,event_type,event_time', 40, (i) => `u${i % 7},${['view', 'cart', 'purchase'][i % 3]},${day(i)} 10:00:00`)),
    ).toMatchObject({ shape: 'events', tables: ['events', 'users'], roles: { event_type: 'event', event_time: 'at' } });
    const orders = await shape(lines('order_id,customer,order_date,total', 20, (i) => `o${i},c${i},${day(i)},${i * 3}.50`));
    expect(orders).toMatchObject({ shape: 'events', roles: { order_id: 'order_id', customer: 'user_id', order_date: 'at', total: 'amount' } });
    expect(orders.why).toMatch(/^One row per order: 20 order ids/);
    expect(
      await shape(lines('userId,movieId,rating,timestamp', 40, (i) => `${i % 7},${100 + (i % 11)},${1 + (i % 5)},${1500000000 + i * 86400}`)),
    ).toMatchObject({
      shape: 'events',
      roles: { userId: 'user_id', movieId: 'product_id', rating: 'rating', timestamp: 'at' },
      why: 'A log of ratings: each row is one product rated by a user.',
    });
    const bare = await shape(
      lines(`1,100,3,1500000000`, 40, (i) => `${i % 7},${100 + (i % 11)},${1 + (i % 5)},${1500000000 + i * 86400}`),
      { header: false },
    );
    expect(Object.values(bare.roles)).toEqual(['user_id', 'product_id', 'rating', 'at']);
    expect(bare.columns.every((c) => c.confidence === 'guess')).toBe(true);
  });

  it('users with and without outcomes, products', async () => {
    expect(await shape(lines('user_id,gender,date', 12, (i) => `u${i},${i % 2 ? 'F' : 'M'},${day(i)}`))).toMatchObject({
      shape: 'users',
      tables: ['users'],
      roles: { date: 'signup_at' },
    });
    expect(await shape(lines('user_id,group,converted', 12, (i) => `u${i},${i % 2 ? 'control' : 'treatment'},${i % 3 ? 0 : 1}`))).toMatchObject({
      shape: 'outcomes',
      tables: ['outcomes'],
      roles: { group: 'variant', converted: 'label' },
    });
    expect(await shape(lines('sku,title,brand,price', 12, (i) => `P${i},Thing ${i},Alto,${i}.99`))).toMatchObject({
      shape: 'products',
      tables: ['products'],
      roles: { sku: 'product_id', title: 'name', brand: 'brand', price: 'price' },
    });
  });

  it('a lone id is the user’s beside what people have, the product’s beside what products have', async () => {
    expect(await shape(lines('ID,gender,city', 12, (i) => `${i + 100},${i % 2 ? 'F' : 'M'},${['Rome', 'Oslo'][i % 2]}`))).toMatchObject({
      shape: 'users',
      roles: { ID: 'user_id' },
    });
    expect(await shape(lines('id,title,price', 12, (i) => `${i + 100},Thing ${i},${i}.50`))).toMatchObject({
      shape: 'products',
      roles: { id: 'product_id' },
    });
    expect(await shape(lines('id,foo', 12, (i) => `${i + 100},word ${i}`))).toMatchObject({ shape: 'unknown', roles: { id: null } });
  });

  it('baskets of three kinds', async () => {
    const goods = ['milk', 'bread', 'eggs', 'tea', 'jam'];
    expect(
      (
        await shape(
          lines('milk,bread,eggs', 30, (i) => [0, 1, 2].map((k) => goods[(i + k * (1 + (i % 3))) % 5]).join(',')),
          { header: false },
        )
      ).shape,
    ).toBe('baskets');
    expect((await shape(lines('items', 30, (i) => `${goods[i % 5]};${goods[(i + 1) % 5]}`))).shape).toBe('baskets');
    expect((await shape(lines('basket,milk,bread,eggs', 30, (i) => `b${i},${i % 2},${(i >> 1) % 2},${(i >> 2) % 2}`))).shape).toBe('baskets');
  });

  it('sentences with commas are no baskets', async () => {
    expect((await shape(lines('id,note', 30, (i) => `${i},"this is note ${i}, about ${i * 7}"`))).shape).toBe('unknown');
  });

  it('asks and never invents a user', async () => {
    expect(await shape(lines('foo,bar', 20, (i) => `text ${i},${i * 13}`))).toMatchObject({
      shape: 'unknown',
      tables: [],
      why: 'Two columns, none repeats or joins: which one is the user?',
    });
  });

  it('keeps what a person chose, also for next month’s file with the same columns', async () => {
    const text = (m: string) => lines('who,what,day', 30, (i) => `p${i % 6},thing ${i % 4},2024-${m}-0${1 + (i % 9)}`);
    const may = await rawCsv(engine, 'may.csv', text('05'));
    const first = await guessMapping(engine, [may]);
    Object.assign(first.files[0]!.columns[0]!, { role: 'user_id', confidence: 'chosen' });
    Object.assign(first.files[0]!.columns[1]!, { role: null, confidence: 'chosen' });
    const june = await rawCsv(engine, 'june.csv', text('06'));
    const both = await guessMapping(engine, [may, june], first);
    for (const f of both.files) {
      expect(f.columns.map((c) => [c.role, c.confidence])).toEqual([
        ['user_id', 'chosen'],
        [null, 'chosen'],
        ['at', 'guess'],
      ]);
      expect(f.shape).toBe('events');
    }
    const fixed = await guessMapping(engine, [may], { files: [{ ...both.files[0]!, shape: 'ignored', shapeChosen: true, tables: [] }] });
    expect(fixed.files[0]).toMatchObject({ shape: 'ignored', tables: [], shapeChosen: true });
  });
});
