import { expect, it } from 'vitest';
import type { TableColumn } from '../../src/core/tables.ts';
import { rows } from '../../src/core/frame.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, loadShop } from './fixture.ts';
import type { EventRow, Shop } from './fixture.ts';

const at = (day: number): string => `${new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)} 12:00:00`;
let orders = 0;
const event = (when: string, event: string, product: string, quantity = 1): EventRow => ({
  at: when,
  user: `u${orders++ % 7}`,
  event,
  product,
  quantity,
  amount: event === 'purchase' ? 10 * quantity : null,
  discount: null,
  order: event === 'purchase' ? `o${orders}` : null,
  session: null,
  device: null,
  channel: null,
});
const shop = (events: EventRow[]): Shop => {
  const ids = [...new Set(events.map((e) => e.product!))].sort();
  return { users: [], edges: [], events, products: ids.map((id): Shop['products'][number] => [id, id, null, null, null, '10', null, null, null]) };
};

/** One sale, or one view, on each of these days. */
const sold = (product: string, from: number, to: number): EventRow[] =>
  Array.from({ length: to - from }, (_, i) => event(at(from + i), 'purchase', product));
const seen = (product: string, from: number, to: number): EventRow[] =>
  Array.from({ length: to - from }, (_, i) => event(at(from + i), 'view', product));

onBoth('supply', (engine) => {
  const hints = async (events: EventRow[], stock: Record<string, number> = {}): Promise<Record<string, unknown>> => {
    const facts = await loadShop(engine(), shop(events));
    if (Object.keys(stock).length > 0) {
      await engine().exec('ALTER TABLE z.products ADD COLUMN stock DOUBLE');
      for (const [id, n] of Object.entries(stock)) await engine().exec(`UPDATE z.products SET stock = ${n} WHERE name = '${id}'`);
      await engine().exec('CREATE OR REPLACE VIEW products AS SELECT * FROM z.products');
      const column: TableColumn = { name: 'stock', type: 'number', role: 'stock', from: ['stock'], known: 1, distinct: 2 };
      facts.tables.products!.columns.push(column);
    }
    await computeTags(engine(), facts, { ...BASIS, asOf: at(80).replace('12:', '00:') });
    const made = rows(await engine().query('SELECT product_id, supply_hint FROM product_tags ORDER BY p'));
    return Object.fromEntries(made.map((r) => [r['product_id'], r['supply_hint']]));
  };
  const events = [...sold('stopped', 0, 60), ...sold('going', 0, 80), ...sold('slow', 0, 15)];

  it('suspects a stock-out where steady sales stop, and knows slow movers', async () => {
    expect(await hints(events)).toEqual({ going: 'none', slow: 'slow mover', stopped: 'stock-out suspected' });
  }, 240_000);
  it('does not where nobody looks any more, and does where they still do', async () => {
    expect((await hints([...events, ...seen('stopped', 0, 60)]))['stopped']).toBe('none');
    expect((await hints([...events, ...seen('stopped', 0, 80)]))['stopped']).toBe('stock-out suspected');
  }, 240_000);
  it('reads the cover from the stock: under 14 days reorder, over 180 overstock', async () => {
    // "going" sold one a day in the last 28 days.
    expect((await hints(events, { going: 13 }))['going']).toBe('reorder');
    expect((await hints(events, { going: 14 }))['going']).toBe('none');
    expect((await hints(events, { going: 180 }))['going']).toBe('none');
    expect((await hints(events, { going: 181 }))['going']).toBe('overstock');
  }, 240_000);
});

/** Strength of seasonality of 24 months and more, word by word: 2×12 moving average, mean by month, variances of what is left. */
function strength(units: number[]): number {
  const rest = units.flatMap((u, i) => {
    if (i < 6 || i > units.length - 7) return [];
    const inner = units.slice(i - 5, i + 6).reduce((s, x) => s + x, 0);
    return [{ month: i % 12, x: u - (inner + units[i - 6]! / 2 + units[i + 6]! / 2) / 12 }];
  });
  const mean = (list: number[]): number => list.reduce((s, x) => s + x, 0) / list.length;
  const season = Array.from({ length: 12 }, (_, m) => mean(rest.filter((r) => r.month === m).map((r) => r.x)));
  const mid = mean(season);
  const variance = (list: number[]): number => list.reduce((s, x) => s + (x - mean(list)) ** 2, 0) / (list.length - 1);
  return Math.max(0, 1 - variance(rest.map((r) => r.x - (season[r.month]! - mid))) / variance(rest.map((r) => r.x)));
}

onBoth('seasons over three years', (engine) => {
  it('are told by the strength of the yearly pattern, not by one peak', async () => {
    let seed = 5;
    const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const months = Array.from({ length: 36 }, (_, i) => i);
    const sales: Record<string, number[]> = {
      // Four tenths of a year lie in three months: no season by the rule for a single year.
      yearly: months.map((i) => (i % 12 === 11 ? 40 : 10) + (i % 3)),
      uneven: months.map(() => 5 + Math.floor(20 * random())),
      growing: months.map((i) => 10 + 3 * i + Math.floor(4 * random())),
    };
    const first = (i: number): string => `${new Date(Date.UTC(2024, i, 3)).toISOString().slice(0, 10)} 12:00:00`;
    const events = Object.entries(sales).flatMap(([id, units]) => units.map((n, i) => event(first(i), 'purchase', id, n)));
    // The data begins with the first of the month, so that January is full.
    events.push(event('2024-01-01 00:00:00', 'view', 'yearly'));
    const facts = await loadShop(engine(), shop(events));
    await computeTags(engine(), facts, { ...BASIS, asOf: '2027-01-01 00:00:00' });
    const made = rows(await engine().query('SELECT product_id, seasonal, season_peak FROM product_tags ORDER BY p'));
    const wanted = Object.fromEntries(Object.entries(sales).map(([id, units]) => [id, strength(units) >= 0.64]));
    expect(wanted).toMatchObject({ yearly: true, uneven: false });
    expect(Object.fromEntries(made.map((r) => [r['product_id'], r['seasonal']]))).toEqual(wanted);
    expect(Number(made.find((r) => r['product_id'] === 'yearly')!['season_peak'])).toBeLessThan(0.6);
  }, 240_000);
});
