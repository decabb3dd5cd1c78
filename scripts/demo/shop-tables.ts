import { DEVICES, PLACES, SYSTEMS, WORK } from './shop-people.ts';
import { SUBS } from './shop-range.ts';
import { SHOP } from './shop-truths.ts';
import { draws } from './draws.ts';
import type { Range } from './shop-products.ts';
import type { User } from './shop-users.ts';
import type { Entry, ShopLog } from './shop-log.ts';
import type { Medium } from './shop-media.ts';
import type { Assigned } from './shop-tests.ts';
import type { Column, ColumnKind, Table } from './write.ts';

export interface ShopParts {
  seed: number;
  range: Range;
  users: User[];
  log: ShopLog;
  media: Medium[];
  mixColumns: string[];
  outcomes: { who: Assigned; cents: number }[];
}
const EPOCH = Date.parse(`${SHOP.first}T00:00:00Z`) / 86_400_000;
const code = (prefix: string, n: number): string => prefix + String(n).padStart(6, '0');

/** Columns from rows, one function per column. */
export function columns<T>(rows: readonly T[], spec: Record<string, [ColumnKind, (row: T, i: number) => string | number | bigint | null]>): Column[] {
  return Object.entries(spec).map(([name, [kind, of]]) => ({ name, kind, values: rows.map(of) }));
}

function usersTable(users: User[]): Table {
  const place = (u: User) => PLACES[u.place]!;
  return {
    name: 'users',
    columns: columns(users, {
      user_id: ['text', (u) => u.id],
      gender: ['text', (u) => (u.hidden.gender ? null : u.gender)],
      birth_date: ['date', (u) => (u.hidden.age ? null : EPOCH + u.born)],
      country: ['text', (u) => place(u).country],
      city: ['text', (u) => (u.hidden.city ? null : place(u).city)],
      city_tier: ['text', (u) => (u.hidden.city ? null : place(u).tier)],
      occupation: ['text', (u) => (u.hidden.work ? null : WORK[u.work]!.name)],
      signup_at: ['instant', (u) => SHOP.micros(u.joined * 86_400 + u.joinedSecond)],
      signup_channel: ['text', (u) => u.signupChannel],
      referrer_id: ['text', (u) => (u.referrer === null ? null : users[u.referrer]!.id)],
      newsletter: ['text', (u) => (u.newsletter ? 'yes' : 'no')],
      payment_hash: ['text', (u) => u.payment],
    }),
  };
}

function productsTable(range: Range): Table {
  const last = Math.floor((SHOP.days - 1) / 7);
  return {
    name: 'products',
    columns: columns(range.products, {
      product_id: ['text', (p) => p.id],
      name: ['text', (p) => p.name],
      category: ['text', (p) => `${SUBS[p.sub]!.top}/${SUBS[p.sub]!.name}`],
      brand: ['text', (p) => p.brand],
      style: ['text', (p) => p.style],
      price: ['money', (p) => Math.round(p.price * p.step[last]!)],
      cost: ['money', (p) => p.cost],
      competitor_price: ['money', (p) => p.rival],
      market_price: ['money', (p) => p.market],
      stock: ['whole', (p) => p.stock],
      launched_at: ['date', (p) => EPOCH + p.launched],
    }),
  };
}

function eventsTable(parts: ShopParts): Table {
  const { log, users, range } = parts;
  const rows = log.entries.map((e, i): [Entry, number] => [e, i]).sort(([a, i], [b, j]) => a.at - b.at || a.user - b.user || i - j);
  const sessions = new Map<number, string>();
  const orders = new Map<number, string>();
  const named = (held: Map<number, string>, prefix: string, n: number | null): string | null => {
    if (n === null) return null;
    if (!held.has(n)) held.set(n, code(prefix, held.size + 1));
    return held.get(n)!;
  };
  return {
    name: 'events',
    columns: columns(rows, {
      at: ['instant', ([e]) => SHOP.micros(e.at)],
      user_id: ['text', ([e]) => users[e.user]!.id],
      event: ['text', ([e]) => e.kind],
      product_id: ['text', ([e]) => (e.product === null ? null : range.products[e.product]!.id)],
      quantity: ['whole', ([e]) => e.quantity],
      amount: ['money', ([e]) => e.amount],
      discount: ['money', ([e]) => e.discount],
      order_id: ['text', ([e]) => named(orders, 'O', e.order)],
      session_id: ['text', ([e]) => named(sessions, 'S', e.session)],
      device: ['text', ([e]) => DEVICES[e.device!]!],
      os: ['text', ([e]) => SYSTEMS[e.system!]!],
      channel: ['text', ([e]) => e.channel],
      campaign: ['text', ([e]) => e.campaign],
      query: ['text', ([e]) => e.query],
    }),
  };
}

interface Edge {
  from: string;
  to: string;
  kind: string;
  at: number;
}

/** Who brought, shared with and gave to whom. Shares stay mostly within a city and go out from those who bring many. */
function edgesTable({ seed, users }: ShopParts): Table {
  const d = draws(seed, 'shop edges');
  const edges: Edge[] = [];
  const brought = new Map<number, number>();
  for (const user of users) {
    if (user.referrer === null) continue;
    brought.set(user.referrer, (brought.get(user.referrer) ?? 0) + 1);
    edges.push({ from: users[user.referrer]!.id, to: user.id, kind: 'referral', at: user.joined * 86_400 + user.joinedSecond });
  }
  const byPlace = new Map<number, number[]>();
  users.forEach((user, i) => {
    if (user.ring) return;
    const list = byPlace.get(user.place) ?? [];
    byPlace.set(user.place, list);
    list.push(i);
  });
  const link = (kind: string, mean: (i: number) => number): void =>
    users.forEach((user, i) => {
      if (user.ring) return;
      for (let k = d.poisson(Math.min(20, mean(i))); k > 0; k--) {
        const j = d.chance(0.7) ? d.pick(byPlace.get(user.place)!) : d.int(0, users.length - 1);
        const from = Math.max(0, user.joined, users[j]!.joined);
        if (j !== i && !users[j]!.ring && from < SHOP.days)
          edges.push({ from: user.id, to: users[j]!.id, kind, at: d.int(from, SHOP.days - 1) * 86_400 + d.int(8, 22) * 3600 + d.int(0, 3599) });
      }
    });
  link('share', (i) => 0.16 + 0.3 * (brought.get(i) ?? 0));
  link('gift', () => 0.06);
  edges.sort((a, b) => a.at - b.at || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || (a.to < b.to ? -1 : 1));
  return {
    name: 'referrals',
    columns: columns(edges, {
      user_id: ['text', (e) => e.from],
      other_id: ['text', (e) => e.to],
      kind: ['text', (e) => e.kind],
      at: ['instant', (e) => SHOP.micros(e.at)],
    }),
  };
}

export function shopTables(parts: ShopParts): Table[] {
  return [
    usersTable(parts.users),
    productsTable(parts.range),
    eventsTable(parts),
    edgesTable(parts),
    {
      name: 'media',
      columns: columns(parts.media, {
        media_id: ['text', (m) => m.id],
        name: ['text', (m) => m.name],
        reach: ['whole', (m) => m.reach],
        cpm: ['number', (m) => m.cpm],
        ctr: ['number', (m) => m.ctr],
        cvr: ['number', (m) => m.cvr],
        ...Object.fromEntries(parts.mixColumns.map((name, i) => [name, ['number', (m: Medium) => m.mix[i]!] as [ColumnKind, (m: Medium) => number]])),
      }),
    },
    {
      name: 'outcomes',
      columns: columns(parts.outcomes, {
        user_id: ['text', (o) => parts.users[o.who.user]!.id],
        experiment: ['text', (o) => o.who.experiment],
        variant: ['text', (o) => o.who.variant],
        at: ['instant', (o) => SHOP.micros(o.who.at)],
        value: ['money', (o) => o.cents],
      }),
    },
  ];
}
