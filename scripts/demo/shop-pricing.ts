import { BARGAIN, FLASH, SALES, SHOP } from './shop-truths.ts';
import { draws, cumulate, search } from './draws.ts';
import { SUBS } from './shop-range.ts';
import type { Product, Range } from './shop-products.ts';
import type { User } from './shop-users.ts';

/** Money off a product on a day, as a share of its price then: the better of its own promotion and the sales weeks. */
export function moneyOff(p: Product, day: number): number {
  let off = p.promo[Math.floor(day / 7)]!;
  for (const sale of SALES) if (day >= sale.from && day <= sale.to) off = Math.max(off, sale.off);
  return off;
}

/** Price of the week before any money off, in cents. */
export const weekPrice = (p: Product, day: number): number => Math.round(p.price * p.step[Math.floor(day / 7)]!);

/** How much likelier than at its list price without money off the user takes it: constant elasticity, stronger for bargain hunters. */
export function pull(user: User, p: Product, day: number, off: number): number {
  const beta = SUBS[p.sub]!.beta + (user.bargain ? BARGAIN.extra : 0);
  const level = p.step[Math.floor(day / 7)]! * (1 - off);
  return (user.bargain ? BARGAIN.fullPrice : 1) * level ** beta;
}

/** The deals of every flash-sale day: by its own mix of goods, without those that are not out yet or sold out. */
export function flashDeals(seed: number, range: Range): Map<number, { product: number; off: number }[]> {
  const d = draws(seed, 'shop flash deals');
  const weight = range.products.map((p, i) =>
    i === range.old || i === range.eater ? 0 : (FLASH.mix[SUBS[p.sub]!.top] ?? 0) * p.popularity * (SUBS[p.sub]!.name === 'Gift cards' ? 0 : 1),
  );
  for (const [top, share] of Object.entries(FLASH.mix)) {
    const of = range.products.flatMap((p, i) => (SUBS[p.sub]!.top === top ? [i] : []));
    const sum = of.reduce((s, i) => s + weight[i]!, 0);
    for (const i of of) weight[i] = (weight[i]! * share) / sum;
  }
  const totals = cumulate(weight);
  const deals = new Map<number, { product: number; off: number }[]>();
  for (let day = 0; day < SHOP.days; day++) {
    if (!FLASH.weekdays.includes(SHOP.weekday[day]!)) continue;
    const today = new Map<number, number>();
    while (today.size < FLASH.deals) {
      const product = search(totals, d.next());
      const p = range.products[product]!;
      if (p.launched < day && day < p.soldOutFrom)
        today.set(product, FLASH.depth[0] + Math.round((FLASH.depth[1] - FLASH.depth[0]) * d.next() * 20) / 20);
    }
    deals.set(
      day,
      [...today].map(([product, off]) => ({ product, off })),
    );
  }
  return deals;
}
