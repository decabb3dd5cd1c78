import { newsvendor, type Order } from '../stats/newsvendor.ts';

/** A product that may be carried: λ per 1,000 visitors of each segment, by the order of the segments. */
export interface Candidate {
  id: string;
  category: string;
  price: number;
  cost: number;
  stock: number | null;
  lambda: readonly number[];
  /** Variance over mean of weekly units; above 1.5 demand is negative binomial. */
  spread: number;
}
export interface MixTerms {
  /** null: unknown, so that only the ranking is (margin × demand of 1,000 visitors, no quantities). */
  visits: number | null;
  discount: number;
  elasticity: number;
  /** What an unsold piece is worth, as a part of its cost. */
  salvage: number;
}
export interface Priced extends Order {
  id: string;
  category: string;
  demand: number;
  cost: number;
}
export interface Limits {
  slots: number;
  categoryMin: number;
  categoryMax: number | null;
  budget: number | null;
}

/** D = visits · Σ w λ / 1000 · (1 − discount)^β. */
export const demandOf = (lambda: readonly number[], weights: readonly number[], t: MixTerms): number =>
  ((t.visits ?? 1000) / 1000) * lambda.reduce((s, l, i) => s + l * weights[i]!, 0) * (1 - t.discount) ** t.elasticity;

/** Demand, quantity and expected profit of a product for an audience. */
export function priced(c: Candidate, weights: readonly number[], t: MixTerms, demand = demandOf(c.lambda, weights, t)): Priced {
  if (t.visits === null) {
    const margin = Math.max(0, c.price * (1 - t.discount) - c.cost);
    return { id: c.id, category: c.category, demand, cost: 0, q: 0, sold: demand, profit: margin * demand };
  }
  const order = newsvendor(
    { mean: demand, spread: c.spread > 1.5 ? c.spread : 1 },
    c.price * (1 - t.discount),
    c.cost,
    t.salvage * c.cost,
    c.stock ?? Infinity,
  );
  return { id: c.id, category: c.category, demand, cost: c.cost * order.q, ...order };
}

const byIdAfter = (a: Priced, b: Priced, x: number, y: number): number => y - x || (a.id < b.id ? -1 : 1);

/** The most valuable that fit under slots and category limits: minima first, then greedy (a partition matroid; Edmonds 1971). */
function greedy(items: readonly Priced[], limits: Limits, value: (i: Priced) => number): Priced[] {
  const sorted = items.filter((i) => value(i) > 0).sort((a, b) => byIdAfter(a, b, value(a), value(b)));
  const taken = new Map<string, number>();
  const out: Priced[] = [];
  const take = (i: Priced, most: number): void => {
    const n = taken.get(i.category) ?? 0;
    if (out.length >= limits.slots || n >= most || out.includes(i)) return;
    taken.set(i.category, n + 1);
    out.push(i);
  };
  if (limits.categoryMin > 0) for (const i of sorted) take(i, limits.categoryMin);
  for (const i of sorted) take(i, limits.categoryMax ?? Infinity);
  return out;
}
const sum = (items: readonly Priced[], of: (i: Priced) => number): number => items.reduce((s, i) => s + of(i), 0);

/** How many products the categories lack to their least, as far as they have any that earn. */
function lacking(set: readonly Priced[], good: readonly Priced[], least: number): number {
  if (least === 0) return 0;
  const have = new Map<string, number>();
  for (const i of good) have.set(i.category, (have.get(i.category) ?? 0) + 1);
  return [...have].reduce((s, [category, n]) => s + Math.max(0, Math.min(least, n) - set.filter((i) => i.category === category).length), 0);
}

/** The bound of the linear relaxation under a budget: its Lagrangian dual in the price of money, at its least. */
function boundOf(items: readonly Priced[], limits: Limits, budget: number): number {
  const dual = (l: number): number =>
    l * budget +
    sum(
      greedy(items, { ...limits, categoryMin: 0 }, (i) => i.profit - l * i.cost),
      (i) => i.profit - l * i.cost,
    );
  let [lo, hi] = [0, Math.max(0, ...items.filter((i) => i.profit > 0).map((i) => i.profit / (i.cost || 1)))];
  for (let i = 0; i < 100; i++) {
    const [a, b] = [lo + (hi - lo) / 3, hi - (hi - lo) / 3];
    if (dual(a) < dual(b)) hi = b;
    else lo = a;
  }
  return dual((lo + hi) / 2);
}

/**
 * Which to carry. Without a budget greedy by profit is optimal; with one greedy by profit per money, then exchanges of one while they gain, and the bound of
 * the linear relaxation says how far from the best this can be (null where no budget binds, or `bound` is not asked for).
 */
export function chooseMix(items: readonly Priced[], limits: Limits, bound = true): { chosen: Priced[]; bound: number | null } {
  const free = greedy(items, limits, (i) => i.profit);
  const { budget } = limits;
  if (budget === null || sum(free, (i) => i.cost) <= budget) return { chosen: free, bound: null };
  const most = limits.categoryMax ?? Infinity;
  const fits = (set: readonly Priced[]): boolean =>
    set.length <= limits.slots && sum(set, (i) => i.cost) <= budget && set.every((i) => set.filter((x) => x.category === i.category).length <= most);
  const good = items.filter((i) => i.profit > 0).sort((a, b) => byIdAfter(a, b, a.profit / (a.cost || 1), b.profit / (b.cost || 1)));
  const lacks = (set: readonly Priced[]): number => lacking(set, good, limits.categoryMin);
  let chosen: Priced[] = [];
  // What every category must have comes first, as cheaply as it earns.
  for (const i of good) if (lacks([...chosen, i]) < lacks(chosen) && fits([...chosen, i])) chosen.push(i);
  for (const i of good) if (!chosen.includes(i) && fits([...chosen, i])) chosen.push(i);
  for (let better = true; better;) {
    better = false;
    for (const i of good) {
      if (chosen.includes(i)) continue;
      const now = lacks(chosen);
      const swap = [[...chosen, i], ...chosen.map((x) => [...chosen.filter((y) => y !== x), i])]
        .filter((set) => fits(set) && lacks(set) <= now)
        .sort((a, b) => sum(b, (x) => x.profit) - sum(a, (x) => x.profit))[0];
      if (swap && sum(swap, (x) => x.profit) > sum(chosen, (x) => x.profit) + 1e-9) {
        chosen = swap;
        better = true;
      }
    }
  }
  chosen.sort((a, b) => byIdAfter(a, b, a.profit, b.profit));
  return { chosen, bound: bound ? boundOf(items, limits, budget) : null };
}
