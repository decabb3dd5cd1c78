import { MATRIX, type Assortment, type Brushed, type MatrixGroup, type RollUp } from '../core/assortment.ts';
import { rows } from '../core/frame.ts';
import type { ProfileTag, SegmentRef } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { tagOf, type RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { cellsOf } from './cells.ts';
import { type CountRow, type Mass } from './cells-sql.ts';
import { lineTags } from './lines.ts';
import { CLEAR } from './profile.ts';

/** Groups of a roll-up shown; by revenue, largest first. */
const MOST = 60;
/** Tags that products are rolled up by, coarse to fine. */
const ROLLED_BY = ['category_1', 'category_2', 'category', 'brand', 'style', 'price_band', 'stage'];

/**
 * The assortment of a product segment (null: all products): ABC × XYZ, roll-ups, and where its buyers buy it against all buyers. What is `brushed` narrows
 * every chart but the one it was brushed in.
 */
export async function assortment(
  engine: Engine,
  segment: SegmentRef | null,
  ctx: RuleContext,
  opts: QueryOptions = {},
  brushed: readonly Brushed[] = [],
): Promise<Assortment> {
  const started = performance.now();
  const of = segment ? [`t.p IN (${membersSql(segment, ctx)})`] : [];
  const within = (chart: string | null): string => {
    const rules = brushed.filter((b) => b.tag !== chart).map((b) => b.rule);
    const left: Segment = { id: 'brushed', name: '', entity: 'product', rule: { all: rules } };
    return [...of, ...(rules.length > 0 ? [`t.p IN (${membersSql(left, ctx)})`] : [])].join(' AND ') || 'true';
  };
  const sql: string[] = [];
  const ask = async <T extends object>(text: string): Promise<T[]> => {
    sql.push(text);
    return rows<T>(await engine.query(text, opts));
  };
  const has = (id: string): TagInfo | undefined => {
    const tag = tagOf(ctx, 'product', id);
    return tag && tag.known > 0 ? tag : undefined;
  };
  const [{ n }] = (await ask<{ n: number }>(`SELECT count(*) AS n FROM product_tags t WHERE ${within(null)}`)) as [{ n: number }];
  const matrix =
    has('abc') && has('xyz')
      ? await ask<MatrixGroup>(
          `SELECT t.abc::VARCHAR AS abc, t.xyz::VARCHAR AS xyz, count(*) AS n, coalesce(round(fsum(t.revenue::DOUBLE), 6), 0) AS revenue FROM product_tags t WHERE ${within(MATRIX)} AND t.abc IS NOT NULL AND t.xyz IS NOT NULL GROUP BY ALL ORDER BY 1, 2`,
        )
      : [];
  const rollUps = [];
  for (const id of ROLLED_BY) {
    const tag = has(id);
    // A second level that is the whole path again tells nothing new.
    if (!tag || tag.distinct < 2 || (id === 'category' && tagOf(ctx, 'product', 'category_2')?.distinct === tag.distinct)) continue;
    rollUps.push({ tag: id, title: tag.title, rows: await rollUp(ask, tag, within(id), has) });
  }
  const sold = await soldWhere(ask, within(null), segment !== null || brushed.length > 0, ctx);
  return { n, matrix, rollUps, ...sold, sql, ms: performance.now() - started };
}

type Ask = <T extends object>(text: string) => Promise<T[]>;

async function rollUp(ask: Ask, tag: TagInfo, within: string, has: (id: string) => TagInfo | undefined): Promise<RollUp[]> {
  const x = (id: string): string => `t.${ident(id)}::DOUBLE`;
  const when = (ids: string[], text: string): string => (ids.every(has) ? text : 'NULL::DOUBLE');
  const net = has('revenue_net') ? x('revenue_net') : has('revenue') ? x('revenue') : null;
  const back = has('refund_units') ? `coalesce(${x('refund_units')}, 0)` : '0';
  const margin =
    net && has('cost') && has('units')
      ? `(fsum(${net}) FILTER (t.cost IS NOT NULL) - fsum(${x('cost')} * (${x('units')} - ${back}))) / nullif(fsum(${net}) FILTER (t.cost IS NOT NULL), 0)`
      : 'NULL::DOUBLE';
  const found = await ask<Omit<RollUp, 'revenueShare'> & { all: number | null }>(
    `SELECT t.${ident(tag.id)}::VARCHAR AS value, count(*) AS products,
 ${when(['revenue'], `round(fsum(${x('revenue')}), 6)`)} AS revenue, ${when(['revenue'], `fsum(fsum(${x('revenue')})) OVER ()`)} AS "all", ${when(['units'], `fsum(${x('units')})`)} AS units,
 ${margin} AS margin, ${when(['units', 'refund_units'], `least(1, fsum(${x('refund_units')}) / nullif(fsum(${x('units')}), 0))`)} AS "returnRate",
 ${when(['price'], `median(${x('price')})`)} AS price, ${when(['price_position'], `median(${x('price_position')})`)} AS "pricePosition",
 ${when(['attach_rate', 'sold_orders'], `fsum(${x('attach_rate')} * ${x('sold_orders')}) / nullif(fsum(${x('sold_orders')}) FILTER (t.attach_rate IS NOT NULL), 0)`)} AS "attachRate",
 ${has('abc') ? "count(*) FILTER (t.abc = 'A')" : '0'} AS "classA"
 FROM product_tags t WHERE ${within} AND t.${ident(tag.id)} IS NOT NULL GROUP BY 1 ORDER BY ${has('revenue') ? 'revenue DESC NULLS LAST' : 'products DESC'}, 1 LIMIT ${MOST}`,
  );
  return found.map(({ all, ...r }) => ({ ...r, revenueShare: r.revenue !== null && all ? r.revenue / all : null }));
}

/** Per column of the sale: buyers of these products with a line of a value, among all buyers with such a line of anything (each buyer counts once per value). */
async function soldWhere(ask: Ask, within: string, narrowed: boolean, ctx: RuleContext): Promise<Pick<Assortment, 'buyers' | 'allBuyers' | 'sold'>> {
  if (!ctx.facts.events['purchase']) return { buyers: 0, allBuyers: 0, sold: [] };
  const mine = narrowed ? `e.p IN (SELECT t.p FROM product_tags t WHERE ${within})` : 'e.p IS NOT NULL';
  const [c] = (await ask<{ s: number; b: number }>(
    `SELECT count(DISTINCT e.u) FILTER (${mine}) AS s, count(DISTINCT e.u) AS b FROM ev0 e WHERE e.buy`,
  )) as [{ s: number; b: number }];
  const mass = (n: number): Mass => ({ n, w: n, w2: n, wx: n });
  const sold: ProfileTag[] = [];
  for (const tag of lineTags(ctx).filter((t) => t.distinct > 1)) {
    const column = `e.${ident(tag.id.slice('line:'.length))}`;
    const counted = await ask<{ v: string | null; s: number; b: number }>(
      `WITH l AS (SELECT DISTINCT e.u, ${column}::VARCHAR AS v, ${mine} AS mine FROM ev0 e WHERE e.buy AND ${column} IS NOT NULL) SELECT v, count(DISTINCT u) FILTER (mine) AS s, count(DISTINCT u) AS b FROM l GROUP BY v UNION ALL SELECT NULL, count(DISTINCT u) FILTER (mine), count(DISTINCT u) FROM l`,
    );
    const known = counted.find((r) => r.v === null) ?? { s: 0, b: 0 };
    if (known.s < ctx.basis.k) continue;
    const values = counted
      .filter((r): r is { v: string; s: number; b: number } => r.v !== null)
      .sort((x, y) => y.b - x.b || (x.v < y.v ? -1 : 1))
      .slice(0, 100)
      .map((r): CountRow => ({ value: r.v, s: mass(r.s), b: mass(r.b), both: mass(r.s) }));
    const { cells, D } = cellsOf(
      { known: { s: mass(known.s), b: mass(known.b), both: mass(known.s) }, values },
      'inside',
      ctx.basis.k,
      'users',
      narrowed,
    );
    sold.push({
      id: tag.id,
      title: tag.title,
      dimension: tag.dimension,
      kind: tag.kind,
      type: 'set',
      unit: '',
      n: known.s,
      N: known.b,
      unknown: c.s - known.s,
      cells,
      D,
      inRule: false,
      numbers: null,
    });
  }
  const cells = sold.flatMap((t) => t.cells.filter((x) => !x.hidden));
  const q = benjaminiHochberg(cells.map((x) => x.p));
  cells.forEach((x, i) => {
    x.q = q[i]!;
    x.clear = x.q !== null && x.q <= CLEAR;
  });
  return { buyers: c.s, allBuyers: c.b, sold };
}
