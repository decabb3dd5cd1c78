import { clamp, search } from './draws.ts';
import { SUBS } from './shop-range.ts';
import { CHURN, PRAISE, RING, SEASON, SHOP, VOUCHER, WEEKDAY } from './shop-truths.ts';
import { weekPrice, moneyOff } from './shop-pricing.ts';
import { flashSecond, look, order, praised, visit, down } from './shop-sessions.ts';
import type { Shop, Visited } from './shop-sessions.ts';
import type { Entry, Session } from './shop-log.ts';
import type { User } from './shop-users.ts';

const CAMPAIGNS = [
  'autumn looks',
  'autumn looks',
  'autumn looks',
  'early gifts',
  'black week',
  'holidays',
  'new year',
  'new year',
  'spring start',
  'spring start',
  'garden weeks',
  'summer sale',
  'summer sale',
  'back to school',
];

/** First visits come through ads, search and friends; later ones through the front door and mail. */
function channelOf(shop: Shop, user: User, nth: number): string {
  const { d } = shop;
  if (nth === 0 && user.joined >= 0) return user.signupChannel;
  const w = nth < 4 ? [18, 26, 26, 16, 8, 2, 4] : [36, 22, 11, 9, 16, 2, 4];
  return (['direct', 'search', 'ads', 'social', 'email', 'referral', 'affiliate'] as const)[
    d.weighted(w.map((x, i) => (i === 4 && !user.newsletter ? 0.5 : i === 3 && user.band < 2 ? x * 1.8 : x)))
  ]!;
}

/** Everything one user does until the end of the data or of the interest. Returns the assignment to a test, if any. */
export function live(shop: Shop, u: number, test: 'voucher' | 'control' | null): void {
  const { d, log } = shop;
  const user = shop.users[u]!;
  const start = Math.max(0, user.joined);
  const first = new FirstMonth();
  // Users from before the data begin have their first month behind them; those with little reason to stay have mostly left.
  let leaves = user.joined >= 0 ? Infinity : start + d.exponential(30.4 / clamp(0.035 + 0.16 * d.next() ** 2, CHURN.lo, CHURN.hi));
  let pending = false;
  let nth = 0;
  const from = log.entries.length;
  const seen = (day: number, v: Visited): void => {
    nth++;
    pending = v.pending && d.chance(0.34);
    if (user.joined >= 0) first.add(day - user.joined, v);
  };
  for (let day = start; day < SHOP.days && day < leaves; day++) {
    if (day - user.joined === CHURN.window && user.joined >= 0) {
      leaves = day + d.exponential(30.4 / first.hazard());
      if (day >= leaves) break;
    }
    const back = pending;
    pending = false;
    const offered = test === 'voucher' && day >= VOUCHER.at && day < VOUCHER.at + VOUCHER.days;
    const mean =
      user.rate * SEASON[SHOP.month[day]!]! * WEEKDAY[SHOP.weekday[day]! - 1]! * (praised(day) ? PRAISE.times : 1) * newness(day - user.joined);
    let n = day === user.joined ? 1 : d.poisson(mean / 3.1);
    if (back) n = Math.max(1, n);
    for (let k = 0; k < n; k++) {
      const second =
        day === user.joined && k === 0
          ? Math.max(user.joinedSecond, 60)
          : Math.floor(search(shop.hours[user.rhythm]!, d.next()) * 3600 + 3599 * d.next());
      const praise = praised(day) && d.chance(0.5);
      const channel = praise ? 'social' : back && k === 0 ? d.pick(['direct', 'direct', 'email', 'ads']) : channelOf(shop, user, nth);
      const campaign = channel === 'ads' || channel === 'email' || channel === 'social' ? (d.chance(0.75) ? CAMPAIGNS[SHOP.nth[day]!]! : null) : null;
      seen(
        day,
        visit(shop, u, {
          day,
          second,
          channel,
          campaign,
          eager: back && k === 0 ? 1.9 : 1,
          ...(praise ? { topic: shop.range.subIndex.get(PRAISE.sub)! } : {}),
        }),
      );
    }
    const deals = shop.deals.get(day);
    if (deals && user.flash > 0 && d.chance(user.flash))
      seen(day, visit(shop, u, { day, second: flashSecond(d), channel: 'flash sale', campaign: 'flash 20h', eager: 1, deals }));
    if (offered && day === VOUCHER.at + (u % VOUCHER.days) && d.chance(user.bargain ? VOUCHER.bargain : VOUCHER.others)) redeem(shop, u, day);
  }
  if (user.habits.length > 0) habit(shop, u, Math.min(SHOP.days, leaves));
  giveBack(shop, u, from);
}

/** The first weeks are livelier. */
const newness = (age: number): number => (age < 0 ? 1 : age < 30 ? 3.2 : age < 60 ? 1.4 : 1);

/** What a user did in the first 30 days, and the hazard that follows from it. */
class FirstMonth {
  private readonly days = new Set<number>();
  private readonly tops = new Set<string>();
  private orders = 0;
  private discounted = 0;
  add(age: number, v: Visited): void {
    if (age >= CHURN.window) return;
    this.days.add(age);
    if (!v.bought) return;
    this.orders++;
    if (v.discounted) this.discounted++;
    for (const top of v.tops) this.tops.add(top);
  }
  hazard(): number {
    const log =
      CHURN.perActiveDay * Math.min(CHURN.maxDays, this.days.size - 1) +
      (this.orders > 0 ? CHURN.bought : 0) +
      (this.tops.size >= 2 ? CHURN.twoCategories : 0) +
      (this.orders > 0 && this.discounted === this.orders ? CHURN.onlyDiscount : 0);
    return clamp(CHURN.base * Math.exp(log), CHURN.lo, CHURN.hi);
  }
}

const session = (shop: Shop, u: number, channel: string, campaign: string | null = null): Session => ({
  user: u,
  id: shop.log.sessions++,
  device: shop.users[u]!.device,
  system: shop.users[u]!.system,
  channel,
  campaign,
});

/** The order that the voucher brought: something liked, eight euros off. */
function redeem(shop: Shop, u: number, day: number): void {
  const { d, log, range } = shop;
  const user = shop.users[u]!;
  const s = session(shop, u, 'email', 'voucher June');
  const at = day * 86_400 + d.int(9 * 3600, 22 * 3600);
  const product = look(shop, u, d.weighted(user.taste), day);
  const p = range.products[product]!;
  if (day >= p.soldOutFrom || p.price < 1500) return;
  log.add(s, at, 'view', { product });
  log.add(s, at + 40, 'cart', { product, quantity: 1 });
  const rows = order(shop, s, at + 130, day, [{ product, quantity: 1, price: weekPrice(p, day), off: moneyOff(p, day) }], 0);
  const row = rows[0]!;
  row.amount = row.amount! - VOUCHER.off;
  row.discount = (row.discount ?? 0) + VOUCHER.off;
}

/** The same product every cycle, straight from the front door. */
function habit(shop: Shop, u: number, end: number): void {
  const { d, log, range } = shop;
  const user = shop.users[u]!;
  for (const { product, cycle } of user.habits) {
    const p = range.products[product]!;
    for (let day = Math.max(0, user.joined) + d.int(1, cycle); day < end; day += Math.max(5, Math.round(cycle * (1 + 0.08 * d.normal())))) {
      const s = session(shop, u, d.chance(0.2) ? 'email' : 'direct');
      const at = day * 86_400 + Math.floor(search(shop.hours[user.rhythm]!, d.next()) * 3600 + 3000 * d.next());
      if (down(day, at % 86_400)) continue;
      log.add(s, at, 'view', { product });
      log.add(s, at + 20, 'cart', { product, quantity: 1 });
      order(shop, s, at + 75, day, [{ product, quantity: d.chance(0.15) ? 2 : 1, price: weekPrice(p, day), off: moneyOff(p, day) }], 0);
    }
  }
}

/** Goods that come back some days later, at the price paid. */
function giveBack(shop: Shop, u: number, from: number): void {
  const { d, log, range } = shop;
  const user = shop.users[u]!;
  const much = d.chance(0.04) ? 2.6 : 0.9;
  const end = SHOP.days * 86_400;
  for (const entry of log.entries.slice(from)) {
    if (entry.kind !== 'purchase' || !d.chance(Math.min(0.8, SUBS[range.products[entry.product!]!.sub]!.returns * much))) continue;
    const at = entry.at + d.int(3 * 86_400, 13 * 86_400);
    if (at < end) refund(shop, user, u, entry, at);
  }
}

function refund(shop: Shop, user: User, u: number, bought: Entry, at: number): void {
  const s = session(shop, u, 'direct');
  shop.log.add({ ...s, device: user.device }, at, 'refund', {
    product: bought.product,
    quantity: bought.quantity,
    amount: bought.amount,
    order: bought.order,
  });
}

/** The ring: within two days of opening, several gift-card orders an hour in the small hours, most of them taken back. */
export function ringLife(shop: Shop, u: number): void {
  const { d, log, range } = shop;
  const user = shop.users[u]!;
  const cards = range.bySub[range.subIndex.get('Electronics/Gift cards')!]!.ids;
  let at = (RING.opened + 1 + d.int(0, 1)) * 86_400 + d.int(2 * 3600, 3 * 3600);
  for (let k = d.int(...RING.orders); k > 0; k--) {
    const s = session(shop, u, 'referral', 'bring a friend');
    const product = d.pick(cards);
    const day = Math.floor(at / 86_400);
    log.add(s, at, 'view', { product });
    log.add(s, at + 9, 'cart', { product, quantity: 2 });
    const rows = order(shop, s, at + 31, day, [{ product, quantity: 2, price: weekPrice(range.products[product]!, day), off: 0.1 }], 0);
    for (const row of rows) if (d.chance(RING.refundShare)) refund(shop, user, u, row, at + d.int(4 * 86_400, 20 * 86_400));
    at += d.int(260, 900);
  }
}
