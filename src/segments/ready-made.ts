import type { Rule } from '../core/rule.ts';
import type { DataFacts } from '../core/tables.ts';
import type { TagInfo } from '../core/tag.ts';
import { risks } from './ready-risk.ts';

/** A segment that comes with the app, offered where the data has what its rule asks. */
export interface ReadyMade {
  id: string;
  group: ReadyGroup;
  name: string;
  /** Who they are and what they are for, in one sentence. */
  why: string;
  rule: Rule;
}
export type ReadyGroup = 'Value' | 'Lifecycle' | 'Buying' | 'Next step' | 'Risk';

interface Known {
  /** The tag exists and is known of somebody; with values: one of them occurs. */
  has(tag: string, ...values: string[]): boolean;
  did(...events: string[]): boolean;
}
type Definition = Omit<ReadyMade, 'rule'> & { rule: Rule; when(known: Known): boolean };
const is = (tag: string, ...values: string[]): Rule => (values.length === 1 ? { tag, is: values[0]! } : { tag, in: values });

/** Groups of `rfm_group` (by recency and frequency), in order of value, with what each is for. */
const RFM: [value: string, name: string, why: string][] = [
  ['champion', 'Champions', 'Bought lately and oftenest: keep them close, ask them first.'],
  ['loyal', 'Loyal buyers', 'Buy often: the next champions.'],
  ['potential loyalist', 'Potential loyalists', 'Bought lately and more than once: a little more makes them loyal.'],
  ['new', 'New buyers', 'Bought just now, and seldom yet: make the first weeks good.'],
  ['promising', 'Promising', 'Bought lately, but seldom: show them more of the range.'],
  ['need attention', 'Need attention', 'Middling in both, and slipping: a reason to come back now.'],
  ['about to sleep', 'About to sleep', 'Seldom, and not lately: wake them before they are gone.'],
  ['at risk', 'At risk', 'Bought often, but not for a while.'],
  ['cannot lose', 'Cannot lose', 'Among the most frequent once, and long away: worth a personal word.'],
  ['hibernating', 'Hibernating', 'Long away and never frequent: cheap messages at most.'],
];
const LIFECYCLE: [value: string, name: string, why: string][] = [
  ['new', 'New users', 'Joined within the first weeks: their beginnings can still be shaped.'],
  ['active', 'Active', 'Buy within their usual time.'],
  ['returned', 'Returned', 'Were away and came back: find out what brought them.'],
  ['at risk', 'Slipping away', 'Longer without a purchase than an active user.'],
  ['dormant', 'Dormant', 'Silent for months, not yet lost.'],
  ['lost', 'Gone', 'Silent longer than anybody who usually comes back.'],
];

const DEFINITIONS: Definition[] = [
  ...RFM.map(([value, name, why]): Definition => ({
    id: `rfm-${value.replaceAll(' ', '-')}`,
    group: 'Value',
    name,
    why,
    rule: is('rfm_group', value),
    when: (k) => k.has('rfm_group', value),
  })),
  {
    id: 'high-value',
    group: 'Value',
    name: 'Top fifth by spending',
    why: 'The fifth that spent most: usually most of the revenue.',
    rule: { tag: 'monetary', topPercent: 20 },
    when: (k) => k.has('monetary'),
  },
  {
    id: 'valuable-leaving',
    group: 'Risk',
    name: 'High value, about to leave',
    why: 'In the top fifth by spending, and at risk or dormant: the costliest to lose.',
    rule: { all: [{ tag: 'monetary', topPercent: 20 }, is('lifecycle', 'at risk', 'dormant')] },
    when: (k) => k.has('monetary') && k.has('lifecycle', 'at risk', 'dormant'),
  },
  ...LIFECYCLE.map(([value, name, why]): Definition => ({
    id: `stage-${value.replaceAll(' ', '-')}`,
    group: 'Lifecycle',
    name,
    why,
    rule: is('lifecycle', value),
    when: (k) => k.has('lifecycle', value),
  })),
  {
    id: 'one-time',
    group: 'Buying',
    name: 'One-time buyers',
    why: 'Bought once and not again: the second purchase decides.',
    rule: is('buyer_status', 'one-time'),
    when: (k) => k.has('buyer_status', 'one-time'),
  },
  {
    id: 'new-no-second',
    group: 'Next step',
    name: 'New without a second purchase',
    why: 'New, with one order so far: the moment to earn the second.',
    rule: { all: [is('lifecycle', 'new'), { tag: 'orders', eq: 1 }] },
    when: (k) => k.has('lifecycle', 'new') && k.has('orders'),
  },
  {
    id: 'win-back',
    group: 'Next step',
    name: 'Win-back',
    why: 'Bought at least twice and went silent: they know the shop, so a reason to return can work.',
    rule: { all: [is('lifecycle', 'dormant', 'lost'), { tag: 'orders', gte: 2 }] },
    when: (k) => k.has('lifecycle', 'dormant', 'lost') && k.has('orders'),
  },
  {
    id: 'deal-seekers',
    group: 'Buying',
    name: 'Bargain hunters',
    why: 'Two thirds or more of what they bought was reduced: price moves them, at a cost in margin.',
    rule: { tag: 'discount_share', gte: 2 / 3 },
    when: (k) => k.has('discount_share'),
  },
  {
    id: 'full-price',
    group: 'Buying',
    name: 'Full-price buyers',
    why: 'Bought at least twice and never reduced: a discount would be a gift.',
    rule: {
      all: [
        { tag: 'discount_share', eq: 0 },
        { tag: 'orders', gte: 2 },
      ],
    },
    when: (k) => k.has('discount_share') && k.has('orders'),
  },
  {
    id: 'brand-loyal',
    group: 'Buying',
    name: 'Brand loyal',
    why: 'Two thirds or more of their purchases are of one brand: news of that brand is for them.',
    rule: { tag: 'brand_loyalty', gte: 2 / 3 },
    when: (k) => k.has('brand_loyalty'),
  },
  {
    id: 'lookers',
    group: 'Next step',
    name: 'Look but have not bought',
    why: 'Active within a month, and without any purchase.',
    rule: { all: [is('buyer_status', 'none'), { tag: 'days_since_active', lte: 30 }] },
    when: (k) => k.has('buyer_status', 'none') && k.has('days_since_active'),
  },
  {
    id: 'left-carts',
    group: 'Next step',
    name: 'Left something in the cart',
    why: 'Added to the cart and did not buy that product within a week.',
    rule: { sequence: [{ event: 'cart' }, { no: { event: 'purchase' } }], gap: [7, 'day'], same: 'product_id' },
    when: (k) => k.did('cart', 'purchase'),
  },
  {
    id: 'replenish',
    group: 'Next step',
    name: 'Due to buy again',
    why: 'Something they buy regularly is due, by their own rhythm.',
    rule: { tag: 'replenish_due', known: true },
    when: (k) => k.has('replenish_due'),
  },
  {
    id: 'birthday',
    group: 'Next step',
    name: 'Birthday within 30 days',
    why: 'Their birthday is today or in the next 30 days: a greeting has its reason.',
    rule: { tag: 'days_to_birthday', lte: 30 },
    when: (k) => k.has('days_to_birthday'),
  },
  {
    id: 'many-returns',
    group: 'Risk',
    name: 'Send much back',
    why: 'More than three in ten pieces come back: sales that cost money.',
    rule: { tag: 'return_rate', gt: 0.3 },
    when: (k) => k.has('return_rate'),
  },
  {
    id: 'much-refunded',
    group: 'Risk',
    name: 'Most money sent back',
    why: 'The tenth of all users with the most money paid back, however much they bought: look at what was wrong before you sell more.',
    rule: {
      all: [
        { tag: 'refunds', topPercent: 10 },
        { tag: 'refunds', gt: 0 },
      ],
    },
    when: (k) => k.has('refunds'),
  },
];

/** The ready-made segments that this data allows: each only where its tags hold at least one member of the values asked for. */
export function readyMade(tags: readonly TagInfo[], facts: Pick<DataFacts, 'events' | 'products' | 'lastEvent'>): ReadyMade[] {
  const known: Known = {
    has: (id, ...values) =>
      tags.some(
        (t) =>
          t.entity === 'user' && t.id === id && t.known > 0 && (values.length === 0 || t.values.some((v) => values.includes(v.value) && v.n > 0)),
      ),
    did: (...events) => facts.products > 0 && facts.lastEvent !== null && events.every((e) => (facts.events[e] ?? 0) > 0),
  };
  const made = DEFINITIONS.filter((d) => d.when(known)).map(({ id, group, name, why, rule }): ReadyMade => ({ id, group, name, why, rule }));
  return [...made, ...risks(tags, facts.events, facts.lastEvent !== null).map((r): ReadyMade => ({ group: 'Risk', ...r }))];
}
