import { below, clamp, draws, cumulate, search } from './draws.ts';
import type { Draws } from './draws.ts';
import { AGE_FROM, AGE_TO, AGE_WEIGHT, PLACES, WORK } from './shop-people.ts';
import type { Rhythm } from './shop-people.ts';
import { SUBS, SUB_WEIGHT } from './shop-range.ts';
import { AFFLUENT, BARGAIN, FLASH, REPLENISH, RING, SEASON, SHOP } from './shop-truths.ts';
import type { Range } from './shop-products.ts';

export interface User {
  id: string;
  gender: 'female' | 'male' | 'other';
  age: number;
  band: number;
  born: number;
  place: number;
  work: number;
  /** Day of sign-up (may lie before the data) and second within it. */
  joined: number;
  joinedSecond: number;
  signupChannel: string;
  referrer: number | null;
  newsletter: boolean;
  payment: string;
  /** What is not told to the shop. */
  hidden: { gender: boolean; age: boolean; work: boolean; city: boolean };
  /** 0 to 1: what the household can spend. */
  power: number;
  rate: number;
  bargain: boolean;
  flash: number;
  rhythm: Rhythm;
  taste: Float64Array;
  style: number;
  device: number;
  system: number;
  habits: { product: number; cycle: number }[];
  ring: boolean;
}

const hex = (d: Draws): string =>
  Math.floor(d.next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');

/** Sign-up day: 42 % before the data begin, the rest along the seasons. */
function joinDay(d: Draws, byDay: Float64Array): number {
  return d.chance(0.42) ? -Math.floor(d.exponential(260)) - 1 : search(byDay, d.next());
}

function person(d: Draws, i: number, byDay: Float64Array, byPlace: Float64Array, range: Range): User {
  const gender = d.chance(0.56) ? 'female' : d.chance(0.975) ? 'male' : 'other';
  const band = d.weighted(AGE_WEIGHT);
  const age = d.int(AGE_FROM[band]!, AGE_TO[band]!);
  const place = search(byPlace, d.next());
  const tier = PLACES[place]!.tier;
  const work = d.weighted(WORK.map((w) => w.ages[band]!));
  const job = WORK[work]!;
  const z =
    job.power * 0.75 + (tier === 'tier 1' ? 0.35 : tier === 'tier 3' ? -0.35 : 0) + [-0.35, -0.05, 0.15, 0.25, 0.15, 0][band]! + 0.75 * d.normal();
  const power = clamp(below(z / 1.05), 0.001, 0.999);
  const affluent = gender === 'female' && (band === 2 || band === 3) && tier === 'tier 1' && power > AFFLUENT.power;
  const bargain = !affluent && d.chance(BARGAIN.share * (job.name === 'student' ? 2.2 : power < 0.4 ? 1.6 : 0.6));
  const share = FLASH.share[gender === 'male' ? 'male' : 'female'][band]!;
  const lean = d.next();
  const rhythm: Rhythm =
    lean < job.evening * 0.8
      ? 'evening'
      : (job.name === 'retired' || job.name === 'homemaker') && d.chance(0.6)
        ? 'morning'
        : d.chance(job.name === 'student' ? 0.25 : 0.03)
          ? 'night'
          : 'usual';
  const taste = Float64Array.from(SUBS, (s) => {
    const known = (gender === 'female' ? s.women : gender === 'male' ? s.men : (s.women + s.men) / 2) * s.ages[band]!;
    return s.n * (SUB_WEIGHT[`${s.top}/${s.name}`] ?? 1) * known * Math.exp(0.95 * d.normal());
  });
  const device = d.weighted(band < 2 ? [78, 17, 5] : band < 4 ? [58, 33, 9] : [38, 46, 16]);
  const system =
    device === 0
      ? d.chance(0.3 + 0.35 * power)
        ? 0
        : 1
      : device === 1
        ? d.chance(0.12 + 0.25 * power)
          ? 3
          : d.chance(0.04)
            ? 4
            : 2
        : d.chance(0.6)
          ? 5
          : 1;
  const habit = (sub: string): number => taste[range.subIndex.get(sub)!]!;
  const habits =
    d.chance(REPLENISH.users) && !bargain
      ? [
          range.replenish[
            d.weighted(
              range.replenish.map((r) => habit(`${SUBS[range.products[r.product]!.sub]!.top}/${SUBS[range.products[r.product]!.sub]!.name}`)),
            )
          ]!,
        ]
      : [];
  const joined = joinDay(d, byDay);
  return {
    id: `U${10001 + i}`,
    gender,
    age,
    band,
    born: -Math.round((age + 0.02 + 0.96 * d.next()) * 365.2425) + SHOP.days,
    place,
    work,
    joined,
    joinedSecond: Math.floor((7 + 16.5 * d.next()) * 3600),
    signupChannel: d.pick([
      'search',
      'search',
      'search',
      'ads',
      'ads',
      'ads',
      'social',
      'social',
      'direct',
      'direct',
      'affiliate',
      'referral',
      'referral',
    ]),
    referrer: null,
    newsletter: d.chance(bargain ? 0.75 : 0.45),
    payment: hex(d),
    hidden: { gender: d.chance(0.07), age: d.chance(0.11), work: d.chance(0.13), city: d.chance(0.03) },
    power,
    rate: 0.04 * Math.exp(0.95 * d.normal() - 0.2) * (affluent ? AFFLUENT.rate : 1) * (band < 3 ? 1.1 : 0.9),
    bargain,
    flash: d.chance(share * (bargain ? 2.2 : 0.8)) ? 0.03 + 0.22 * d.next() ** 2 : 0,
    rhythm,
    taste,
    style: d.int(0, 4),
    device,
    system,
    habits,
    ring: false,
  };
}

/** Users in order of sign-up, so that ids grow with time; the ring takes the places of the last ones. */
export function makeUsers(seed: number, n: number, range: Range): User[] {
  const d = draws(seed, 'shop users');
  const byDay = cumulate(Array.from({ length: SHOP.days }, (_, day) => SEASON[SHOP.month[day]!]!));
  const byPlace = cumulate(PLACES.map((p) => p.weight));
  const users = Array.from({ length: n }, (_, i) => person(d, i, byDay, byPlace, range));
  plantRing(d, users);
  users.sort((a, b) => a.joined - b.joined || a.joinedSecond - b.joinedSecond);
  users.forEach((user, i) => (user.id = `U${10001 + i}`));
  refer(d, users);
  return users;
}

function plantRing(d: Draws, users: User[]): void {
  const cards = Array.from({ length: RING.payments }, () => hex(d));
  const place = PLACES.findIndex((p) => p.city === 'Trier');
  const size = Math.min(RING.size, Math.floor(users.length / 20));
  for (let k = 0; k < size; k++) {
    const user = users[users.length - 1 - k]!;
    const second = Math.floor((k / size) * RING.hours * 3600) + d.int(0, 900);
    Object.assign(user, {
      joined: RING.opened + Math.floor(second / 86_400),
      joinedSecond: second % 86_400,
      place,
      ring: true,
      rhythm: 'night',
      device: 0,
      system: 1,
      habits: [],
      flash: 0,
      bargain: false,
      payment: cards[k % cards.length]!,
      signupChannel: 'referral',
      rate: 0.1,
      newsletter: false,
      hidden: { gender: d.chance(0.5), age: d.chance(0.5), work: true, city: false },
    } satisfies Partial<User>);
  }
}

/** Who brought whom: a few bring very many (weights by a Pareto law of index 1.1); the ring is a tree of threes of its own. */
function refer(d: Draws, users: User[]): void {
  const weight = users.map((u) => (u.ring ? 0 : (1 - d.next()) ** (-1 / 1.1)));
  const totals = cumulate(weight);
  const ring: number[] = [];
  users.forEach((user, i) => {
    if (user.ring) {
      if (ring.length > 0) user.referrer = ring[Math.floor((ring.length - 1) / 3)]!;
      ring.push(i);
    } else if (user.signupChannel === 'referral') {
      const earlier = i === 0 ? 0 : totals[i - 1]! / totals[totals.length - 1]!;
      if (earlier > 0) user.referrer = Math.min(i - 1, search(totals, d.next() * earlier));
    }
  });
}
