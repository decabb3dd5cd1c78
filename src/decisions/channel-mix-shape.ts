import { OK, refused, weak, type AnalysisContext, type Frames, type Verdict } from '../core/analysis.ts';
import { column } from '../core/frame.ts';
import { amount, whole } from '../profiles/say.ts';
import { audienceFor, audienceRows, mediaOf, type Audience } from './channel-audience.ts';
import { drawMix, type Drawn } from './channel-mix-draws.ts';
import { examine } from './channel-mix-exam.ts';
import { channelOf } from './channel-mix-sql.ts';
import { mixTitle } from './channel-mix-title.ts';
import type { ChannelMixAnswer, ChannelMixParams, MixExam, MixItem } from './channel-mix-types.ts';
import { demandModel, ENOUGH_BUYERS, flatModel, type DemandModel } from './demand-model.ts';
import { chooseMix, priced, type Limits, type MixTerms, type Priced } from './mix-choice.ts';

const LISTED = 200;

export function shapeChannelMix(frames: Frames, p: ChannelMixParams, ctx: AnalysisContext): ChannelMixAnswer {
  const channels = Array.from(column(frames['channels']!, 'channel') as ArrayLike<string>);
  const channel = channelOf(p, frames['channels']!);
  const choices = { channel: channels, medium: mediaOf(frames) };
  const model = demandModel(frames, 'now', p.window / 7);
  const audience = audienceFor(frames, p, channel, model);
  if ('why' in audience) return nothing(refused(audience.why, audience.next), channel, choices, ctx);
  if (model.products.length === 0)
    return nothing(refused('No product sold in the window has a price and a cost.', 'Map the cost of a product.'), channel, choices, ctx);
  const everyone = sum(model.segments, (s) => s.shop);
  const visits = p.visits ?? audience.users;
  const terms: MixTerms = { visits, discount: p.discount, elasticity: p.elasticity, salvage: p.salvage };
  const limits: Limits = { slots: p.slots, categoryMin: p.categoryMin, categoryMax: p.categoryMax, budget: visits === null ? null : p.budget };
  const shop = model.segments.map((s) => s.shop / everyone);
  const here = model.products.map((x) => priced(x, audience.weights, terms));
  const byShop = model.products.map((x) => priced(x, shop, terms));
  const { chosen, bound } = chooseMix(here, limits);
  const shopChosen = chooseMix(byShop, limits, false).chosen;
  const [inHere, inShop] = [idsOf(chosen), idsOf(shopChosen)];
  const drawn = drawMix(model.products, audience.weights, terms, here, limits, inHere, inShop);
  const items = itemsOf(model, here, byShop, drawn, inHere, inShop);
  const flat = flatModel(model);
  const sellers = flat.products.map((x) => priced(x, [1], terms));
  const best = idsOf(chooseMix(sellers, limits, false).chosen);
  const bestsellers = itemsOf(flat, sellers, byShop, drawMix(flat.products, [1], terms, sellers, limits, best, best), best, inShop);
  const exam = audience.from === 'channel' ? examine(frames, p) : null;
  const lead = exam && exam.verdict !== 'better' ? 'bestsellers' : 'audience';
  const profits = new Map(here.map((x) => [x.id, x.profit]));
  const [profit, shopProfit] = [sum(chosen, (x) => x.profit), sum(shopChosen, (x) => profits.get(x.id)!)];
  const whose = audience.name;
  const told = {
    verdict: verdictOf(exam, audience),
    choices,
    channel,
    from: audience.from,
    audience: audienceRows(model, audience, ctx.basis.k),
    items: items.filter((i) => i.chosen || i.inShopMix || i.rank <= LISTED),
    chosen: items.filter((i) => i.chosen),
    dropped: items.filter((i) => i.inShopMix && !i.chosen),
    bestsellers: bestsellers.filter((i) => i.chosen),
    lead: lead as ChannelMixAnswer['lead'],
    profit,
    shopProfit,
    gain: { value: profit - shopProfit, ...drawn.gain },
    bound,
    categories: categoriesOf(items),
    exam,
    visits,
    rows: {
      used: everyone,
      unit: 'users with a visit in the window',
      left: [{ n: model.unpriced, why: 'products without a price or a cost' }].filter((l) => l.n > 0),
    },
    notes: notesOf(model, audience, p, visits, bound, ctx.basis.currency),
  };
  const n = audience.users === null ? '' : `n = ${whole(audience.users)} users there, `;
  return {
    ...told,
    title: mixTitle({ ...told, whose }, ctx.basis.currency),
    sub:
      visits === null
        ? `Margin × demand of 1,000 visitors; ${n}${whole(everyone)} users in all in ${p.window} days`
        : `Expected profit, ${whole(visits)} visitors of ${whose}; ${n}${whole(everyone)} in all in ${p.window} days`,
  };
}

const idsOf = (items: readonly Priced[]): Set<string> => new Set(items.map((x) => x.id));

function itemsOf(model: DemandModel, here: Priced[], byShop: Priced[], drawn: Drawn, chosen: Set<string>, shop: Set<string>): MixItem[] {
  const rankOf = (list: Priced[]): Map<string, number> =>
    new Map([...list].sort((a, b) => b.profit - a.profit || (a.id < b.id ? -1 : 1)).map((x, i) => [x.id, i + 1]));
  const [rank, shopRank] = [rankOf(here), rankOf(byShop)];
  const names = new Map(model.products.map((x) => [x.id, x.name]));
  return here
    .map(({ id, category, demand, q, profit }): MixItem => {
      const d = drawn.items.get(id);
      return {
        id,
        name: names.get(id)!,
        category,
        demand,
        q,
        profit,
        lo: d?.lo ?? profit,
        hi: d?.hi ?? profit,
        stays: d?.stays ?? 0,
        rank: rank.get(id)!,
        shopRank: shopRank.get(id)!,
        chosen: chosen.has(id),
        inShopMix: shop.has(id),
      };
    })
    .sort((a, b) => a.rank - b.rank);
}

function categoriesOf(items: readonly MixItem[]): ChannelMixAnswer['categories'] {
  const count = (category: string, of: 'chosen' | 'inShopMix'): number => items.filter((i) => i[of] && i.category === category).length;
  return [...new Set(items.map((i) => i.category))]
    .map((category) => ({ category, here: count(category, 'chosen'), shop: count(category, 'inShopMix') }))
    .filter((c) => c.here + c.shop > 0)
    .sort((a, b) => b.here - a.here || (a.category < b.category ? -1 : 1));
}

function verdictOf(exam: MixExam | null, { from }: Audience): Verdict {
  if (from !== 'channel') return weak('An audience that is given, not counted, cannot be examined on past sales.');
  if (exam === null) return weak('Too little was sold in the channel lately to examine this choice.');
  return exam.verdict === 'better'
    ? OK
    : weak('On the last weeks the audience was not shown to predict better than best-sellers, so those are shown.');
}

function notesOf(
  model: DemandModel,
  audience: Audience,
  p: ChannelMixParams,
  visits: number | null,
  bound: number | null,
  currency: string,
): string[] {
  const few = model.segments.filter((s, i) => s.buyers < ENOUGH_BUYERS && audience.weights[i]! > 0).length;
  return [
    'Products of one category may take sales from each other: that is not counted.',
    'What a visitor wants is taken from the whole shop, by gender and age; the sale itself may draw other wishes.',
    ...(few ? [`${few} of ${model.segments.length} groups have under ${ENOUGH_BUYERS} buyers: their wishes are those of their categories.`] : []),
    ...(visits === null ? ['How many will come is not known: this is a ranking, without quantities. Type the visitors expected for those.'] : []),
    ...(visits === null && p.budget !== null ? ['A budget needs the visitors expected: it is left aside.'] : []),
    ...(audience.from === 'medium' ? ['Shares of gender and age of a medium are multiplied, as if independent.'] : []),
    ...(p.elasticity === 0 && p.discount > 0 ? ['No answer of demand to price is assumed: a discount only costs margin here.'] : []),
    ...(bound !== null ? [`With this budget no choice can bring more than ${amount(bound, currency, true)}.`] : []),
  ];
}

function nothing(verdict: Verdict, channel: string, choices: Record<string, string[]>, ctx: AnalysisContext): ChannelMixAnswer {
  return {
    verdict,
    title: 'Nothing to say yet about what to carry',
    sub: '',
    rows: { used: 0, unit: 'users', left: [{ n: ctx.facts.users, why: verdict.why }] },
    notes: [],
    choices,
    channel,
    from: 'channel',
    audience: [],
    items: [],
    chosen: [],
    dropped: [],
    bestsellers: [],
    lead: 'audience',
    profit: 0,
    shopProfit: 0,
    gain: { value: 0, lo: 0, hi: 0 },
    bound: null,
    categories: [],
    exam: null,
    visits: null,
  };
}
const sum = <T>(items: readonly T[], of: (x: T) => number): number => items.reduce((s, x) => s + of(x), 0);
