import { gammaDraw } from '../stats/gamma-draw.ts';
import { quantile } from '../stats/quantile.ts';
import { rng } from '../stats/random.ts';
import type { ModelProduct } from './demand-model.ts';
import { chooseMix, demandOf, priced, type Limits, type MixTerms, type Priced } from './mix-choice.ts';

const DRAWS = 200;
/** Products that are drawn again: the most profitable, at least so many, and several times the slots. */
const DRAWN = 120;

export interface Drawn {
  items: Map<string, { lo: number; hi: number; stays: number }>;
  /** Of what `chosen` brings more than `other`. */
  gain: { lo: number; hi: number };
}
/** 200 draws of every rate from its gamma posterior: how profits spread, who stays among the chosen, and what the choice brings over another. */
export function drawMix(
  products: readonly ModelProduct[],
  weights: readonly number[],
  terms: MixTerms,
  here: readonly Priced[],
  limits: Limits,
  chosen: ReadonlySet<string>,
  other: ReadonlySet<string>,
): Drawn {
  const order = [...here].sort((a, b) => b.profit - a.profit).slice(0, Math.max(DRAWN, 4 * limits.slots));
  const wanted = new Set([...order.map((x) => x.id), ...chosen, ...other]);
  const looked = products.filter((x) => wanted.has(x.id));
  const random = rng(1, 'channel-mix');
  const profits = new Map(looked.map((x) => [x.id, [] as number[]]));
  const stays = new Map<string, number>();
  const gains: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const drawn = looked.map((x) => {
      const lambda = x.posterior.map(({ shape, rate }, s) => (weights[s]! > 0 ? (1000 * gammaDraw(shape, random) * x.perBuyer) / rate : 0));
      return priced(x, weights, terms, demandOf(lambda, weights, terms));
    });
    for (const x of drawn) profits.get(x.id)!.push(x.profit);
    for (const x of chooseMix(drawn, limits, false).chosen) stays.set(x.id, (stays.get(x.id) ?? 0) + 1);
    gains.push(drawn.reduce((s, x) => s + (chosen.has(x.id) ? x.profit : 0) - (other.has(x.id) ? x.profit : 0), 0));
  }
  const ends = (x: number[]): { lo: number; hi: number } => {
    const sorted = x.sort((a, b) => a - b);
    return { lo: quantile(sorted, 0.025), hi: quantile(sorted, 0.975) };
  };
  return { items: new Map([...profits].map(([id, x]) => [id, { ...ends(x), stays: (stays.get(id) ?? 0) / DRAWS }])), gain: ends(gains) };
}
