import { rows } from '../core/frame.ts';
import type { ProfileFigure } from '../core/profile.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { tagOf, type RuleContext } from '../segments/context.ts';
import { meanInterval, studentQuantile } from '../stats/student.ts';
import type { Groups } from './groups.ts';

/** Tags whose mean per member and share of the shop's total are shown, per entity. */
const PER_MEMBER = { user: ['monetary', 'orders'], product: ['revenue', 'units', 'buyers'] } as const;
const TITLES: Record<string, string> = {
  monetary: 'Revenue per user',
  orders: 'Orders per user',
  revenue: 'Revenue per product',
  units: 'Units per product',
  buyers: 'Buyers per product',
};

/** Sums of one tag: members of S and B with it, their totals, the deviation in S, the total of all. */
export interface Sums {
  n: number;
  total: number;
  sd: number | null;
  baseN: number;
  base: number;
  everyone: number;
}

/** Means per member with a 95 % t interval beside the baseline's, and S's share of the whole shop's total; for users also the order value. */
export async function figuresOf(
  engine: Engine,
  groups: Groups,
  ctx: RuleContext,
  opts: QueryOptions,
): Promise<{ figures: ProfileFigure[]; sql: string[] }> {
  const tags = figureTags(groups.entity, ctx);
  if (tags.length === 0 || groups.n === 0) return { figures: [], sql: [] };
  const sums = (x: string, i: number): string =>
    `count(${x}) FILTER (s) AS n${i}, coalesce(round(fsum(${x}::DOUBLE) FILTER (s), 6), 0) AS t${i}, stddev_samp(${x}::DOUBLE) FILTER (s) AS d${i}, count(${x}) FILTER (b) AS m${i}, coalesce(round(fsum(${x}::DOUBLE) FILTER (b), 6), 0) AS b${i}, coalesce(round(fsum(${x}::DOUBLE), 6), 0) AS a${i}`;
  const pair = tags.length === 2 && groups.entity === 'user';
  const cross = pair
    ? ', fsum(monetary::DOUBLE * monetary) FILTER (s) AS mm, fsum(monetary::DOUBLE * orders) FILTER (s) AS mo, fsum(orders::DOUBLE * orders) FILTER (s) AS oo'
    : '';
  const sql = `SELECT ${tags.map((t, i) => sums(`t.${ident(t.id)}`, i)).join(', ')}${cross} ${groups.from}`;
  const r = rows<Record<string, number | null>>(await engine.query(sql, opts))[0]!;
  const of = (i: number): Sums => ({
    n: r[`n${i}`]!,
    total: r[`t${i}`]!,
    sd: r[`d${i}`] ?? null,
    baseN: r[`m${i}`]!,
    base: r[`b${i}`]!,
    everyone: r[`a${i}`]!,
  });
  return {
    figures: figuresFrom(
      tags,
      tags.map((_, i) => of(i)),
      pair ? { mm: r.mm!, mo: r.mo!, oo: r.oo! } : null,
      ctx,
    ),
    sql: [sql],
  };
}

/** The tags whose figures are shown, as far as they exist. */
export const figureTags = (entity: Entity, ctx: RuleContext): TagInfo[] => PER_MEMBER[entity].flatMap((id) => tagOf(ctx, entity, id) ?? []);

/** Figures from sums; `cross` (sums of monetary², monetary × orders, orders² over S) where there is an order value. */
export function figuresFrom(tags: TagInfo[], sums: Sums[], cross: Cross | null, ctx: RuleContext): ProfileFigure[] {
  const figures = tags.map((t, i) => figure(t, sums[i]!, ctx));
  if (cross) figures.push(orderValue(sums[0]!, sums[1]!, cross, ctx));
  return figures;
}
export interface Cross {
  mm: number;
  mo: number;
  oo: number;
}

const unitOf = (tag: TagInfo, ctx: RuleContext): string =>
  tag.type === 'money' || tag.id === 'monetary' || tag.id === 'revenue' ? ctx.basis.currency : tag.unit;

function figure(tag: TagInfo, s: Sums, ctx: RuleContext): ProfileFigure {
  const value = s.n > 0 ? s.total / s.n : null;
  const interval = value === null || s.sd === null ? null : meanInterval(s.n, value, s.sd);
  return {
    id: tag.id,
    title: TITLES[tag.id] ?? tag.title,
    unit: unitOf(tag, ctx),
    value,
    lo: interval?.lo ?? null,
    hi: interval?.hi ?? null,
    base: s.baseN > 0 ? s.base / s.baseN : null,
    shareOfTotal: s.everyone > 0 ? s.total / s.everyone : null,
  };
}

/** Revenue over orders of all members together: a ratio of sums, interval by the delta method with members as units. */
function orderValue(money: Sums, orders: Sums, { mm, mo, oo }: Cross, ctx: RuleContext): ProfileFigure {
  const value = orders.total > 0 ? money.total / orders.total : null;
  const n = money.n;
  let half: number | null = null;
  if (value !== null && n >= 2) {
    const squares = Math.max(0, mm - 2 * value * mo + value * value * oo);
    half = (studentQuantile(0.975, n - 1) * Math.sqrt((n / (n - 1)) * squares)) / orders.total;
  }
  return {
    id: 'aov',
    title: 'Order value',
    unit: ctx.basis.currency,
    value,
    lo: value === null || half === null ? null : value - half,
    hi: value === null || half === null ? null : value + half,
    base: orders.base > 0 ? money.base / orders.base : null,
    shareOfTotal: null,
  };
}
