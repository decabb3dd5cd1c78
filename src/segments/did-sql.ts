import type { Aggregate, Did, Window } from '../core/rule.ts';
import { ident, list, literal } from '../engine/sql.ts';
import { dateOf, type RuleContext } from './context.ts';
import { intervalSql } from './span.ts';
import { holds, testOf, type TestParts } from './test.ts';
import { whereSql } from './where-sql.ts';

export const eventsOf = (event: string | string[]): string[] => (Array.isArray(event) ? event : [event]);
/** The unit that is counted: orders of sales, else events. */
export const perOf = (did: Pick<Did, 'event' | 'per'>): NonNullable<Did['per']> =>
  did.per ?? (eventsOf(did.event).every((e) => e === 'purchase' || e === 'refund') ? 'order' : 'event');
const COUNT: Record<NonNullable<Did['per']>, string> = {
  event: 'count(*)',
  order: 'count(DISTINCT e.ord)',
  day: 'count(DISTINCT e.d)',
  session: 'count(DISTINCT e.occ)',
  product: 'count(DISTINCT e.p)',
};
/** What counts a leaf's rows, alias e. */
export const countSql = (did: Pick<Did, 'event' | 'per'>): string => COUNT[perOf(did)];
const AGGREGATES = ['sum', 'avg', 'min', 'max'] as const;
type AggregateName = (typeof AGGREGATES)[number];
const AGGREGATE_SQL: Record<AggregateName, (x: string) => string> = {
  sum: (x) => `coalesce(round(fsum(${x}), 6), 0)`,
  avg: (x) => `round(fsum(${x}) / nullif(count(${x}), 0), 6)`,
  min: (x) => `min(${x})`,
  max: (x) => `max(${x})`,
};

/** The aggregates a leaf tests, in a fixed order. */
export const aggregatesOf = (did: Did): { name: AggregateName; of: Aggregate['of']; test: TestParts }[] =>
  AGGREGATES.flatMap((name) => {
    const aggregate = did[name];
    return aggregate ? [{ name, of: aggregate.of, test: testOf(aggregate) }] : [];
  });
/** The test of the count: at least 1 where nothing at all is asked. */
export const countOf = (did: Did): TestParts | null => (did.count ? testOf(did.count) : aggregatesOf(did).length ? null : { op: 'gte', value: 1 });

/** Comparison of an expression that is never null unless the test is then no. */
function compare(x: string, { op, value }: TestParts): string {
  const sign = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' }[op as 'eq'];
  if (sign) return `${x} ${sign} ${literal(value as number)}`;
  const [lo, hi] = value as [number, number];
  return `${x} BETWEEN ${literal(lo)} AND ${literal(hi)}`;
}

/** `did` as a condition on `t.u`. Users without a matching event are in if the test holds for 0. */
export function didSql(did: Did, ctx: RuleContext): string {
  const { from, where } = rowsOf(did, ctx);
  const count = countOf(did);
  const aggregates = aggregatesOf(did);
  if (aggregates.length === 0 && count!.op === 'gte' && (count!.value as number) === 1 && perOf(did) !== 'product')
    return `t.u IN (SELECT e.u ${from} ${where})`;
  const tests = [
    ...(count ? [compare(COUNT[perOf(did)], count)] : []),
    ...aggregates.map((a) => `coalesce(${compare(AGGREGATE_SQL[a.name](`e.${ident(a.of)}::DOUBLE`), a.test)}, false)`),
  ].join(' AND ');
  const forNone = (!count || holds(count, 0)) && aggregates.every((a) => a.name === 'sum' && holds(a.test, 0));
  if (!forNone) return `t.u IN (SELECT e.u ${from} ${where} GROUP BY e.u HAVING ${tests})`;
  const others = `t.u NOT IN (SELECT e.u ${from} ${where} GROUP BY e.u HAVING NOT (${tests}))`;
  const start = startOf(did.within, ctx);
  return start ? `(${others} AND t.u IN (SELECT w.u FROM ${start.table} w WHERE w.${start.x} IS NOT NULL))` : others;
}

/** FROM and WHERE of the events a leaf or step matches, alias e. */
export function rowsOf(did: Pick<Did, 'event' | 'where' | 'within'>, ctx: RuleContext): { from: string; where: string } {
  const start = startOf(did.within, ctx);
  const parts = [matchSql(did, ctx), ...windowSql(did.within, start?.x)];
  return { from: start ? `FROM ev0 e JOIN ${start.table} w ON w.u = e.u` : 'FROM ev0 e', where: `WHERE ${parts.join(' AND ')}` };
}

/** Condition that an event row is of the kind asked for. */
export function matchSql({ event, where }: Pick<Did, 'event' | 'where'>, ctx: RuleContext): string {
  const kinds = eventsOf(event);
  const kind = kinds.length === 1 ? `e.event = ${literal(kinds[0])}` : `e.event IN ${list(kinds)}`;
  return where?.length ? `${kind} AND ${whereSql(where, ctx)}` : kind;
}

function startOf(window: Window | undefined, ctx: RuleContext): { table: string; x: string } | null {
  if (!window || !('after' in window)) return null;
  return { table: dateOf(ctx, window.after)?.of === 'users' ? 'user_base' : 'user_tags', x: ident(window.after).text };
}

/** Half-open windows on the wall clock. Events without a time are in no window. */
function windowSql(window: Window | undefined, start: string | undefined): string[] {
  if (!window) return [];
  if ('last' in window) return [`e.ts >= as_of() - ${intervalSql(window.last)}`, 'e.ts < as_of()'];
  if ('after' in window) return [`e.ts >= w.${start}`, `e.ts < w.${start} + ${intervalSql(window.for)}`];
  if ('calendar' in window) {
    const unit = literal(window.unit);
    const step = `INTERVAL 1 ${window.unit.toUpperCase()}`;
    const begin = `date_trunc(${unit}, as_of() - INTERVAL 1 MICROSECOND)`;
    return window.calendar === 'this' ? [`e.ts >= ${begin}`, `e.ts < ${begin} + ${step}`] : [`e.ts >= ${begin} - ${step}`, `e.ts < ${begin}`];
  }
  const at = (text: string): string => `TIMESTAMP ${literal(text.replace('T', ' '))}`;
  return [...(window.from ? [`e.ts >= ${at(window.from)}`] : []), ...(window.to ? [`e.ts < ${at(window.to)}`] : [])];
}
