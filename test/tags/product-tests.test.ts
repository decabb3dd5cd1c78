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
