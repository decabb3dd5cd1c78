import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/core/frame.ts';
import type { Value } from '../../src/core/frame.ts';
import type { DataFacts } from '../../src/core/tables.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { BASIS, loadShop } from './fixture.ts';
import type { EventRow, Shop } from './fixture.ts';

const MIDNIGHT = '2024-04-01 00:00:00';
const SHARES = [
  'weekend_share',
  'cart_abandonment',
  'discount_share',
  'discount_depth',
  'spend_share',
  'return_rate',
  'price_sensitivity',
  'variety',
  'brand_loyalty',
  'penetration',
  'revenue_share',
  'repeat_rate',
  'attach_rate',
];

const stamp = (minutes: number) => new Date(Date.UTC(2024, 0, 1) + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
/** 180 days of a shop of ten users and six products, written out of order; every third event lies after the cut. */
const shops = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 180 * 1440 - 1 }),
      user: fc.integer({ min: 0, max: 9 }),
      product: fc.integer({ min: 0, max: 5 }),
      event: fc.constantFrom('view', 'view', 'cart', 'purchase', 'purchase', 'purchase', 'refund', 'search'),
      quantity: fc.integer({ min: 1, max: 4 }),
      cents: fc.integer({ min: 100, max: 9999 }),
      discount: fc.constantFrom(null, null, 1.5),
      session: fc.integer({ min: 0, max: 40 }),
      device: fc.constantFrom('mobile', 'desktop', null),
    }),
    { minLength: 60, maxLength: 160 },
  )
  .map((list): Shop => ({
    users: Array.from({ length: 10 }, (_, i) => [
      `u${i}`,
      i % 3 ? 'F' : null,
      '1990-02-03',
      i % 2 ? 'Lyon' : 'Nice',
      null,
      i === 9 ? '2024-05-05' : null,
      i % 2 ? 'ads' : 'search',
      i === 4 ? 'u1' : null,
    ]),
    products: Array.from({ length: 6 }, (_, i) => [
      `p${i}`,
      `n${i}`,
      i < 4 ? 'A/x' : 'B',
      i % 2 ? 'Alto' : 'Bravo',
      null,
      String(10 + i),
      '5',
      null,
      '2023-01-01',
    ]),
    edges: [
      ['u0', 'u1', 'follow', '2024-01-02'],
      ['u2', 'u1', 'follow', '2024-05-02'],
      ['u3', 'u2', 'share', '2024-03-31 23:59:59'],
      ['u5', 'u6', 'gift', null],
    ],
    events: list
      .filter((e) => e.user !== 9)
      .map((e): EventRow => {
        const money = e.event === 'purchase' || e.event === 'refund';
        const own = money || e.event === 'cart';
        return {
          at: stamp(e.minute),
          user: `u${e.user}`,
          event: e.event,
          product: e.event === 'search' ? null : `p${e.product}`,
          quantity: own ? e.quantity : null,
          amount: money ? (e.cents * e.quantity) / 100 : null,
          discount: e.event === 'purchase' ? e.discount : null,
          order: money ? `o${e.user}-${Math.floor(e.minute / 1440)}` : null,
          session: `${e.user}-${e.session}`,
          device: e.device,
          channel: null,
        };
      }),
  }));

const cut = (shop: Shop, at: string): Shop => ({
  ...shop,
  users: shop.users.filter((u) => u[5] === null || u[5]! < at),
  edges: shop.edges.filter((e) => e[3] === null || e[3]! < at),
  events: shop.events.filter((e) => e.at! < at),
});

describe('as of', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await openNative({ threads: 1 })));
  afterAll(() => engine.close());

  /** Wide tables without ordinals, which depend on which ids there are. */
  async function tables(
    shop: Shop,
    asOf: string,
    facts?: DataFacts,
  ): Promise<{ facts: DataFacts; user: Record<string, Value>[]; product: Record<string, Value>[] }> {
    const own = await loadShop(engine, shop);
    await computeTags(engine, facts ?? own, { ...BASIS, asOf });
    return {
      facts: own,
      user: rows(await engine.query('SELECT * EXCLUDE (u) FROM user_tags ORDER BY user_id')),
      product: rows(await engine.query('SELECT * EXCLUDE (p) FROM product_tags ORDER BY product_id')),
    };
  }
  const close = (a: Value, b: Value): boolean =>
    typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)) : JSON.stringify(a) === JSON.stringify(b);

  it('never sees later events: tags at a moment are the tags of the data cut there', async () => {
    await fc.assert(
      fc.asyncProperty(shops, fc.constantFrom(MIDNIGHT, '2024-03-09 15:30:00'), async (shop, at) => {
        const whole = await tables(shop, at);
        const short = await tables(cut(shop, at), at, whole.facts);
        for (const entity of ['user', 'product'] as const) {
          expect(whole[entity].map((r) => r[`${entity}_id`])).toEqual(short[entity].map((r) => r[`${entity}_id`]));
          whole[entity].forEach((row, i) => {
            for (const [id, value] of Object.entries(row))
              if (!close(value, short[entity][i]![id]!))
                expect({ row: row[`${entity}_id`], id, value }).toEqual({ row: row[`${entity}_id`], id, value: short[entity][i]![id] });
          });
        }
      }),
      { numRuns: 3 },
    );
  }, 600_000);

  it('knows nobody of a flat export before the first row that names him', async () => {
    await fc.assert(
      fc.asyncProperty(shops, fc.constantFrom('2024-01-15 00:00:00', MIDNIGHT), async (shop, at) => {
        const named = (key: 'user' | 'product') => new Set(shop.events.map((e) => e[key]));
        const users = shop.users.filter((u) => named('user').has(u[0]!)).map((u) => u.map((v, i) => (i === 5 || i === 7 ? null : v)) as typeof u);
        const nameless = { ...shop, edges: [], users, products: shop.products.filter((p) => named('product').has(p[0]!)) };
        const facts = await loadShop(engine, nameless);
        const { tables } = facts;
        const flat = { ...tables, users: { ...tables.users!, flat: true as const }, products: { ...tables.products!, flat: true as const } };
        await computeTags(engine, { ...facts, tables: flat }, { ...BASIS, asOf: at });
        const ids = async (of: 'user' | 'product') =>
          rows(await engine.query(`SELECT ${of}_id AS id FROM ${of}_tags ORDER BY ${of}_id`)).map((r) => r['id']);
        const before = shop.events.filter((e) => e.at! < at);
        expect(await ids('user')).toEqual([...new Set(before.map((e) => e.user!))].toSorted());
        expect(await ids('product')).toEqual([...new Set(before.flatMap((e) => e.product ?? []))].toSorted());
      }),
      { numRuns: 3, endOnFailure: true },
    );
  }, 600_000);

  it('has one row per member, shares between 0 and 1, and the same money on both sides', async () => {
    await fc.assert(
      fc.asyncProperty(shops, async (shop) => {
        const { user, product } = await tables(shop, MIDNIGHT);
        // u9 signed up later; everyone else is in the users file.
        expect(user.map((r) => r.user_id)).toEqual(Array.from({ length: 9 }, (_, i) => `u${i}`));
        for (const row of [...user, ...product])
          for (const id of SHARES) if (typeof row[id] === 'number') expect(row[id]).toSatisfy((x: number) => x >= 0 && x <= 1);
        const sum = (list: Record<string, Value>[], id: string) => list.reduce((s, r) => s + Number(r[id]), 0);
        expect(sum(user, 'monetary')).toBeCloseTo(sum(product, 'revenue'), 6);
        expect(sum(user, 'refund_units')).toBe(sum(product, 'refund_units'));
        const bought = shop.events.filter((e) => e.event === 'purchase' && e.at! < MIDNIGHT);
        expect(sum(user, 'monetary')).toBeCloseTo(
          bought.reduce((s, e) => s + e.amount!, 0),
          6,
        );
      }),
      { numRuns: 2 },
    );
  }, 600_000);
});
