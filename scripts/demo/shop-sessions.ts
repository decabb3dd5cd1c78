import { cumulate, search } from './draws.ts';
import type { Draws } from './draws.ts';
import { HOURS, PLACES } from './shop-people.ts';
import { BRANDS, NOT_SOLD, QUERY_EXTRA, SUBS } from './shop-range.ts';
import { BARGAIN, CANNIBAL, DELIVERY, FLASH, OUTAGE, PAIRS, PRAISE, SHOP } from './shop-truths.ts';
import { moneyOff, pull, weekPrice } from './shop-pricing.ts';
import type { Entry, Session, ShopLog } from './shop-log.ts';
import type { Range } from './shop-products.ts';
import type { User } from './shop-users.ts';

export interface Shop {
  d: Draws;
  range: Range;
  users: User[];
  log: ShopLog;
  deals: Map<number, { product: number; off: number }[]>;
  hours: Record<string, Float64Array>;
  pairs: Map<number, { follower: number; share: number }>;
  /** Running taste of the user whose life it is, per month, made when first needed. */
  tastes: Map<number, Float64Array>;
}
/** A thing in the basket: what it costs and what is off, in cents. */
interface Line {
  product: number;
  quantity: number;
  price: number;
  off: number;
}

/** What a life is lived in, with its own stream of draws. */
export function shopOf(d: Draws, range: Range, users: User[], log: ShopLog, deals: Shop['deals']): Shop {
  const at = (sub: string, k: number): number => range.bySub[range.subIndex.get(sub)!]!.ids[k]!;
  return {
    d,
    range,
    users,
    log,
    deals,
    hours: Object.fromEntries(Object.entries(HOURS).map(([name, weights]) => [name, cumulate(weights)])),
    pairs: new Map(PAIRS.map(([a, i, b, j, share]) => [at(a, i), { follower: at(b, j), share }])),
    tastes: new Map(),
  };
}

function tasteIn(shop: Shop, u: number, month: number): Float64Array {
  const held = shop.tastes.get(month);
  if (held) return held;
  const made = cumulate(SUBS.map((s, i) => shop.users[u]!.taste[i]! * (s.season?.includes(month) ? s.peak : 1)));
  shop.tastes.set(month, made);
  return made;
}

/** A product of the sub that the user might look at on this day; style counts; the launch takes its share of the old bestseller's looks. */
export function look(shop: Shop, u: number, sub: number, day: number): number {
  const { d, range, users } = shop;
  const user = users[u]!;
  const group = range.bySub[sub]!;
  const band = Math.min(4, Math.floor(user.power * 5));
  let found = group.ids[0]!;
  for (let tries = 0; tries < 8; tries++) {
    const i = group.ids[search(group.totals[band]!, d.next())]!;
    const p = range.products[i]!;
    if (p.launched > day) continue;
    found = i;
    if (p.style.length % 5 === user.style || d.chance(0.6)) break;
  }
  return found === range.old && day >= CANNIBAL.launched && d.chance(CANNIBAL.share) ? range.eater : found;
}

function ask(shop: Shop, sub: number): string {
  const { d } = shop;
  const s = SUBS[sub]!;
  if (d.chance(0.02)) return d.pick(NOT_SOLD);
  const extra = QUERY_EXTRA[`${s.top}/${s.name}`];
  if (extra && d.chance(0.35)) return d.pick(extra);
  const noun = d.pick(s.nouns);
  return d.chance(0.25) ? `${d.pick(BRANDS[s.top]!)} ${noun}`.toLowerCase() : d.chance(0.2) ? s.name.toLowerCase() : noun;
}

export interface Visit {
  day: number;
  second: number;
  channel: string;
  campaign: string | null;
  /** How eager to buy; 1 is usual. */
  eager: number;
  deals?: { product: number; off: number }[];
  topic?: number;
}
export interface Visited {
  bought: boolean;
  discounted: boolean;
  tops: string[];
  /** Ended with goods left in the basket. */
  pending: boolean;
}

/** One session: maybe a search, views, things into the basket, maybe an order. */
export function visit(shop: Shop, u: number, v: Visit): Visited {
  const { d, log, range } = shop;
  const user = shop.users[u]!;
  if (down(v.day, v.second)) return { bought: false, discounted: false, tops: [], pending: false };
  const away = d.chance(0.14);
  const device = away ? d.int(0, 2) : user.device;
  const session: Session = {
    user: u,
    id: log.sessions++,
    device,
    system: away && device !== user.device ? [user.power > 0.6 ? 0 : 1, 2, 5][device]! : user.system,
    channel: v.channel,
    campaign: v.campaign,
  };
  let t = v.day * 86_400 + v.second;
  const topic = v.topic ?? search(tasteIn(shop, u, SHOP.month[v.day]!), d.next());
  if (!v.deals && d.chance(v.channel === 'search' ? 0.42 : 0.26)) {
    log.add(session, t, 'search', { query: ask(shop, topic) });
    t += d.int(8, 60);
  }
  const lines: Line[] = [];
  const views = Math.min(14, 1 + Math.floor(d.exponential(v.deals ? 3.2 : 2.75)));
  for (let k = 0; k < views; k++) {
    const deal = v.deals ? fitting(shop, u, v.deals) : null;
    const product = deal
      ? deal.product
      : look(shop, u, k === 0 || d.chance(0.66) ? topic : search(tasteIn(shop, u, SHOP.month[v.day]!), d.next()), v.day);
    const p = range.products[product]!;
    log.add(session, t, 'view', { product });
    t += d.int(12, 150);
    const off = deal ? deal.off : moneyOff(p, v.day);
    const want = 0.165 * v.eager * (deal ? 0.95 : pull(user, p, v.day, off)) * [0.92, 1.18, 1][device]!;
    if (lines.some((line) => line.product === product) || !d.chance(Math.min(0.9, want))) continue;
    const quantity = SUBS[p.sub]!.top === 'Grocery' && d.chance(0.4) ? d.int(2, 4) : d.chance(0.06) ? 2 : 1;
    log.add(session, t, 'cart', { product, quantity });
    t += d.int(10, 90);
    lines.push({ product, quantity, price: weekPrice(p, v.day), off });
  }
  const kept = lines.filter((line) => v.day < range.products[line.product]!.soldOutFrom);
  const checkout = Math.min(
    0.95,
    (v.deals ? 0.75 : 0.6) *
      (v.eager > 1 ? 1.25 : 1) *
      (PLACES[user.place]!.country === DELIVERY.country && v.day >= DELIVERY.from ? DELIVERY.lift : 1),
  );
  if (kept.length === 0 || !d.chance(checkout)) return { bought: false, discounted: false, tops: [], pending: lines.length > 0 };
  const coupon = !v.deals && d.chance(user.bargain ? BARGAIN.coupon : 0.07) ? 0.1 : 0;
  const rows = order(shop, session, t + d.int(30, 240), v.day, kept, coupon);
  return {
    bought: true,
    discounted: rows.every((row) => (row.discount ?? 0) > 0),
    tops: rows.map((row) => SUBS[range.products[row.product!]!.sub]!.top),
    pending: false,
  };
}

/** Of three of today's deals the one nearest to the user's taste. */
function fitting(shop: Shop, u: number, deals: { product: number; off: number }[]): { product: number; off: number } {
  const taste = shop.users[u]!.taste;
  let best = shop.d.pick(deals);
  for (let k = 0; k < 2; k++) {
    const other = shop.d.pick(deals);
    if (taste[shop.range.products[other.product]!.sub]! > taste[shop.range.products[best.product]!.sub]!) best = other;
  }
  return best;
}

/** Writes an order; what goes with its goods comes along. */
export function order(shop: Shop, session: Session, at: number, day: number, lines: Line[], coupon: number): Entry[] {
  const { d, range, log } = shop;
  for (const line of [...lines]) {
    const pair = shop.pairs.get(line.product);
    if (pair && d.chance(pair.share) && !lines.some((other) => other.product === pair.follower)) {
      const p = range.products[pair.follower]!;
      log.add(session, at - 5, 'cart', { product: pair.follower, quantity: 1 });
      lines.push({ product: pair.follower, quantity: 1, price: weekPrice(p, day), off: moneyOff(p, day) });
    }
  }
  const id = log.orders++;
  return lines.map((line) => {
    const full = line.price * line.quantity;
    const discount = Math.round(full * (1 - (1 - line.off) * (1 - coupon)));
    return log.add(session, at, 'purchase', {
      product: line.product,
      quantity: line.quantity,
      amount: full - discount,
      discount: discount === 0 ? null : discount,
      order: id,
    });
  });
}

/** Whether the shop was out of order then. */
export const down = (day: number, second: number): boolean => day === OUTAGE.day && second >= OUTAGE.from * 3600 && second < OUTAGE.to * 3600;
export const praised = (day: number): boolean => day === PRAISE.day;
export const flashSecond = (d: Draws): number => FLASH.hour * 3600 + Math.floor(2700 * d.next() ** 2);
