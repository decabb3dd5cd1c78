import type { Answer } from '../core/analysis.ts';

export type ChannelMixParams = {
  channel: string;
  /** A medium whose audience comes, or shares typed by hand; '' for the channel's own users. */
  medium: string;
  mix: string;
  window: number;
  slots: number;
  visits: number | null;
  discount: number;
  elasticity: number;
  salvage: number;
  budget: number | null;
  categoryMin: number;
  categoryMax: number | null;
};
export interface AudienceSegment {
  gender: string;
  age: string;
  /** Users with a visit in the window: in the channel, and anywhere. */
  channel: number;
  shop: number;
  channelShare: number;
  shopShare: number;
  /** Interval of the difference of the shares; null where the audience is not counted but given. */
  lo: number | null;
  hi: number | null;
  clear: boolean;
  hidden: boolean;
  /** Fewer than 100 buyers: its products take the category's rate. */
  backsOff: boolean;
}
export interface MixItem {
  id: string;
  name: string;
  category: string;
  demand: number;
  q: number;
  profit: number;
  lo: number;
  hi: number;
  /** Share of 200 draws in which it stays among the chosen. */
  stays: number;
  /** Rank by profit for the channel and for the whole shop's visitors, from 1. */
  rank: number;
  shopRank: number;
  chosen: boolean;
  inShopMix: boolean;
}
export interface MixExam {
  /** Products offered in the channel in the test days, and users who bought there. */
  products: number;
  users: number;
  days: number;
  methods: { id: 'audience' | 'shop' | 'bestsellers'; name: string; correlation: number; profit: number }[];
  /** Rank correlation of the audience's prediction less that of best-sellers, with its bootstrap interval over users. */
  difference: { value: number; lo: number; hi: number };
  verdict: 'better' | 'not shown better';
}
/** Whose audience it is: the channel's own users, those of a medium, or shares that were typed. */
export type AudienceFrom = 'channel' | 'medium' | 'typed';
export interface ChannelMixAnswer extends Answer {
  channel: string;
  from: AudienceFrom;
  audience: AudienceSegment[];
  items: MixItem[];
  /** By this audience. */
  chosen: MixItem[];
  /** In the shop-wide choice, and not in this one. */
  dropped: MixItem[];
  /** The baseline under its own name: best-sellers, with what they bring here. */
  bestsellers: MixItem[];
  /** Which of the two is recommended: best-sellers where the audience's choice was examined and not shown better (R8). */
  lead: 'audience' | 'bestsellers';
  profit: number;
  shopProfit: number;
  gain: { value: number; lo: number; hi: number };
  bound: number | null;
  categories: { category: string; here: number; shop: number }[];
  exam: MixExam | null;
  /** Visitors that all is for; null: unknown, so profits are of 1,000 visitors and there are no quantities. */
  visits: number | null;
}
/** The products to carry. */
export const carried = (a: ChannelMixAnswer): MixItem[] => (a.lead === 'audience' ? a.chosen : a.bestsellers);
