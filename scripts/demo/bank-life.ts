import { clamp } from './draws.ts';
import { BANK, BANK_SEASON, FLEX, LEAVING, MISSOLD, PATH, SUITS } from './bank-truths.ts';
import type { Draws } from './draws.ts';
import type { Customer } from './bank-customers.ts';
import type { Fund } from './bank-products.ts';

export interface BankEntry {
  customer: number;
  /** Seconds from the first day. */
  at: number;
  event: 'balance' | 'login' | 'view' | 'contact' | 'purchase' | 'redemption';
  fund: number | null;
  /** Cents. */
  amount: number | null;
  channel: string | null;
  campaign: string | null;
}
export interface Lived {
  entries: BankEntry[];
  /** Euros at the end; the day the customer went, if so. */
  deposit: number;
  left: number | null;
}
/** A mailing and what it made of the customer: bought bonds for so many euros, or null. */
export interface Mailed {
  day: number;
  amount: number | null;
  fund: number;
  sent: boolean;
}

const fits = (c: Customer, fund: Fund): number => {
  // Levels 1 to 5 of products against the four words: cautious up to 2, balanced 3, growth 4, daring 5.
  const above = fund.risk - (c.appetite + 2);
  let times = above > 0 ? 0.03 : above > -2 ? 1 : 0.35;
  for (const s of SUITS) if (s.family === fund.family && s.work.includes(c.occupation) && c.age >= s.from && c.age <= s.to) times *= s.times;
  return times * fund.popularity;
};

/** Eighteen months of one customer: balances, log-ins, looks, talks, purchases, redemptions. */
export function liveBank(d: Draws, index: number, c: Customer, funds: Fund[], mailed: Mailed | null): Lived {
  const entries: BankEntry[] = [];
  const add = (day: number, second: number, event: BankEntry['event'], more: Partial<BankEntry> = {}): void => {
    if (day < BANK.days)
      entries.push({ customer: index, at: day * 86_400 + second, event, fund: null, amount: null, channel: null, campaign: null, ...more });
  };
  const clock = (): number => (c.age > 60 ? d.int(8 * 3600, 16 * 3600) : d.int(7 * 3600, 23 * 3600 - 1));
  const start = Math.max(0, c.since);
  let balance = c.deposit;
  let holdings = 0;
  // Balances are read on the same day of every month.
  const statement = d.int(0, 27);
  let fall = 0;
  let left: number | null = null;
  const months = BANK.nth[BANK.days - 1]! + 1;
  const wishes = funds.map((fund) => fits(c, fund));

  const buy = (day: number, f: number, channel: string, campaign: string | null): void => {
    const fund = funds[f]!;
    const amount = Math.max(fund.minimum, Math.round((Math.max(200, balance) * (0.05 + 0.2 * d.next())) / 50) * 50);
    if (amount === 0 || (amount > balance * 0.6 && amount > fund.minimum)) return;
    add(day, clock(), 'purchase', { fund: f, amount: amount * 100, channel, campaign });
    holdings++;
    balance = Math.max(50, balance - amount * 0.7);
    const held = fund.term > 0 ? Math.round(fund.term * 30.4) : d.int(60, 900);
    if (fund.term > 0 ? d.chance(0.85) : d.chance(0.3))
      add(day + held, 10 * 3600, 'redemption', {
        fund: f,
        amount: Math.round(amount * 100 * (1 + (fund.yield / 100) * (held / 365))),
        channel: 'web',
      });
  };

  for (let m = 0; m < months; m++) {
    const first = BANK.nth.indexOf(m);
    const end = m + 1 < months ? BANK.nth.indexOf(m + 1) : BANK.days;
    if (end <= start) continue;
    const from = Math.max(first, start);
    const part = (end - from) / 30.4;
    const season = BANK_SEASON[BANK.month[first]!]!;
    const silent = fall > 0;
    const day = (): number => d.int(from, end - 1);
    for (let k = d.poisson((silent ? 0.4 : 1.7) * c.digital * part); k > 0; k--) {
      const on = day();
      const second = clock();
      add(on, second, 'login', { channel: c.age < 45 || d.chance(0.4) ? 'app' : 'web' });
      if (!silent && d.chance(0.16)) add(on, second + d.int(20, 200), 'view', { fund: d.weighted(wishes), channel: 'web' });
    }
    const contacts = silent ? 0 : d.poisson((0.05 + 0.1 * (1 - c.digital)) * part) + (d.chance(0.012) ? 3 : 0);
    for (let k = contacts; k > 0; k--) add(day(), d.int(9 * 3600, 17 * 3600), 'contact', { channel: c.branch ? 'branch' : 'phone' });
    for (let k = silent ? 0 : d.poisson(0.052 * c.keen * season * part); k > 0; k--) {
      let f = d.weighted(wishes.map((w, i) => (funds[i]!.launched > from ? 0 : w)));
      if (funds[f]!.name === 'Day deposit' && from >= FLEX.launched && d.chance(FLEX.share))
        f = funds.findIndex((fund) => fund.name === 'Flex deposit');
      const on = day();
      if (on - start > PATH.days && d.chance(PATH.view)) add(on - d.int(2, PATH.days), clock(), 'view', { fund: f, channel: 'web' });
      if (on - start > 2 && d.chance(PATH.contact))
        add(on - 1, d.int(9 * 3600, 17 * 3600), 'contact', { fund: f, channel: c.branch ? 'branch' : 'phone', campaign: 'advice' });
      buy(on, f, c.branch ? 'branch' : d.chance(c.digital) ? 'web' : 'phone', null);
    }
    if (
      c.region === MISSOLD.region &&
      c.occupation === 'retired' &&
      c.appetite === 0 &&
      from >= MISSOLD.from &&
      from < MISSOLD.to &&
      d.chance(MISSOLD.share / 3)
    ) {
      buy(
        day(),
        funds.findIndex((fund) => fund.name === 'Turbo certificate'),
        'branch',
        'certificate week',
      );
    }
    if (mailed && mailed.day >= from && mailed.day < end) {
      if (mailed.sent) add(mailed.day, 8 * 3600, 'contact', { channel: 'letter', campaign: 'bond mailing' });
      if (mailed.amount !== null)
        add(mailed.day + d.int(2, 14), clock(), 'purchase', {
          fund: mailed.fund,
          amount: mailed.amount * 100,
          channel: c.branch ? 'branch' : 'web',
          campaign: mailed.sent ? 'bond mailing' : null,
        });
    }
    const hazard =
      LEAVING.base *
      (c.digital > 0.85 && holdings === 0 ? LEAVING.digitalOnly : 1) *
      LEAVING.perHolding ** Math.min(4, holdings) *
      (contacts >= 3 ? LEAVING.nagged : 1);
    if (fall === 0 && d.chance(hazard)) fall = 1;
    balance =
      fall > 0 ? balance * LEAVING.fall : balance * clamp(1 + 0.004 + 0.05 * d.normal(), 0.7, 1.4) + (BANK.month[first] === 11 ? c.income / 40 : 0);
    if (balance < 1) balance = 0;
    if (first + statement >= start) add(first + statement, clock(), 'balance', { amount: Math.round(balance * 100) });
    if (fall > 0 && fall++ > LEAVING.months) {
      left = first + statement;
      break;
    }
  }
  return { entries: left === null ? entries : entries.filter((e) => e.at < (left! + 1) * 86_400), deposit: balance, left };
}
