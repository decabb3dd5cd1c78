import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/core/frame.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { binomialCdf } from '../../src/tags/product/cannibal.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, loadShop } from './fixture.ts';
import type { EventRow, Shop } from './fixture.ts';

/** n over k by Pascal's rule, as a plain check of the incomplete beta. */
function plainCdf(k: number, n: number, p: number): number {
  let sum = 0;
  for (let x = 0, c = 1; x <= k; c = (c * (n - x)) / (x + 1), x++) sum += c * p ** x * (1 - p) ** (n - x);
  return sum;
}
const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);

/**
 * 180 days from 2024-01-01. "old" and "calm" sell every day; from day 90 "new" is sold and "old" only every third day. Women buy "rose", men buy
 * "steel", everyone buys "calm".
 */
function shop(): Shop {
  const events: EventRow[] = [];
  const buy = (d: number, user: string, product: string) =>
    events.push({
      at: `${day(d)} 12:00:00`,
      user,
      event: 'purchase',
      product,
      quantity: 1,
      amount: 10,
      discount: null,
      order: `o${String(events.length).padStart(5, '0')}`,
      session: null,
      device: null,
      channel: null,
    });
  for (let d = 0; d < 180; d++) {
    const user = `u${d % 40}`;
    buy(d, user, 'calm');
    if (d < 90 || d % 3 === 0) buy(d, user, 'old');
    if (d >= 90) buy(d, user, 'new');
    buy(d, user, (d % 40) % 2 ? 'rose' : 'steel');
  }
  return {
    users: Array.from({ length: 40 }, (_, i) => [
      `u${i}`,
      i % 2 ? 'female' : 'm',
      i < 30 ? '1990-01-01' : '1950-01-01',
      'Lyon',
      null,
      null,
      null,
      null,
    ]),
    products: ['calm', 'old', 'new']
      .map((id) => [id, id, 'Things', null, null, '10', null, null, null])
      .concat(['rose', 'steel'].map((id) => [id, id, 'Other', null, null, '10', null, null, null])),
    edges: [],
    events,
  };
}

describe('exact binomial', () => {
  it.each([
    [3, 20, 0.4],
    [0, 5, 0.2],
    [20, 20, 0.9],
    [25, 80, 0.45],
  ])('P(X ≤ %i) of %i trials at %f', (k, n, p) => expect(binomialCdf(k, n, p)).toBeCloseTo(plainCdf(k, n, p), 12));
});

onBoth('what buyers of a product have in common, and what ate its sales', (engine) => {
  let tags: Record<string, unknown>;
  beforeAll(async () => {
    const facts = await loadShop(engine(), shop());
    await computeTags(engine(), facts, { ...BASIS, asOf: '2024-06-29 00:00:00', k: 5 });
    const all = rows(await engine().query('SELECT product_id, audience_gender, audience_age_band, cannibalised_by FROM product_tags ORDER BY p'));
    tags = Object.fromEntries(all.map((r) => [r.product_id, [r.audience_gender, r.audience_age_band, r.cannibalised_by]]));
  }, 240_000);

  it('names the planted audiences and the planted newcomer, and nothing else', () => {
    expect(tags).toEqual({
      calm: ['balanced', 'balanced', null],
      new: ['balanced', 'balanced', null],
      old: ['balanced', 'balanced', 'new'],
      rose: ['female', 'balanced', null],
      steel: ['male', 'balanced', null],
    });
  });
});

/** Products of two categories that come at different days and eat one another by chance and by plan; orders of one or two products. */
function market(): { shop: Shop; lines: { p: string; cat: string; ord: string; d: number }[] } {
  let seed = 7;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const products = Array.from({ length: 14 }, (_, i) => ({
    id: `p${String(i).padStart(2, '0')}`,
    cat: i % 2 ? 'B' : 'A',
    from: i < 8 ? 0 : 60 + 7 * (i - 8),
  }));
  const lines: { p: string; cat: string; ord: string; d: number }[] = [];
  for (let d = 0; d < 200; d++) {
    for (const [i, p] of products.entries()) {
      const eaten = i < 4 && d >= 60 + 14 * i ? 0.25 : 0.8;
      for (let n = 0; n < 2; n++)
        if (d === p.from || (d > p.from && random() < eaten)) lines.push({ p: p.id, cat: p.cat, ord: `o${d}-${i % 5}-${n}`, d });
    }
  }
  const events = lines.map(({ p, ord, d }): EventRow => ({
    at: `${day(d)} 12:00:00`,
    user: `u${ord.length}${ord.at(-1)}`,
    event: 'purchase',
    product: p,
    quantity: 1,
    amount: 10,
    discount: null,
    order: ord,
    session: null,
    device: null,
    channel: null,
  }));
  const shop = {
    users: [],
    edges: [],
    events,
    products: products.map((p): Shop['products'][number] => [p.id, p.id, p.cat, null, null, '10', null, null, null]),
  };
  return { shop, lines };
}

/** The definition, word by word, over all pairs of products. */
function eatersOf(lines: ReturnType<typeof market>['lines'], end: number): Record<string, string> {
  const all = [...new Set(lines.map((l) => l.p))].sort();
  const catOf = new Map(lines.map((l) => [l.p, l.cat]));
  const orders = (p: string, from: number, to: number): number =>
    new Set(lines.filter((l) => l.p === p && l.d >= from && l.d < to).map((l) => l.ord)).size;
  const best: Record<string, { by: string; ratio: number }> = {};
  for (const e of all) {
    const first = Math.min(...lines.filter((l) => l.p === e).map((l) => l.d));
    if (first < 56 || end - first < 56) continue;
    const rest = all.filter((p) => p !== e && catOf.get(p) === catOf.get(e));
    const counts = new Map(rest.map((p) => [p, { b: orders(p, first - 56, first), a: orders(p, first, first + 56) }]));
    for (const [p, { b, a }] of counts) {
      if (b < 20) continue;
      const others = [...counts].filter(([o]) => o !== p).map(([, c]) => c);
      const [rb, ra] = [others.reduce((s, c) => s + c.b, 0), others.reduce((s, c) => s + c.a, 0)];
      const ratio = a / b / (ra / rb);
      if (ratio > 0.7 || binomialCdf(a, a + b, ra / (ra + rb)) > 0.01) continue;
      if (!best[p] || ratio < best[p].ratio) best[p] = { by: e, ratio };
    }
  }
  return Object.fromEntries(Object.entries(best).map(([p, { by }]) => [p, by]));
}

onBoth('who ate whose sales, among many newcomers', (engine) => {
  it('is what the definition says of every pair', async () => {
    const { shop, lines } = market();
    const facts = await loadShop(engine(), shop);
    await computeTags(engine(), facts, { ...BASIS, asOf: `${day(200)} 00:00:00`, k: 5 });
    const found = rows(
      await engine().query('SELECT product_id, cannibalised_by AS by FROM product_tags WHERE cannibalised_by IS NOT NULL ORDER BY p'),
    );
    const wanted = eatersOf(lines, 200);
    expect(Object.keys(wanted).length).toBeGreaterThan(2);
    expect(Object.fromEntries(found.map((r) => [r.product_id, r.by]))).toEqual(wanted);
  }, 240_000);
});
