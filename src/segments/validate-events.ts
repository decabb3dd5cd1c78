import type { Did } from '../core/rule.ts';
import { dateOf, whereColumn, whereColumns, type RuleContext } from './context.ts';
import { familyOf, NUMBER_OPS, operatorsOf } from './operators.ts';
import { at, isObject, isWhole, type Problems } from './problems.ts';
import { isDateText } from './span.ts';
import { checkTest, isSpan } from './validate-test.ts';

const DID_KEYS = ['event', 'where', 'within', 'per', 'count', 'sum', 'avg', 'min', 'max'];
const UNITS: readonly NonNullable<Did['per']>[] = ['event', 'order', 'day', 'session', 'product'];
const SUMMED = ['amount', 'quantity', 'discount', 'rating'];
const CALENDAR_UNITS = ['day', 'week', 'month', 'year'];

/** `did` and `didNot`: event, where, window, unit, count and sums. */
export function checkDid(did: unknown, ctx: RuleContext, path: string, problems: Problems): void {
  if (!isObject(did)) return problems.invalid(path, 'What the user did is missing.');
  checkEvent(did, DID_KEYS, ctx, path, problems);
  if (did.per !== undefined && !UNITS.includes(did.per as (typeof UNITS)[number]))
    problems.invalid(at(path, 'per'), `Cannot count per “${String(did.per)}”.`);
  if (did.per === 'product' && ctx.facts.products === 0)
    problems.add('RULE_UNKNOWN_COLUMN', at(path, 'per'), 'This data has no products to count.', 'Count events, orders or days instead.');
  if (did.count !== undefined) checkTest(did.count, [], NUMBER_OPS, 'The count', 'number', at(path, 'count'), problems);
  for (const name of ['sum', 'avg', 'min', 'max']) {
    const aggregate = did[name];
    if (aggregate === undefined) continue;
    const own = at(path, name);
    if (isObject(aggregate)) checkSummed(aggregate.of, ctx, at(own, 'of'), problems);
    checkTest(aggregate, ['of'], NUMBER_OPS, `The ${name}`, 'number', own, problems);
  }
  if (did.within !== undefined) checkWindow(did.within, ctx, at(path, 'within'), problems);
}

function checkSummed(of: unknown, ctx: RuleContext, path: string, problems: Problems): void {
  if (typeof of !== 'string' || !SUMMED.includes(of))
    return problems.invalid(path, `Only ${SUMMED.join(', ')} can be added up, not “${String(of)}”.`);
  if (!ctx.facts.tables.events?.columns.some((c) => c.name === of))
    problems.add('RULE_UNKNOWN_COLUMN', path, `The events have no ${of}.`, `Map a column to ${of}, or remove this part.`);
}

/** The event and where of a leaf or step. */
export function checkEvent(node: Record<string, unknown>, keys: readonly string[], ctx: RuleContext, path: string, problems: Problems): void {
  const odd = Object.keys(node).find((k) => !keys.includes(k));
  if (odd !== undefined) problems.invalid(at(path, odd), `“${odd}” is not part of an event.`);
  const events = Array.isArray(node.event) ? node.event : [node.event];
  if (events.length === 0) problems.add('RULE_EMPTY_LIST', at(path, 'event'), 'No event is chosen.', 'Choose at least one event.');
  for (const event of events) {
    if (typeof event !== 'string' || event === '') problems.invalid(at(path, 'event'), 'No event is chosen.');
    else if (!Object.hasOwn(ctx.facts.events, event)) {
      const known = Object.keys(ctx.facts.events);
      problems.add(
        'RULE_UNKNOWN_EVENT',
        at(path, 'event'),
        `There is no event “${event}” in this data.`,
        known.length ? `It has: ${known.join(', ')}.` : 'Add a file with events.',
      );
    }
  }
  if (node.where === undefined) return;
  if (!Array.isArray(node.where)) return problems.invalid(at(path, 'where'), 'The conditions are not a list.');
  node.where.forEach((w, i) => checkWhere(w, ctx, at(path, 'where', i), problems));
}

function checkWhere(where: unknown, ctx: RuleContext, path: string, problems: Problems): void {
  if (!isObject(where)) return problems.invalid(path, 'This condition is empty.');
  if ('not' in where) return checkWhere(where.not, ctx, at(path, 'not'), problems);
  if ('any' in where) {
    if (!Array.isArray(where.any)) return problems.invalid(at(path, 'any'), 'The alternatives are not a list.');
    if (where.any.length === 0)
      problems.add('RULE_EMPTY_LIST', at(path, 'any'), 'There is no alternative to choose from.', 'Add one, or remove this part.');
    return where.any.forEach((w, i) => checkWhere(w, ctx, at(path, 'any', i), problems));
  }
  if (typeof where.col !== 'string') return problems.invalid(path, 'This condition names no column.');
  const column = whereColumn(ctx, where.col);
  if (!column) {
    const known = whereColumns(ctx).map((c) => c.name);
    return problems.add(
      'RULE_UNKNOWN_COLUMN',
      at(path, 'col'),
      `Events and products have no column “${where.col}”.`,
      known.length ? `They have: ${known.join(', ')}.` : 'Map a column first.',
    );
  }
  const family = familyOf(column.of === 'id' ? 'text' : column.column.type);
  checkTest(where, ['col'], operatorsOf(family, true), where.col, family, path, problems);
}

function checkWindow(window: unknown, ctx: RuleContext, path: string, problems: Problems): void {
  const keys = isObject(window) ? Object.keys(window).sort().join(' ') : '';
  if (!isObject(window)) return problems.invalid(path, 'The window of time is empty.');
  const span = (x: unknown, key: string): void => {
    if (!isSpan(x)) problems.add('RULE_TYPE', at(path, key), 'A window needs a length such as 30 days.', 'Enter a whole number from 1 and a unit.');
  };
  switch (keys) {
    case 'last':
      return span(window.last, 'last');
    case 'after for': {
      span(window.for, 'for');
      if (typeof window.after !== 'string' || !dateOf(ctx, window.after)) {
        const isTag = ctx.tags.some((t) => t.id === window.after && t.entity === 'user');
        problems.add(
          isTag ? 'RULE_TYPE' : 'RULE_UNKNOWN_TAG',
          at(path, 'after'),
          `“${String(window.after)}” is not a date to count from.`,
          'Choose a tag that is a date.',
          String(window.after),
        );
      }
      return;
    }
    case 'calendar unit':
      if ((window.calendar !== 'this' && window.calendar !== 'previous') || !CALENDAR_UNITS.includes(String(window.unit)))
        problems.invalid(path, 'A calendar window is this or the previous day, week, month or year.');
      return;
    case 'from':
    case 'to':
    case 'from to':
      for (const key of ['from', 'to'])
        if (key in window && !isDateText(window[key]))
          problems.add('RULE_TYPE', at(path, key), `“${String(window[key])}” is not a date.`, 'Write it like 2024-03-01.');
      if (isDateText(window.from) && isDateText(window.to) && window.from.replace('T', ' ') >= window.to.replace('T', ' '))
        problems.add('RULE_TYPE', path, 'The window ends before it begins.', 'Exchange the two dates.');
      return;
    default:
      return problems.invalid(path, 'This window of time is not one that a rule knows.');
  }
}

/** A sequence: at least one step that happens; `no` last and with a gap. */
export function checkSequence(node: Record<string, unknown>, ctx: RuleContext, path: string, problems: Problems): void {
  const odd = Object.keys(node).find((k) => !['sequence', 'gap', 'within', 'same'].includes(k));
  if (odd !== undefined) problems.invalid(at(path, odd), `“${odd}” is not part of a sequence.`);
  const steps = node.sequence;
  if (!Array.isArray(steps)) return problems.invalid(at(path, 'sequence'), 'The steps are not a list.');
  if (steps.length === 0) problems.add('RULE_EMPTY_LIST', at(path, 'sequence'), 'A sequence needs at least one step.', 'Add a step.');
  steps.forEach((step, i) => {
    const own = at(path, 'sequence', i);
    if (!isObject(step)) return problems.invalid(own, 'This step is empty.');
    if (!('no' in step)) return checkEvent(step, ['event', 'where'], ctx, own, problems);
    if (i < steps.length - 1 || i === 0) problems.invalid(own, 'Only the last of several steps can be one that did not happen.');
    if (node.gap === undefined) problems.invalid(at(path, 'gap'), 'A step that did not happen needs a time within which it did not.');
    if (isObject(step.no)) checkEvent(step.no, ['event', 'where'], ctx, at(own, 'no'), problems);
    else problems.invalid(own, 'This step is empty.');
  });
  for (const key of ['gap', 'within'])
    if (node[key] !== undefined && !isSpan(node[key]))
      problems.add('RULE_TYPE', at(path, key), 'A sequence needs a length such as 7 days.', 'Enter a whole number from 1 and a unit.');
  if (node.same !== undefined && !['product_id', 'session_id', 'order_id'].includes(String(node.same)))
    problems.invalid(at(path, 'same'), 'Steps can share a product, a session or an order.');
  if (node.same === 'product_id' && ctx.facts.products === 0)
    problems.add('RULE_UNKNOWN_COLUMN', at(path, 'same'), 'This data has no products to share.', 'Remove “same product”.');
}

/** `limit` of a segment. */
export function checkLimitNumber(n: unknown, path: string, problems: Problems): void {
  if (!isWhole(n, 1)) problems.add('RULE_TYPE', path, 'A limit needs a whole number from 1.', 'Enter how many members to keep.');
}
