import { listed } from '../core/sentence.ts';
import { amount } from '../profiles/say.ts';
import type { ChannelMixAnswer } from './channel-mix-types.ts';

type Told = Pick<ChannelMixAnswer, 'gain' | 'categories' | 'chosen' | 'dropped' | 'lead' | 'visits'> & { whose: string };

/**
 * The finding: which categories gain places against the shop-wide choice; "No clear difference" unless the interval of the gain leaves out 0; best-sellers
 * by their name where nothing better was shown.
 */
export function mixTitle(a: Told, currency: string): string {
  if (a.lead === 'bestsellers') return `Best-sellers for ${a.whose}: nothing was shown to choose better`;
  const more = a.categories.filter((c) => c.here > c.shop).sort((x, y) => y.here - y.shop - (x.here - x.shop));
  const less = a.categories.filter((c) => c.here < c.shop).sort((x, y) => x.here - x.shop - (y.here - y.shop));
  if (!(a.gain.lo > 0) || a.dropped.length === 0) return `No clear difference from the shop-wide choice for ${a.whose}`;
  const money = `about ${amount(a.gain.value, currency, true)} more profit${a.visits === null ? ' per 1,000 visitors' : ''}`;
  if (more[0] && less[0]) {
    const told = `Less ${less[0].category}, more ${listed(more.slice(0, 2).map((c) => c.category))}: ${money}`;
    if (told.length <= 90) return told;
  }
  return `Change ${a.dropped.length} of ${a.chosen.length} products: ${money}`;
}
