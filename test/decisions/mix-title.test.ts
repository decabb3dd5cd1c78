import { expect, it } from 'vitest';
import { mixTitle } from '../../src/decisions/channel-mix-title.ts';
import type { MixItem } from '../../src/decisions/channel-mix-types.ts';

const base = {
  whose: 'flash sale',
  lead: 'audience' as const,
  visits: 100,
  chosen: [{}, {}, {}] as MixItem[],
  dropped: [{}] as MixItem[],
  categories: [
    { category: 'Beauty', here: 3, shop: 1 },
    { category: 'Sports', here: 0, shop: 2 },
  ],
};
it.each([
  [{ ...base, gain: { value: 650, lo: 100, hi: 900 } }, 'Less Sports, more Beauty: about €650 more profit'],
  [{ ...base, gain: { value: 650, lo: -1, hi: 900 } }, 'No clear difference from the shop-wide choice for flash sale'],
  [{ ...base, categories: [], gain: { value: 650, lo: 100, hi: 900 } }, 'Change 1 of 3 products: about €650 more profit'],
  [{ ...base, visits: null, gain: { value: 650, lo: 100, hi: 900 } }, 'Less Sports, more Beauty: about €650 more profit per 1,000 visitors'],
  [
    { ...base, lead: 'bestsellers' as const, gain: { value: 650, lo: 100, hi: 900 } },
    'Best-sellers for flash sale: nothing was shown to choose better',
  ],
])('%#', (answer, title) => {
  expect(mixTitle(answer, 'EUR')).toBe(title);
  expect(title.length).toBeLessThanOrEqual(90);
});
