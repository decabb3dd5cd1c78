import { describe, expect, it } from 'vitest';
import { chooseMix, priced, type Candidate, type MixTerms } from '../../src/decisions/mix-choice.ts';

/** The worked example of the definitions: a flash sale, four segments, ample stock. */
const GOODS: [string, number[], number, number, string][] = [
  ['dress', [30, 20, 1, 1], 40, 22, 'apparel'],
  ['lipstick', [50, 30, 2, 1], 15, 6, 'beauty'],
  ['sneakers', [8, 6, 40, 20], 60, 38, 'apparel'],
  ['razor', [1, 2, 25, 30], 20, 9, 'beauty'],
  ['gamepad', [3, 2, 45, 15], 50, 35, 'electronics'],
  ['cookware', [6, 25, 3, 12], 45, 28, 'home'],
];
const goods = GOODS.map(([id, lambda, price, cost, category]): Candidate => ({ id, lambda, price, cost, category, stock: null, spread: 1 }));
const terms: MixTerms = { visits: 10_000, discount: 0, elasticity: 0, salvage: 0.5 };
const SHOP = [0.25, 0.25, 0.25, 0.25];
const CHANNEL = [0.45, 0.3, 0.15, 0.1];
const at = (w: number[]) => goods.map((g) => priced(g, w, terms));
const limits = { slots: 3, categoryMin: 0, categoryMax: null, budget: null };
const names = (w: number[], more = {}) => chooseMix(at(w), { ...limits, ...more }).chosen.map((c) => c.id);

describe('the flash sale of the definitions', () => {
  it('profits with the shop’s mix', () =>
    expect(Object.fromEntries(at(SHOP).map((x) => [x.id, +x.profit.toFixed(2)]))).toEqual({
      sneakers: 3848.32,
      gamepad: 2273.29,
      dress: 2213.64,
      cookware: 1823.2,
      lipstick: 1812.17,
      razor: 1530.59,
    }));
  it('demand, quantity and profit with the channel’s mix', () =>
    expect(at(CHANNEL).map((x) => [x.id, +x.demand.toFixed(6), x.q, +x.profit.toFixed(2)])).toEqual([
      ['dress', 197.5, 202, 3399.38],
      ['lipstick', 319, 331, 2802.48],
      ['sneakers', 134, 135, 2759.33],
      ['razor', 78, 83, 810.67],
      ['gamepad', 102, 101, 1399.98],
      ['cookware', 118.5, 120, 1880.66],
    ]));
  it('the best three change, and change again under a limit of one per category', () => {
    expect(names(SHOP)).toEqual(['sneakers', 'gamepad', 'dress']);
    expect(names(CHANNEL)).toEqual(['dress', 'lipstick', 'sneakers']);
    expect(names(SHOP, { categoryMax: 1 })).toEqual(['sneakers', 'gamepad', 'cookware']);
    expect(names(CHANNEL, { categoryMax: 1 })).toEqual(['dress', 'lipstick', 'cookware']);
  });
  it('with a budget nothing better fits, and the bound lies above', () => {
    for (const budget of [1500, 3000, 5000, 8000, 12_000]) {
      const items = at(CHANNEL);
      const { chosen, bound } = chooseMix(items, { ...limits, budget });
      const profit = (s: typeof items) => s.reduce((t, x) => t + x.profit, 0);
      let best = 0;
      for (let mask = 0; mask < 64; mask++) {
        const set = items.filter((_, i) => mask & (1 << i));
        if (set.length <= 3 && set.reduce((t, x) => t + x.cost, 0) <= budget) best = Math.max(best, profit(set));
      }
      expect(profit(chosen)).toBeLessThanOrEqual(best + 1e-9);
      expect(profit(chosen)).toBeGreaterThan(0.9 * best);
      if (bound !== null) expect(bound).toBeGreaterThanOrEqual(best - 1e-6);
    }
  });
  it('stock is the most, a dearer cost than price is nothing', () => {
    expect(priced({ ...goods[0]!, stock: 50 }, CHANNEL, terms).q).toBe(50);
    expect(priced({ ...goods[0]!, cost: 41 }, CHANNEL, terms)).toMatchObject({ q: 0, profit: 0 });
  });
});
