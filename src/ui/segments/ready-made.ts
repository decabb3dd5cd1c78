import type { Rule } from '../../core/rule.ts';
import type { Catalogue } from '../../core/tag.ts';

export interface ReadyMade {
  id: string;
  name: string;
  rule: Rule;
}

/** Segments that this data allows, from tags that hold at least one member of the value asked for. */
export function readyMade(catalogue: Catalogue): ReadyMade[] {
  const has = (id: string, value?: string): boolean =>
    catalogue.tags.some(
      (t) => t.entity === 'user' && t.id === id && (value === undefined ? t.known > 0 : t.values.some((v) => v.value === value && v.n > 0)),
    );
  const all: (ReadyMade & { ok: boolean })[] = [
    { id: 'champions', name: 'Champions', rule: { tag: 'rfm_group', is: 'champion' }, ok: has('rfm_group', 'champion') },
    { id: 'loyal', name: 'Loyal buyers', rule: { tag: 'rfm_group', in: ['champion', 'loyal'] }, ok: has('rfm_group', 'loyal') },
    {
      id: 'valuable-leaving',
      name: 'High value, about to leave',
      rule: {
        all: [
          { tag: 'monetary', topPercent: 20 },
          { tag: 'lifecycle', in: ['at risk', 'dormant'] },
        ],
      },
      ok: has('monetary') && (has('lifecycle', 'at risk') || has('lifecycle', 'dormant')),
    },
    { id: 'one-time', name: 'One-time buyers', rule: { tag: 'buyer_status', is: 'one-time' }, ok: has('buyer_status', 'one-time') },
    {
      id: 'new-no-second',
      name: 'New without a second purchase',
      rule: {
        all: [
          { tag: 'lifecycle', is: 'new' },
          { tag: 'orders', eq: 1 },
        ],
      },
      ok: has('lifecycle', 'new') && has('orders'),
    },
    { id: 'deal-seekers', name: 'Bargain hunters', rule: { tag: 'discount_share', gte: 2 / 3 }, ok: has('discount_share') },
    { id: 'brand-loyal', name: 'Brand loyal', rule: { tag: 'brand_loyalty', gte: 2 / 3 }, ok: has('brand_loyalty') },
    {
      id: 'win-back',
      name: 'Win-back',
      rule: {
        all: [
          { tag: 'lifecycle', in: ['dormant', 'lost'] },
          { tag: 'orders', gte: 2 },
        ],
      },
      ok: has('lifecycle', 'lost') && has('orders'),
    },
    {
      id: 'lookers',
      name: 'Look but have not bought',
      rule: {
        all: [
          { tag: 'buyer_status', is: 'none' },
          { tag: 'days_since_active', lte: 30 },
        ],
      },
      ok: has('buyer_status', 'none') && has('days_since_active'),
    },
  ];
  return all.filter((r) => r.ok).map(({ id, name, rule }) => ({ id, name, rule }));
}
