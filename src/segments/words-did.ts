import type { Aggregate, Did, Step, Test, Where, Window } from '../core/rule.ts';
import { whereColumn, type WhereColumn } from './context.ts';
import { aggregatesOf, countOf, eventsOf, perOf } from './did-sql.ts';
import { dateNames } from './names.ts';
import { exactly, type Saying } from './saying.ts';
import type { Sequence } from './sequence-sql.ts';
import { spanWords } from './span.ts';
import { testOf, type TestParts } from './test.ts';
import type { Measure } from './words-number.ts';
import { amountWords, listWords, testWords } from './words-test.ts';

export const VERBS: Record<string, { past: string; present: string }> = {
  purchase: { past: 'bought', present: 'buy' },
  view: { past: 'viewed', present: 'view' },
  cart: { past: 'added to cart', present: 'add to cart' },
  search: { past: 'searched', present: 'search' },
  refund: { past: 'returned', present: 'return' },
};
export type Tense = 'past' | 'present';
export const eventWords = (e: string, tense: Tense): string => VERBS[e]?.[tense] ?? `${tense === 'past' ? 'did' : 'do'} “${e}”`;
const verb = (event: string | string[], tense: Tense): string => listWords(eventsOf(event).map((e) => eventWords(e, tense)));

/** "bought where … at least 2 orders in the last 30 days". */
export function didWords(did: Did, ctx: Saying, tense: Tense = 'past'): string {
  const count = countOf(did);
  const plain = !did.count && aggregatesOf(did).length === 0;
  return [
    stepWords(did, ctx, tense),
    ...(count && !plain ? [countWords(did, count, ctx)] : []),
    ...aggregatesOf(did).map((a) => aggregateWords(a, ctx)),
    ...(did.within ? [windowWords(did.within, ctx)] : []),
  ].join(' ');
}

const stepWords = ({ event, where }: Pick<Did, 'event' | 'where'>, ctx: Saying, tense: Tense): string =>
  where?.length ? `${verb(event, tense)} where ${where.map((w) => whereWords(w, ctx, where.length > 1)).join(' and ')}` : verb(event, tense);

function whereWords(where: Where, ctx: Saying, nested: boolean): string {
  if ('not' in where) return `not (${whereWords(where.not, ctx, false)})`;
  if ('any' in where) {
    const inner = where.any.map((w) => whereWords(w, ctx, true)).join(' or ');
    return nested && where.any.length > 1 ? `(${inner})` : inner;
  }
  const column = whereColumn(ctx, where.col);
  return `${where.col} ${testWords(testOf(where as Test), { ...whereMeasure(column), ...exactly(ctx) }, ctx.basis.currency)}`;
}
/** How values of a column are written: money with its sign, yes and no, all else as it stands. */
export function whereMeasure(column: WhereColumn | undefined): Measure {
  const type = column && column.of !== 'id' ? column.column.type : 'text';
  return { type: type === 'money' || type === 'boolean' ? type : 'number', unit: '' };
}

/** Sales are counted in orders or lines, everything else in times; the unit is always named. */
function countWords(did: Did, test: TestParts, ctx: Saying): string {
  const [prefix, unit] = countUnit(did, perOf(did));
  const words = amountWords(test, { type: 'number', unit, ...exactly(ctx) }, '');
  return prefix + words;
}

/** What stands before a count and what is counted: "in" orders, "on" days. */
export function countUnit(did: Pick<Did, 'event'>, per: NonNullable<Did['per']>): [prefix: string, unit: string] {
  const sale = eventsOf(did.event).every((e) => e === 'purchase' || e === 'refund');
  const units: Record<NonNullable<Did['per']>, [string, string]> = {
    event: sale ? ['in ', 'line'] : ['', 'time'],
    order: ['in ', 'order'],
    day: ['on ', 'day'],
    session: ['in ', 'session'],
    product: ['', 'product'],
  };
  return units[per];
}

/** How what is added up is written, and what follows it. */
export function summed(of: Aggregate['of']): { measure: Measure; what: string } {
  const type = of === 'amount' || of === 'discount' ? 'money' : 'number';
  return { measure: { type, unit: of === 'quantity' ? 'unit' : '' }, what: of === 'amount' || of === 'quantity' ? '' : ` of ${of}` };
}
function aggregateWords({ name, of, test }: ReturnType<typeof aggregatesOf>[number], ctx: Saying): string {
  const { measure, what } = summed(of);
  const words = amountWords(test, { ...measure, ...exactly(ctx) }, ctx.basis.currency);
  if (name === 'sum') return `for ${words}${what} in total`;
  if (name === 'avg') return `for ${words}${what} on average`;
  return `with ${name === 'min' ? 'a smallest' : 'a largest'} ${of} of ${words}`;
}

function windowWords(window: Window, ctx: Saying): string {
  if ('last' in window) return `in the last ${spanWords(window.last)}`;
  if ('after' in window) return `within ${spanWords(window.for)} after ${dateNames(ctx).get(window.after) ?? window.after}`;
  if ('calendar' in window)
    return window.unit === 'day' ? `on ${window.calendar} day` : `in ${window.calendar === 'this' ? 'this' : 'the previous'} ${window.unit}`;
  return [...(window.from ? [`from ${window.from}`] : []), ...(window.to ? [`until before ${window.to}`] : [])].join(' ');
}

export const SAME = { product_id: 'same product', session_id: 'same session', order_id: 'same order' } as const;
/** "viewed, then bought, each within 1 day of the one before, same product". */
export function sequenceWords(rule: Sequence, ctx: Saying): string {
  const steps = rule.sequence.filter((s): s is Exclude<Step, { no: unknown }> => !('no' in s));
  const last = rule.sequence.at(-1);
  const parts = [steps.map((s) => stepWords(s, ctx, 'past')).join(', then ')];
  if (rule.gap && steps.length > 1) parts.push(`, each within ${spanWords(rule.gap)} of the one before`);
  if (rule.within) parts.push(`, all within ${spanWords(rule.within)}`);
  if (last && 'no' in last)
    parts.push(`${parts.length > 1 ? ',' : ''} and did not ${stepWords(last.no, ctx, 'present')} within ${rule.gap ? spanWords(rule.gap) : '?'}`);
  if (rule.same) parts.push(`, ${SAME[rule.same]}`);
  return parts.join('');
}
