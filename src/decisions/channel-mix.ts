import { columns, type Analysis, type AnalysisContext, type MarkId, type ResultTable, type TableCell } from '../core/analysis.ts';
import { number, open } from '../core/param-kinds.ts';
import type { Rule } from '../core/rule.ts';
import { shapeChannelMix } from './channel-mix-shape.ts';
import { audienceQueries, channelOf, demandQueries, examQueries, TEST_DAYS } from './channel-mix-sql.ts';
import { carried, type ChannelMixAnswer, type ChannelMixParams, type MixItem } from './channel-mix-types.ts';

/** Which goods, and how many, for this channel's audience? The flash-sale case. */
export const channelMix: Analysis<ChannelMixParams, ChannelMixAnswer> = {
  id: 'channel-mix',
  room: 'decisions',
  title: 'Which goods, and how many, for this channel’s audience?',
  answers: 'The products a flash sale or any channel should carry for those who come there, how many of each, and what that brings.',
  needs: ['user', 'at', 'events:purchase', 'events.product_id', 'users.gender', 'users.birth_date|users.age', 'price', 'products.cost'],
  reads: { user: ['gender', 'age_band'], product: ['name', 'category', 'category_1', 'price', 'cost'] },
  params: [
    { kind: 'column', column: 'channel', id: 'channel', title: 'Channel', default: '', help: 'Its own users are the audience.' },
    { kind: 'column', column: 'medium', id: 'medium', title: 'Or the audience of a medium', default: '', none: true },
    {
      kind: 'text',
      id: 'mix',
      title: 'Or who comes, typed',
      default: '',
      pattern: '[^<>{}]*',
      example: 'female 18-24: 45, male 18-24: 20',
      help: 'Shares of gender, age or both; scaled to one.',
    },
    number('window', 'Look back', 90, 28, 730, { whole: true, unit: 'days' }),
    number('slots', 'Products to carry', 14, 1, 500, { whole: true }),
    open('visits', 'Visitors expected', 1, 1e9, { help: 'Left open: as many as came in the window.' }),
    number('discount', 'Discount, as a share', 0, 0, 0.95),
    number('elasticity', 'Answer of demand to price', 0, -10, 0, { help: '0: none is assumed. −2: at 10 % off, 23 % more.' }),
    number('salvage', 'Worth of what is left, as a share of cost', 0.5, 0, 1),
    open('budget', 'Money for the goods', 1, 1e12),
    number('categoryMin', 'At least, of each category', 0, 0, 500, { whole: true }),
    open('categoryMax', 'At most, of one category', 1, 500, { whole: true }),
  ],
  formulas: [
    {
      id: 'rate',
      text: 'λ per 1,000 visitors: product in segment → category in segment × product’s share → product overall',
      source: 'empirical Bayes, Efron & Morris 1975',
    },
    { id: 'demand', text: 'D = V · Σ w λ / 1000 · (1 − discount)^β', source: 'definitions, channel-mix' },
    {
      id: 'quantity',
      text: 'least q with P(D ≤ q) ≥ (price − cost) / (price − salvage), at most stock',
      source: 'newsvendor, Arrow, Harris & Marschak 1951',
    },
    { id: 'profit', text: 'price · E min(D, q) − cost · q + salvage · (q − E min(D, q))', source: 'definitions, channel-mix' },
    { id: 'choice', text: 'greedy by profit under category limits is optimal', source: 'partition matroid, Edmonds 1971' },
    { id: 'draws', text: '95 % of 200 draws of every rate from its gamma posterior', source: 'definitions, channel-mix' },
  ],
  check: (p) => (p.categoryMax !== null && p.categoryMin > p.categoryMax ? 'The least of a category is more than the most.' : null),
  stages: [
    { sql: (p, { facts }) => audienceQueries(p, facts) },
    {
      sql: (p, { facts }, before) => {
        const channel = channelOf(p, before['channels']!);
        return {
          ...demandQueries('now', p, channel, 0, facts),
          // Only a channel that was counted can be examined.
          ...(channel !== '' && p.mix === '' && p.medium === ''
            ? { ...demandQueries('train', p, channel, TEST_DAYS, facts), ...examQueries(channel, facts) }
            : {}),
        };
      },
    },
  ],
  shape: shapeChannelMix,
  tables: mixTables,
  people: mixPeople,
};

const COLUMNS = columns(
  'product_id Product; name Name; category Category; quantity:int Quantity; demand:number Expected demand; profit:money Expected profit; profit_low:money 95 % from; profit_high:money to; stays:share Stays in, share of draws; rank:int Rank here; shop_rank:int Rank for the whole shop',
);

function mixTables(a: ChannelMixAnswer): ResultTable[] {
  const row = (i: MixItem): TableCell[] => [
    ...[i.id, i.name, i.category, a.visits === null ? null : i.q],
    ...[i.demand, i.profit, i.lo, i.hi, i.stays, i.rank, i.shopRank],
  ];
  const ranking = (id: string, title: string, items: MixItem[]): ResultTable => ({
    id,
    kind: 'ranking',
    title,
    columns: COLUMNS,
    rows: items.map(row),
  });
  return [
    ranking('carry', 'Carry', carried(a)),
    ...(a.lead === 'audience' ? [ranking('drop', 'Leave out of the shop-wide choice', a.dropped)] : []),
    ranking('products', 'All looked at, for this audience', a.items),
    ranking('bestsellers', 'Best-sellers', a.bestsellers),
    {
      id: 'audience',
      kind: 'matrix',
      title: 'Audience',
      columns: columns(
        'gender Gender; age Age; channel:int Users in the channel; channel_share:share Share there; shop:int Users in all; shop_share:share Share in all; difference_low:share Difference, 95 % from; difference_high:share to',
      ),
      rows: a.audience.map((s) =>
        s.hidden
          ? [s.gender, s.age, null, null, null, null, null, null]
          : [s.gender, s.age, a.from === 'channel' ? s.channel : null, s.channelShare, s.shop, s.shopShare, s.lo, s.hi],
      ),
    },
    {
      id: 'exam',
      kind: 'table',
      title: 'Examined on the last weeks',
      columns: columns('method Method; correlation:number Rank correlation; profit:money Profit'),
      rows: a.exam?.methods.map((m) => [m.name, m.correlation, m.profit]) ?? [],
    },
  ];
}

/** {gender, age}: the channel's visitors of that segment; {product}: its buyers; {}: all visitors of the channel. Within the window. */
function mixPeople(mark: MarkId, p: ChannelMixParams, ctx: AnalysisContext, a: ChannelMixAnswer): { rule: Rule; name: string } | null {
  const within = { last: [p.window, 'day'] as [number, 'day'] };
  if (typeof mark['product'] === 'string') {
    const item = a.items.find((i) => i.id === mark['product']);
    return {
      name: `Buyers of ${item?.name ?? mark['product']}`,
      rule: { did: { event: 'purchase', where: [{ col: 'product_id', is: mark['product'] }], within } },
    };
  }
  // An audience that is given is nobody in the data: those of its gender and age are.
  const given = a.from !== 'channel';
  const kinds = Object.keys(ctx.facts.events).filter((k) => !['refund', 'adjustment', 'free'].includes(k));
  const came: Rule = { did: { event: kinds, where: [{ col: 'channel', is: a.channel }], within } };
  if (typeof mark['gender'] !== 'string' || typeof mark['age'] !== 'string') return given ? null : { name: `Visitors of ${a.channel}`, rule: came };
  const is = (tag: string, value: string): Rule => (value === 'unknown' ? { tag, known: false } : { tag, is: value });
  return {
    name: `${given ? 'Users' : `Visitors of ${a.channel}`}: ${mark['gender']}, ${mark['age']}`,
    rule: { all: [is('gender', mark['gender']), is('age_band', mark['age']), ...(given ? [] : [came])] },
  };
}
