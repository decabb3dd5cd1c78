import type { Frames } from '../core/analysis.ts';
import { rows } from '../core/frame.ts';
import { Z95 } from '../stats/normal.ts';
import { mediumWeights, typedWeights } from './audience-mix.ts';
import type { AudienceFrom, AudienceSegment, ChannelMixParams } from './channel-mix-types.ts';
import { ENOUGH_BUYERS, type DemandModel } from './demand-model.ts';

export interface Audience {
  from: AudienceFrom;
  /** What it is called in titles. */
  name: string;
  /** Shares of the model's segments. */
  weights: number[];
  /** Users with a visit through the channel in the window; null where the audience is given. */
  users: number | null;
}
/** Names of the media whose audience is known. */
export const mediaOf = (frames: Frames): string[] => (frames['media'] ? rows<{ medium: string }>(frames['media']).map((r) => r.medium) : []);

/** Who comes: typed shares before a medium before the channel's own users. A pair of sentences where that cannot be said. */
export function audienceFor(
  frames: Frames,
  p: ChannelMixParams,
  channel: string,
  { segments }: DemandModel,
): Audience | { why: string; next: string } {
  if (p.mix !== '') {
    const weights = typedWeights(p.mix, segments);
    const values = (of: 'g' | 'a'): string => [...new Set(segments.map((s) => s[of]))].sort().join(', ');
    return typeof weights === 'string'
      ? { why: weights, next: `Genders are: ${values('g')}. Ages are: ${values('a')}.` }
      : { from: 'typed', name: 'this audience', weights, users: null };
  }
  if (p.medium !== '') {
    const row = frames['media'] && rows<Record<string, unknown>>(frames['media']).find((r) => r['medium'] === p.medium);
    const weights = row ? mediumWeights(row, segments) : null;
    return weights
      ? { from: 'medium', name: p.medium, weights, users: null }
      : {
          why: `Nothing is known of the audience of ${p.medium}.`,
          next: 'Add columns like mix:gender=female and mix:age_band=18-24 to the file of media, or type the shares.',
        };
  }
  if (channel === '') return { why: 'No event says its channel.', next: 'Map the channel of an event, or type who comes.' };
  const users = segments.reduce((s, x) => s + x.channel, 0);
  return users === 0
    ? { why: `Nobody came through ${channel} in the window.`, next: 'Choose another channel or a longer window, or type who comes.' }
    : { from: 'channel', name: channel, weights: segments.map((s) => s.channel / users), users };
}

/** Shares there and in the whole shop, with the interval of their difference (unpooled Wald against those who never came, times their part of all). */
export function audienceRows({ segments }: DemandModel, { weights, users }: Audience, k: number): AudienceSegment[] {
  const all = segments.reduce((s, x) => s + x.shop, 0);
  return segments
    .map((s, i): AudienceSegment => {
      const hidden = (users !== null && s.channel > 0 && s.channel < k) || s.shop < k;
      const [there, shop] = [weights[i]!, s.shop / all];
      const rest = users === null ? 0 : all - users;
      const other = rest > 0 ? (s.shop - s.channel) / rest : 0;
      const se = users !== null && rest > 0 ? (rest / all) * Math.sqrt((there * (1 - there)) / users + (other * (1 - other)) / rest) : null;
      return {
        gender: s.g,
        age: s.a,
        channel: hidden || users === null ? 0 : s.channel,
        shop: hidden ? 0 : s.shop,
        channelShare: hidden ? 0 : there,
        shopShare: hidden ? 0 : shop,
        lo: hidden || se === null ? null : there - shop - Z95 * se,
        hi: hidden || se === null ? null : there - shop + Z95 * se,
        clear: se !== null && !hidden && Math.abs(there - shop) > Z95 * se,
        hidden,
        backsOff: s.buyers < ENOUGH_BUYERS,
      };
    })
    .sort((a, b) => b.channelShare - a.channelShare || b.shopShare - a.shopShare);
}
