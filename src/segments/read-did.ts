import type { Aggregate, Did, Rule, Span, Step, Test, Where, Window } from '../core/rule.ts';
import { whereColumns } from './context.ts';
import { perOf } from './did-sql.ts';
import { dateNames } from './names.ts';
import { familyOf } from './operators.ts';
import { readAmount, readDate, readSpan } from './read-number.ts';
import { readTest, VERBS_OF_TESTS } from './read-test.ts';
import type { Reader } from './reader.ts';
import type { TestParts } from './test.ts';
import { countUnit, eventWords, SAME, summed, whereMeasure, type Tense } from './words-did.ts';

const testNode = ({ op, value }: TestParts): Test => ({ [op]: value }) as unknown as Test;

/** The kinds of events that a sentence may name here: "viewed or added to cart". null: it begins with none. */
function readEvents(r: Reader, tense: Tense): string | string[] | null {
  const said = Object.keys(r.ctx.facts.events).map((e) => ({ words: eventWords(e, tense), e }));
  const event = (): string | null => {
    const words = r.one(said.map((s) => s.words));
    return words === null ? null : said.find((s) => s.words === words)!.e;
  };
  const first = event();
  if (first === null) return null;
  const list = [first];
  const from = r.pos;
  for (;;) {
    const next = r.attempt(() => {
      const by = r.one([' or ', ', ']) ?? r.stop();
      return { by, e: event() ?? r.stop() };
    });
    if (!next) break;
    list.push(next.e);
    if (next.by === ' or ') return list;
  }
  r.pos = from;
  return first;
}

/** "bought where category is Shoes and discount is more than 0": null where no event is named. */
function readStep(r: Reader, tense: Tense): Pick<Did, 'event' | 'where'> | null {
  const event = readEvents(r, tense);
  if (event === null) return null;
  if (!r.take(' where ')) return { event };
  const first = readWhere(r, false);
  const where = [first];
  const more = (): Where | null =>
    r.attempt(() => {
      r.need(' and ');
      return readWhere(r, true);
    });
  for (let w = more(); w; w = more()) where.push(w);
  if (where.length > 1) return { event, where };
  const any = [first];
  while (r.take(' or ')) any.push(readWhere(r, true));
  return { event, where: any.length > 1 ? [{ any }] : where };
}

function readWhere(r: Reader, nested: boolean): Where {
  if (r.take('not (')) {
    const inner = readAny(r, false);
    r.need(')');
    return { not: inner };
  }
  if (r.take('(')) {
    const inner = readAny(r, nested);
    r.need(')');
    return inner;
  }
  const columns = whereColumns(r.ctx).map((c) => ({ name: c.name, of: c }));
  const found = r.named(columns, VERBS_OF_TESTS) ?? r.stop();
  r.need(' ');
  const { name, column } = found;
  const family = familyOf(column.of === 'id' ? 'text' : column.column.type);
  const another = (): boolean => r.named(columns, VERBS_OF_TESTS, true) !== null;
  return { col: name, ...testNode(readTest(r, family, whereMeasure(column), another)) } as Where;
}
function readAny(r: Reader, nested: boolean): Where {
  const any = [readWhere(r, nested)];
  while (r.take(' or ')) any.push(readWhere(r, true));
  return any.length === 1 ? any[0]! : { any };
}

const PER = ['event', 'order', 'day', 'session', 'product'] as const;
function readCount(r: Reader, event: Did['event']): Pick<Did, 'count' | 'per'> {
  for (const per of PER) {
    const [prefix, unit] = countUnit({ event }, per);
    const count = r.attempt(() => {
      r.need(` ${prefix}`);
      return readAmount(r, { type: 'number', unit });
    });
    if (count) return { ...(per === perOf({ event }) ? {} : { per }), count: testNode(count) };
  }
  return {};
}

const OF: readonly Aggregate['of'][] = ['amount', 'quantity', 'discount', 'rating'];
/** Sums, averages, least and greatest, in the order in which they are said. */
function readSums(r: Reader): Pick<Did, 'sum' | 'avg' | 'min' | 'max'> {
  const one = (before: string, after: string, bare: boolean): Aggregate | undefined => {
    for (const of of OF) {
      const { measure, what } = summed(of);
      const test = r.attempt(() => {
        r.need(before.replace('…', of));
        const amount = readAmount(r, measure);
        r.need(bare ? '' : `${what}${after}`);
        return amount;
      });
      if (test) return { of, ...testNode(test) } as Aggregate;
    }
    return undefined;
  };
  const sum = one(' for ', ' in total', false);
  const avg = one(' for ', ' on average', false);
  const min = one(' with a smallest … of ', '', true);
  const max = one(' with a largest … of ', '', true);
  return { ...(sum ? { sum } : {}), ...(avg ? { avg } : {}), ...(min ? { min } : {}), ...(max ? { max } : {}) };
}

function readWindow(r: Reader): Window | null {
  if (r.take(' in the last ')) return { last: readSpan(r) };
  const after = r.attempt((): Window => {
    r.need(' within ');
    const span = readSpan(r);
    r.need(' after ');
    return { after: readStart(r), for: span };
  });
  if (after) return after;
  const calendar = r.one([' on this day', ' on previous day', ' in this ', ' in the previous ']);
  if (calendar?.endsWith('day')) return { calendar: calendar.includes('this') ? 'this' : 'previous', unit: 'day' };
  if (calendar)
    return {
      calendar: calendar.includes('this') ? 'this' : 'previous',
      unit: (r.one(['week', 'month', 'year']) ?? r.stop()) as 'week' | 'month' | 'year',
    };
  const from = r.take(' from ') ? readDate(r) : null;
  const to = r.take(' until before ') ? readDate(r) : null;
  return from === null && to === null ? null : { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}
/** A date that a window starts from, by its title. */
function readStart(r: Reader): string {
  const dates = [...dateNames(r.ctx)].map(([of, name]) => ({ name, of }));
  return r.named(dates, ['', ' and ', ' or ', ')', ', ']) ?? r.stop();
}

function readDid(r: Reader, step: Pick<Did, 'event' | 'where'>): Did {
  const count = readCount(r, step.event);
  const sums = readSums(r);
  const within = readWindow(r);
  return { ...step, ...count, ...sums, ...(within ? { within } : {}) };
}

/** "did not buy in the last 90 days", behind its first two words. */
export function readDidNot(r: Reader): Rule {
  return { didNot: readDid(r, readStep(r, 'present') ?? r.stop()) };
}

/** What somebody did, alone or in an order; null where the sentence begins with no event. */
export function readActs(r: Reader): Rule | null {
  const step = readStep(r, 'past');
  return step === null ? null : (r.attempt(() => readSequence(r, step)) ?? { did: readDid(r, step) });
}

function readSequence(r: Reader, first: Pick<Did, 'event' | 'where'>): Rule {
  const steps: Step[] = [first];
  while (r.take(', then ')) steps.push(readStep(r, 'past') ?? r.stop());
  let gap: Span | undefined;
  if (steps.length > 1 && r.take(', each within ')) {
    gap = readSpan(r);
    r.need(' of the one before');
  }
  const within = r.take(', all within ') ? readSpan(r) : undefined;
  const no = r.attempt(() => {
    r.need(steps.length === 1 && !within ? ' and did not ' : gap || within ? ', and did not ' : ' and did not ');
    const step = readStep(r, 'present') ?? r.stop();
    r.need(' within ');
    const limit = readSpan(r);
    // "within 7 days after …" is the window of another line.
    if (r.rest.startsWith(' after ') || (gap && gap.join() !== limit.join())) r.stop();
    return { step, limit };
  });
  if (no) {
    steps.push({ no: no.step });
    gap = no.limit;
  }
  const same = (Object.keys(SAME) as (keyof typeof SAME)[]).find((k) => r.take(`, ${SAME[k]}`));
  if (steps.length === 1 && !within && !same) r.stop();
  return { sequence: steps, ...(gap ? { gap } : {}), ...(within ? { within } : {}), ...(same ? { same } : {}) };
}
