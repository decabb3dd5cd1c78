import { OK, type AnalysisContext, type Frames, type Verdict } from '../core/analysis.ts';
import { column } from '../core/frame.ts';
import { amount, listed, whole } from '../profiles/say.ts';
import { gammaDraw } from '../stats/gamma-draw.ts';
import { quantile } from '../stats/quantile.ts';
import { rng } from '../stats/random.ts';
import { examine } from './channel-mix-exam.ts';
import { channelOf } from './channel-mix-sql.ts';
import type { AudienceSegment, ChannelMixAnswer, ChannelMixParams, MixItem } from './channel-mix-types.ts';
import { demandModel, ENOUGH_BUYERS, type DemandModel } from './demand-model.ts';
import { chooseMix, demandOf, priced, type MixTerms, type Priced } from './mix-choice.ts';

const DRAWS = 200;
/** Products that are drawn again: the most profitable, at least so many, and several times the slots. */
const DRAWN = 120;
const LISTED = 200;

export function shapeChannelMix(frames: Frames, p: ChannelMixParams, ctx: AnalysisContext): ChannelMixAnswer {
  const channels = Array.from(column(frames['channels']!, 'channel') as ArrayLike<string>);
  const channel = channelOf(p, frames['channels']!);
  if (channel === null || !frames['nowAudience']) return refused('No event says its channel.', 'Map the channel of an event.', '', channels, ctx);
  const model = demandModel(frames, 'now', p.window / 7);
  const [visitors, everyone] = [sum(model.segments, (s) => s.channel), sum(model.segments, (s) => s.shop)];
  if (visitors === 0)
    return refused(`Nobody came through ${channel} in the window.`, 'Choose another channel or a longer window.', channel, channels, ctx);
  if (model.products.length === 0)
    return refused('No product sold in the window has a price and a cost.', 'Map the cost of a product.', channel, channels, ctx);
  const terms: MixTerms = { visits: p.visits ?? visitors, discount: p.discount, elasticity: p.elasticity, salvage: p.salvage };
  const [own, shop] = [model.segments.map((s) => s.channel / visitors), model.segments.map((s) => s.shop / everyone)];
  const limits = { slots: p.slots, categoryMin: p.categoryMin, categoryMax: p.categoryMax, budget: p.budget };
  const here = model.products.map((x) => priced(x, own, terms));
  const byShop = model.products.map((x) => priced(x, shop, terms));
  const { chosen, bound } = chooseMix(here, limits);
  const shopChosen = chooseMix(byShop, limits).chosen;
  const inHere = new Set(chosen.map((c) => c.id));
  const inShop = new Set(shopChosen.map((c) => c.id));
  const drawn = draw(model, own, terms, here, limits, inHere, inShop);
  const rankOf = (list: Priced[]): Map<string, number> =>
    new Map([...list].sort((a, b) => b.profit - a.profit || (a.id < b.id ? -1 : 1)).map((x, i) => [x.id, i + 1]));
  const [rank, shopRank] = [rankOf(here), rankOf(byShop)];
  const names = new Map(model.products.map((x) => [x.id, x.name]));
  const items = here
    .map((x): MixItem => {
      const d = drawn.items.get(x.id);
      return {
        id: x.id,
        name: names.get(x.id)!,
        category: x.category,
        demand: x.demand,
        q: x.q,
        profit: x.profit,
        lo: d?.lo ?? x.profit,
        hi: d?.hi ?? x.profit,
        stays: d?.stays ?? 0,
        rank: rank.get(x.id)!,
        shopRank: shopRank.get(x.id)!,
        chosen: inHere.has(x.id),
        inShopMix: inShop.has(x.id),
      };
    })
    .sort((a, b) => a.rank - b.rank);
  const profit = sum(chosen, (x) => x.profit);
  const profits = new Map(here.map((x) => [x.id, x.profit]));
  const shopProfit = sum(shopChosen, (x) => profits.get(x.id)!);
  const exam = examine(frames, p);
  const count = (set: Set<string>, cat: string): number => items.filter((i) => set.has(i.id) && i.category === cat).length;
  const categories = [...new Set(items.map((i) => i.category))]
    .map((category) => ({ category, here: count(inHere, category), shop: count(inShop, category) }))
    .filter((c) => c.here + c.shop > 0)
    .sort((a, b) => b.here - a.here || (a.category < b.category ? -1 : 1));
  const verdict: Verdict =
    exam === null
      ? { status: 'weak', why: 'Too little was sold in the channel lately to examine this choice.', next: '' }
      : exam.verdict === 'better'
        ? OK
        : { status: 'weak', why: 'On the last weeks this was not shown to predict better than best-sellers.', next: '' };
  const told = {
    verdict,
    channel,
    channels,
    audience: audienceOf(model, visitors, everyone, ctx.basis.k),
    items: items.filter((i) => i.chosen || i.inShopMix || i.rank <= LISTED),
    chosen: items.filter((i) => i.chosen),
    dropped: items.filter((i) => i.inShopMix && !i.chosen),
    profit,
    shopProfit,
    gain: { value: profit - shopProfit, ...drawn.gain },
    bound,
    categories,
    exam,
    visits: terms.visits,
    rows: {
      used: sum(model.segments, (s) => s.shop),
      unit: 'users with a visit in the window',
      left: [{ n: model.unpriced, why: 'products without a price or a cost' }].filter((l) => l.n > 0),
    },
    notes: [
      'Products of one category may take sales from each other: that is not counted.',
      'What a visitor wants is taken from the whole shop, by gender and age; the sale itself may draw other wishes.',
      ...(p.elasticity === 0 && p.discount > 0 ? ['No answer of demand to price is assumed: a discount only costs margin here.'] : []),
      ...(bound !== null ? [`With this budget no choice can bring more than ${amount(bound, ctx.basis.currency, true)}.`] : []),
    ],
  };
  return {
    ...told,
    title: mixTitle(told, ctx.basis.currency),
    sub: `Expected profit in ${p.window} days, ${whole(terms.visits)} visitors of ${channel}; n = ${whole(visitors)} users there, ${whole(everyone)} in all`,
  };
}

/** The finding: which categories gain places against the shop-wide choice; "No clear difference" unless the interval of the gain leaves out 0. */
export function mixTitle(a: Pick<ChannelMixAnswer, 'gain' | 'categories' | 'chosen' | 'dropped' | 'channel'>, currency: string): string {
  const more = a.categories.filter((c) => c.here > c.shop).sort((x, y) => y.here - y.shop - (x.here - x.shop));
  const less = a.categories.filter((c) => c.here < c.shop).sort((x, y) => x.here - x.shop - (y.here - y.shop));
  if (!(a.gain.lo > 0) || a.dropped.length === 0) return `No clear difference from the shop-wide choice for ${a.channel}`;
  const money = amount(a.gain.value, currency, true);
  if (more[0] && less[0]) return `Less ${less[0].category}, more ${listed(more.slice(0, 2).map((c) => c.category))}: about ${money} more profit`;
  return `Change ${a.dropped.length} of ${a.chosen.length} products: about ${money} more profit`;
}

function audienceOf(model: DemandModel, visitors: number, everyone: number, k: number): AudienceSegment[] {
  return model.segments
    .map((s) => {
      const hidden = (s.channel > 0 && s.channel < k) || s.shop < k;
      return {
        gender: s.g,
        age: s.a,
        channel: hidden ? 0 : s.channel,
        shop: hidden ? 0 : s.shop,
        channelShare: hidden ? 0 : s.channel / visitors,
        shopShare: hidden ? 0 : s.shop / everyone,
        hidden,
        backsOff: s.buyers < ENOUGH_BUYERS,
      };
    })
    .sort((a, b) => b.channelShare - a.channelShare);
}

/** 200 draws of every rate from its gamma posterior: how profits spread, who stays among the chosen, and what the change brings. */
function draw(
  model: DemandModel,
  weights: readonly number[],
  terms: MixTerms,
  here: readonly Priced[],
  limits: Parameters<typeof chooseMix>[1],
  chosen: Set<string>,
  shop: Set<string>,
): { items: Map<string, { lo: number; hi: number; stays: number }>; gain: { lo: number; hi: number } } {
  const order = [...here].sort((a, b) => b.profit - a.profit).slice(0, Math.max(DRAWN, 4 * limits.slots));
  const wanted = new Set([...order.map((x) => x.id), ...chosen, ...shop]);
  const products = model.products.filter((x) => wanted.has(x.id));
  const random = rng(1, 'channel-mix');
  const profits = new Map(products.map((x) => [x.id, [] as number[]]));
  const stays = new Map<string, number>();
  const gains: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const drawn = products.map((x) => {
      const lambda = x.posterior.map(({ shape, rate }, s) => (weights[s]! > 0 ? (1000 * gammaDraw(shape, random) * x.perBuyer) / rate : 0));
      return priced(x, weights, terms, demandOf(lambda, weights, terms));
    });
    for (const x of drawn) profits.get(x.id)!.push(x.profit);
    for (const x of chooseMix(drawn, { ...limits, budget: null }).chosen) stays.set(x.id, (stays.get(x.id) ?? 0) + 1);
    gains.push(sum(drawn, (x) => (chosen.has(x.id) ? x.profit : 0) - (shop.has(x.id) ? x.profit : 0)));
  }
  const ends = (x: number[]): { lo: number; hi: number } => {
    const sorted = x.sort((a, b) => a - b);
    return { lo: quantile(sorted, 0.025), hi: quantile(sorted, 0.975) };
  };
  return {
    items: new Map([...profits].map(([id, x]) => [id, { ...ends(x), stays: (stays.get(id) ?? 0) / DRAWS }])),
    gain: ends(gains),
  };
}

function refused(why: string, next: string, channel: string, channels: string[], ctx: AnalysisContext): ChannelMixAnswer {
  return {
    verdict: { status: 'refused', why, next },
    title: 'Nothing to say yet about what to carry',
    sub: '',
    rows: { used: 0, unit: 'users', left: [{ n: ctx.facts.users, why }] },
    notes: [],
    channel,
    channels,
    audience: [],
    items: [],
    chosen: [],
    dropped: [],
    profit: 0,
    shopProfit: 0,
    gain: { value: 0, lo: 0, hi: 0 },
    bound: null,
    categories: [],
    exam: null,
    visits: 0,
  };
}
const sum = <T>(items: readonly T[], of: (x: T) => number): number => items.reduce((s, x) => s + of(x), 0);
