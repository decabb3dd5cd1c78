import { calendar } from './calendar.ts';

/** The parameters of everything planted in the shop; `public/demo/TRUTHS.md` says them in words, `check-demo` finds them again. */
export const SHOP = calendar('2025-07-01', '2026-09-01');

const on = (date: string): number => SHOP.day(date);

/** The flash sale: Tuesday, Thursday and Sunday at 20 h, its own goods at its own prices, for younger women who wait for bargains. */
export const FLASH = {
  weekdays: [2, 4, 7],
  hour: 20,
  deals: 14,
  depth: [0.3, 0.5] as const,
  /** Share of the deals by top category. */
  mix: { Fashion: 0.36, Beauty: 0.3, Electronics: 0.14, Home: 0.12, Sports: 0.08 } as Record<string, number>,
  share: { female: [0.3, 0.24, 0.1, 0.05, 0.03, 0.01], male: [0.1, 0.07, 0.03, 0.02, 0.01, 0.01] },
};

/** Monthly hazard of leaving for ever, from what a user did in the first 30 days. */
export const CHURN = {
  base: 0.34,
  perActiveDay: -0.2,
  bought: -0.55,
  twoCategories: -0.5,
  onlyDiscount: 0.75,
  lo: 0.015,
  hi: 0.5,
  window: 30,
  maxDays: 8,
};

/** Bargain hunters: they react to price `extra` more strongly and rarely pay it in full. */
export const BARGAIN = { share: 0.13, extra: -2.2, fullPrice: 0.4, coupon: 0.55 };

/** Consumables that come round: product slots, days of the cycle, users who have the habit. */
export const REPLENISH = { users: 0.085, jitter: 0.08, cycles: [21, 28, 28, 35, 30, 42, 30, 28, 45, 35, 60, 30] as const };

/** Two accounts trees opened within 20 hours by the same hands: gift cards at night, most of them charged back. */
export const RING = { size: 36, opened: on('2026-05-17'), hours: 20, payments: 3, refundShare: 0.62, orders: [4, 9] as const };

/** The launch that eats an older bestseller of its sub. */
export const CANNIBAL = { sub: 'Home/Kitchen', launched: on('2026-02-10'), share: 0.62, boost: 9 };

/** What goes with what: (leader, follower, share of the leader's orders that take both). */
export const PAIRS = [
  ['Grocery/Coffee', 0, 'Grocery/Coffee', 3, 0.34],
  ['Electronics/Phones', 0, 'Electronics/Headphones', 1, 0.3],
  ['Sports/Yoga', 0, 'Sports/Yoga', 1, 0.36],
  ['Kids/Nappies', 0, 'Kids/Baby food', 0, 0.3],
  ['Fashion/Dresses', 0, 'Fashion/Bags', 0, 0.28],
] as const;

/** Free delivery in one country from one day: sessions there end in an order more often. */
export const DELIVERY = { country: 'Spain', from: on('2026-04-01'), lift: 1.4 };

/** Odd days: the shop was down; a well-known person praised a cream. */
export const OUTAGE = { day: on('2026-02-18'), from: 9, to: 17 };
export const PRAISE = { day: on('2026-05-05'), times: 2.4, sub: 'Beauty/Skin care' };

/** Bestsellers that ran out: seen, but not sold since. */
export const SOLD_OUT = { products: 5, from: on('2026-08-07') };

/** The voucher test works for bargain hunters alone; the evening message does nothing. */
export const VOUCHER = { at: on('2026-06-08'), days: 14, users: 6000, off: 800, bargain: 0.75, others: 0.015 };
export const EVENING = { at: on('2026-04-13'), days: 14, users: 4000 };

/** Women of 35 to 54 in the largest cities with money to spend: twice as active, dearer goods. */
export const AFFLUENT = { power: 0.68, rate: 2.6 };

export const SEASON = [0.95, 0.85, 0.95, 1, 1.02, 1.03, 0.98, 0.9, 1, 1.06, 1.42, 1.4] as const;
export const WEEKDAY = [1.02, 1, 0.98, 1, 0.86, 0.95, 1.2] as const;
/** First and last day of the sales weeks, and what they take off. */
export const SALES = [
  ['2025-07-10', '2025-07-20', 0.2],
  ['2025-11-24', '2025-12-01', 0.25],
  ['2026-01-02', '2026-01-14', 0.25],
  ['2026-07-09', '2026-07-20', 0.2],
].map(([from, to, off]) => ({ from: on(from as string), to: on(to as string), off: off as number }));
