import type { Frames } from '../core/analysis.ts';
import { rows } from '../core/frame.ts';
import { quantile } from '../stats/quantile.ts';
import { rng } from '../stats/random.ts';
import { spearman } from '../stats/ranks.ts';
import { TEST_DAYS } from './channel-mix-sql.ts';
import type { ChannelMixParams, MixExam } from './channel-mix-types.ts';
import { demandModel } from './demand-model.ts';
import { chooseMix, demandOf, priced } from './mix-choice.ts';

const DRAWS = 200;
/** The channel's last weeks predicted from before them: by its audience, by the shop's, by best-sellers. Null under 20 offered products or 30 buyers. */
export function examine(frames: Frames, p: ChannelMixParams): MixExam | null {
  const model = demandModel(frames, 'train', p.window / 7);
  const offered = new Set(rows<{ p: number }>(frames['offered']!).map((r) => r.p));
  const products = model.products.filter((x) => offered.has(x.p));
  const sales = rows<{ u: number; p: number; units: number }>(frames['testSales']!);
  const byUser = new Map<number, [number, number][]>();
  const place = new Map(products.map((x, i) => [x.p, i]));
  for (const s of sales) {
    const i = place.get(s.p);
    if (i === undefined) continue;
    if (!byUser.has(s.u)) byUser.set(s.u, []);
    byUser.get(s.u)!.push([i, s.units]);
  }
  const users = [...byUser.values()];
  const [channel, shop] = [model.segments.reduce((s, x) => s + x.channel, 0), model.segments.reduce((s, x) => s + x.shop, 0)];
  if (products.length < 20 || users.length < 30 || channel === 0) return null;
  const terms = { visits: (channel * TEST_DAYS) / p.window, discount: p.discount, elasticity: p.elasticity, salvage: p.salvage };
  const [own, all] = [model.segments.map((s) => s.channel / channel), model.segments.map((s) => s.shop / shop)];
  const scaled = terms.visits / shop;
  const predicted = {
    audience: products.map((x) => demandOf(x.lambda, own, terms)),
    shop: products.map((x) => demandOf(x.lambda, all, terms)),
    bestsellers: products.map((x) => x.units * scaled),
  };
  const actual = (draw: (i: number) => number): number[] => {
    const units = products.map(() => 0);
    for (let i = 0; i < users.length; i++) for (const [at, n] of users[draw(i)]!) units[at] = units[at]! + n;
    return units;
  };
  const real = actual((i) => i);
  const limits = { slots: p.slots, categoryMin: p.categoryMin, categoryMax: p.categoryMax, budget: p.budget };
  const profitOf = (demand: readonly number[]): number => {
    const { chosen } = chooseMix(
      products.map((x, i) => priced(x, own, terms, demand[i]!)),
      limits,
    );
    return chosen.reduce((s, c) => {
      const i = products.findIndex((x) => x.id === c.id);
      const x = products[i]!;
      const sold = Math.min(real[i]!, c.q);
      return s + x.price * (1 - p.discount) * sold - x.cost * c.q + p.salvage * x.cost * (c.q - sold);
    }, 0);
  };
  const random = rng(1, 'channel-mix exam');
  const differences = Array.from({ length: DRAWS }, () => {
    const units = actual(() => Math.floor(random() * users.length));
    return spearman(predicted.audience, units) - spearman(predicted.bestsellers, units);
  }).sort((a, b) => a - b);
  const method = (id: keyof typeof predicted, name: string): MixExam['methods'][number] => ({
    id,
    name,
    correlation: spearman(predicted[id], real),
    profit: profitOf(predicted[id]),
  });
  const methods = [method('audience', 'this audience'), method('shop', 'the whole shop’s audience'), method('bestsellers', 'best-sellers')];
  const [lo, hi] = [quantile(differences, 0.025), quantile(differences, 0.975)];
  return {
    products: products.length,
    users: users.length,
    days: TEST_DAYS,
    methods,
    difference: { value: methods[0]!.correlation - methods[2]!.correlation, lo, hi },
    verdict: lo > 0 ? 'better' : 'not shown better',
  };
}
