import { draws } from './draws.ts';
import { APPETITE, BANK, MAILING } from './bank-truths.ts';
import { liveBank } from './bank-life.ts';
import { makeCustomers } from './bank-customers.ts';
import { makeFunds } from './bank-products.ts';
import { columns } from './shop-tables.ts';
import { shuffle, u as share } from '../../src/stats/random.ts';
import type { BankEntry, Lived, Mailed } from './bank-life.ts';
import type { Customer } from './bank-customers.ts';
import type { Fund } from './bank-products.ts';
import type { Table } from './write.ts';

const EPOCH = Date.parse(`${BANK.first}T00:00:00Z`) / 86_400_000;

/** The bond mailing: half of the tested get it, at random by id; what they did within 30 days. */
function mail(seed: number, people: Customer[], funds: Fund[]): Map<number, Mailed> {
  const d = draws(seed, 'bank mailing');
  const able = shuffle(
    people.flatMap((c, i) => (c.since < MAILING.at - 60 && c.consent ? [i] : [])),
    d.next,
  );
  const out = new Map<number, Mailed>();
  for (const i of able.slice(0, Math.round((MAILING.customers * people.length) / 12_000))) {
    const c = people[i]!;
    const sent = share('bond mailing', c.id) < 0.5;
    const saver = c.age >= 45 && c.age <= 64 && c.deposit > 9000 && c.appetite <= 1;
    const p = MAILING.base + (sent ? (saver ? MAILING.lift : c.age < 35 ? MAILING.young : 0.004) : 0);
    const amount = d.chance(p) ? Math.max(1000, Math.round((c.deposit * (0.06 + 0.14 * d.next())) / 50) * 50) : null;
    out.set(i, { day: MAILING.at, amount, fund: funds.findIndex((f) => f.name === 'State bond 3 y'), sent });
  }
  return out;
}

function tables(people: Customer[], funds: Fund[], lives: Lived[], mailed: Map<number, Mailed>): Table[] {
  const events = lives
    .flatMap((life) => life.entries)
    .map((e, i): [BankEntry, number] => [e, i])
    .sort(([a, i], [b, j]) => a.at - b.at || i - j)
    .map(([e]) => e);
  const tested = [...mailed].sort(([a], [b]) => a - b);
  return [
    {
      name: 'customers',
      columns: columns(people, {
        customer_id: ['text', (c) => c.id],
        gender: ['text', (c) => c.gender],
        age: ['whole', (c) => c.age],
        region: ['text', (c) => c.region],
        occupation: ['text', (c) => c.occupation],
        education: ['text', (c) => c.education],
        marital: ['text', (c) => c.marital],
        income: ['whole', (c) => (c.hiddenIncome ? null : c.income)],
        deposit: ['money', (_, i) => Math.round(lives[i]!.deposit * 100)],
        risk_appetite: ['text', (c) => (c.told ? APPETITE[c.appetite]! : null)],
        in_default: ['text', (c) => (c.default ? 'yes' : 'no')],
        member_since: ['date', (c) => EPOCH + c.since],
        consent: ['text', (c) => (c.consent ? 'yes' : 'no')],
      }),
    },
    {
      name: 'products',
      columns: columns(funds, {
        product_id: ['text', (f) => f.id],
        name: ['text', (f) => f.name],
        category: ['text', (f) => f.family],
        brand: ['text', (f) => f.house],
        risk_level: ['whole', (f) => f.risk],
        term_months: ['whole', (f) => f.term],
        minimum: ['whole', (f) => f.minimum],
        yield: ['number', (f) => f.yield],
        margin: ['number', (f) => f.margin],
        launched_at: ['date', (f) => EPOCH + f.launched],
      }),
    },
    {
      name: 'events',
      columns: columns(events, {
        at: ['instant', (e) => BANK.micros(e.at)],
        customer_id: ['text', (e) => people[e.customer]!.id],
        event: ['text', (e) => e.event],
        product_id: ['text', (e) => (e.fund === null ? null : funds[e.fund]!.id)],
        amount: ['money', (e) => e.amount],
        channel: ['text', (e) => e.channel],
        campaign: ['text', (e) => e.campaign],
      }),
    },
    {
      name: 'outcomes',
      columns: columns(tested, {
        customer_id: ['text', ([i]) => people[i]!.id],
        experiment: ['text', () => 'bond mailing'],
        variant: ['text', ([, m]) => (m.sent ? 'treatment' : 'control')],
        at: ['instant', ([, m]) => BANK.micros(m.day * 86_400 + 8 * 3600)],
        subscribed: ['text', ([, m]) => (m.amount === null ? 'no' : 'yes')],
        value: ['money', ([, m]) => (m.amount ?? 0) * 100],
      }),
    },
  ];
}

/** The whole made-up bank as tables. Same seed and size, same tables. */
export function makeBank(seed = 1, size = 12_000): Table[] {
  const funds = makeFunds(seed);
  const people = makeCustomers(seed, size);
  const mailed = mail(seed, people, funds);
  const lives = people.map((c, i) => liveBank(draws(seed, `bank life ${c.id}`), i, c, funds, mailed.get(i) ?? null));
  return tables(people, funds, lives, mailed);
}
