import { draws } from './draws.ts';
import { assign, outcomes } from './shop-tests.ts';
import { flashDeals } from './shop-pricing.ts';
import { live, ringLife } from './shop-life.ts';
import { makeMedia, MIX_COLUMNS } from './shop-media.ts';
import { makeRange } from './shop-products.ts';
import { makeUsers } from './shop-users.ts';
import { shopOf } from './shop-sessions.ts';
import { ShopLog } from './shop-log.ts';
import { SHOP } from './shop-truths.ts';
import { shopTables } from './shop-tables.ts';
import type { Table } from './write.ts';

/** The whole made-up shop as tables, in the order in which they are shown. Same seed and size, same tables. */
export function makeShop(seed = 1, size = 20_000): Table[] {
  const range = makeRange(seed);
  const users = makeUsers(seed, size, range);
  const assigned = assign(seed, users);
  const log = new ShopLog();
  const deals = flashDeals(seed, range);
  const base = shopOf(draws(seed, 'shop'), range, users, log, deals);
  users.forEach((user, u) => {
    // A stream of its own for each user, so that a change to one life leaves all others as they were.
    const shop = { ...base, d: draws(seed, `shop life ${user.id}`), tastes: new Map<number, Float64Array>() };
    if (user.ring) return ringLife(shop, u);
    const test = assigned.get(u);
    live(shop, u, test?.experiment === 'June voucher' && test.variant === 'treatment' ? 'voucher' : 'control');
  });
  log.end(SHOP.days * 86_400);
  return shopTables({ seed, range, users, log, media: makeMedia(seed), mixColumns: MIX_COLUMNS, outcomes: outcomes(assigned, log) });
}
