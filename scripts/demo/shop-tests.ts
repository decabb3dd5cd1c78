import { draws } from './draws.ts';
import { EVENING, VOUCHER } from './shop-truths.ts';
import { shuffle, u as share } from '../../src/stats/random.ts';
import type { User } from './shop-users.ts';
import type { ShopLog } from './shop-log.ts';

export interface Assigned {
  user: number;
  experiment: string;
  variant: 'control' | 'treatment';
  /** Seconds from the first day. */
  at: number;
}

/** Two tests on different people, at random by id; who joined after the start cannot be in. */
export function assign(seed: number, users: User[]): Map<number, Assigned> {
  const d = draws(seed, 'shop tests');
  const scale = users.length / 20_000;
  const able = users.flatMap((user, i) => (user.joined < EVENING.at - 14 && !user.ring ? [i] : []));
  shuffle(able, d.next);
  const voucher = able.slice(0, Math.round(VOUCHER.users * scale));
  const evening = able.slice(voucher.length, voucher.length + Math.round(EVENING.users * scale));
  const out = new Map<number, Assigned>();
  const put = (list: number[], experiment: string, day: number): void => {
    for (const user of list)
      out.set(user, { user, experiment, variant: share(experiment, users[user]!.id) < 0.5 ? 'control' : 'treatment', at: day * 86_400 + 9 * 3600 });
  };
  put(voucher, 'June voucher', VOUCHER.at);
  put(evening, 'evening message', EVENING.at);
  return out;
}

/** Cents spent by each tested user within 14 days of assignment. */
export function outcomes(assigned: Map<number, Assigned>, log: ShopLog): { who: Assigned; cents: number }[] {
  const spent = new Map<number, number>();
  for (const entry of log.entries) {
    const who = assigned.get(entry.user);
    if (who && entry.kind === 'purchase' && entry.at >= who.at && entry.at < who.at + VOUCHER.days * 86_400)
      spent.set(entry.user, (spent.get(entry.user) ?? 0) + entry.amount!);
  }
  return [...assigned.values()].sort((a, b) => a.user - b.user).map((who) => ({ who, cents: spent.get(who.user) ?? 0 }));
}
