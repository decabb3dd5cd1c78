import type { Analysis, AnalysisContext, MarkId, ResultTable, TableColumnInfo } from '../core/analysis.ts';
import type { Rule } from '../core/rule.ts';
import { shapeChannelMix } from './channel-mix-shape.ts';
import { channelOf, channelsSql, demandQueries, examQueries, TEST_DAYS } from './channel-mix-sql.ts';
import type { ChannelMixAnswer, ChannelMixParams, MixItem } from './channel-mix-types.ts';

/** Which goods, and how many, for this channel's audience? The flash-sale case. */
export const channelMix: Analysis<ChannelMixParams, ChannelMixAnswer> = {
  id: 'channel-mix',
  room: 'decisions',
  title: 'Which goods, and how many, for this channel’s audience?',
  answers: 'The products a flash sale or any channel should carry for those who come there, how many of each, and what that brings.',
  needs: [
    'user',
    'at',
    'events:purchase',
    'events.channel',
    'events.product_id',
    'users.gender',
    'users.birth_date|users.age',
    'price',
    'products.cost',
  ],
  params: [
    { kind: 'column', column: 'channel', id: 'channel', title: 'Channel', default: '' },
    { kind: 'number', id: 'window', title: 'Look back', default: 90, min: 28, max: 730, whole: true, unit: 'days' },
    { kind: 'number', id: 'slots', title: 'Products to carry', default: 14, min: 1, max: 500, whole: true },
    {
      kind: 'number',
      id: 'visits',
      title: 'Visitors expected',
      default: null,
      min: 1,
      max: 1e9,
      optional: true,
      help: 'Left open: as many as came in the window.',
    },
    { kind: 'number', id: 'discount', title: 'Discount, as a share', default: 0, min: 0, max: 0.95 },
    {
      kind: 'number',
      id: 'elasticity',
      title: 'Answer of demand to price',
      default: 0,
      min: -10,
      max: 0,
      help: '0: none is assumed. −2: at 10 % off, 23 % more.',
    },
    { kind: 'number', id: 'salvage', title: 'Worth of what is left, as a share of cost', default: 0.5, min: 0, max: 1 },
    { kind: 'number', id: 'budget', title: 'Money for the goods', default: null, min: 1, max: 1e12, optional: true },
    { kind: 'number', id: 'categoryMin', title: 'At least, of each category', default: 0, min: 0, max: 500, whole: true },
    { kind: 'number', id: 'categoryMax', title: 'At most, of one category', default: null, min: 1, max: 500, whole: true, optional: true },
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
    { sql: (p) => ({ channels: channelsSql(p) }) },
    {
      sql: (p, _, before) => {
        const channel = channelOf(p, before['channels']!);
        return channel === null
          ? {}
          : { ...demandQueries('now', p, channel, 0), ...demandQueries('train', p, channel, TEST_DAYS), ...examQueries(channel) };
      },
    },
  ],
  shape: shapeChannelMix,
  tables: mixTables,
  people: mixPeople,
};

const COLUMNS: TableColumnInfo[] = [
  { id: 'product_id', title: 'Product', type: 'text' },
  { id: 'name', title: 'Name', type: 'text' },
  { id: 'category', title: 'Category', type: 'text' },
  { id: 'quantity', title: 'Quantity', type: 'int' },
  { id: 'demand', title: 'Expected demand', type: 'number' },
  { id: 'profit', title: 'Expected profit', type: 'money' },
  { id: 'profit_low', title: '95 % from', type: 'money' },
  { id: 'profit_high', title: 'to', type: 'money' },
  { id: 'stays', title: 'Stays in, share of draws', type: 'share' },
  { id: 'rank', title: 'Rank here', type: 'int' },
  { id: 'shop_rank', title: 'Rank for the whole shop', type: 'int' },
];
const row = (i: MixItem): (string | number)[] => [i.id, i.name, i.category, i.q, i.demand, i.profit, i.lo, i.hi, i.stays, i.rank, i.shopRank];

function mixTables(a: ChannelMixAnswer): ResultTable[] {
  return [
    { id: 'carry', kind: 'ranking', title: 'Carry', columns: COLUMNS, rows: a.chosen.map(row) },
    { id: 'drop', kind: 'ranking', title: 'Leave out of the shop-wide choice', columns: COLUMNS, rows: a.dropped.map(row) },
    { id: 'products', kind: 'ranking', title: 'All looked at', columns: COLUMNS, rows: a.items.map(row) },
    {
      id: 'audience',
      kind: 'matrix',
      title: 'Audience',
      columns: [
        { id: 'gender', title: 'Gender', type: 'text' },
        { id: 'age', title: 'Age', type: 'text' },
        { id: 'channel', title: 'Users in the channel', type: 'int' },
        { id: 'channel_share', title: 'Share there', type: 'share' },
        { id: 'shop', title: 'Users in all', type: 'int' },
        { id: 'shop_share', title: 'Share in all', type: 'share' },
      ],
      rows: a.audience.map((s) =>
        s.hidden ? [s.gender, s.age, null, null, null, null] : [s.gender, s.age, s.channel, s.channelShare, s.shop, s.shopShare],
      ),
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
  const kinds = Object.keys(ctx.facts.events).filter((k) => !['refund', 'adjustment', 'free'].includes(k));
  const came: Rule = { did: { event: kinds, where: [{ col: 'channel', is: a.channel }], within } };
  if (typeof mark['gender'] !== 'string' || typeof mark['age'] !== 'string') return { name: `Visitors of ${a.channel}`, rule: came };
  const is = (tag: string, value: string): Rule => (value === 'unknown' ? { tag, known: false } : { tag, is: value });
  return {
    name: `Visitors of ${a.channel}: ${mark['gender']}, ${mark['age']}`,
    rule: { all: [is('gender', mark['gender']), is('age_band', mark['age']), came] },
  };
}
