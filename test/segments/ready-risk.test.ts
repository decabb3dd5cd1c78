import { expect, it } from 'vitest';
import type { TagInfo } from '../../src/core/tag.ts';
import { readyMade } from '../../src/segments/ready-made.ts';
import { validate } from '../../src/segments/validate.ts';
import { CTX, FACTS, tag } from './fixture.ts';

const known = (id: string, type: TagInfo['type'], values: string[]): TagInfo => ({
  ...tag(id, type),
  known: 5,
  values: values.map((value) => ({ value, n: 2 })),
});
const made = (tags: TagInfo[], events: Record<string, number> = {}) => {
  const facts = { ...FACTS, events: { ...FACTS.events, ...events } };
  const all = readyMade(tags, facts);
  for (const r of all) validate({ rule: r.rule }, { ...CTX, tags, facts });
  return Object.fromEntries(all.map((r) => [r.id, r]));
};

it('risk is offered where a column or an event says it, in the words of the file', () => {
  const got = made([known('attr:Default', 'enum', ['no', 'yes']), known('attr:is_fraud', 'boolean', ['false', 'true'])], {
    payment_failed: 4,
    chargeback: 0,
  });
  expect(got['in-default']!.rule).toEqual({ tag: 'attr:Default', is: 'yes' });
  expect(got['in-default']!.why).toContain('The column “Default” says “yes”');
  expect(got['fraud']!.rule).toEqual({ tag: 'attr:is_fraud', is: true });
  expect(got['failed-payments']!.rule).toEqual({ did: { event: 'payment_failed', count: { gte: 2 }, within: { last: [90, 'day'] } } });
});

it('risk is not guessed: another column, nobody it is true of, no such event', () => {
  const got = made([known('attr:default_language', 'enum', ['yes']), known('attr:default', 'enum', ['no']), known('attr:overdue', 'int', ['1'])]);
  expect(Object.keys(got)).toEqual(['left-carts']);
});

it('birthdays and money sent back', () => {
  const got = made([known('days_to_birthday', 'int', ['0-7']), known('refunds', 'money', [])]);
  expect(got['birthday']!.rule).toEqual({ tag: 'days_to_birthday', lte: 30 });
  expect(got['much-refunded']!.rule).toEqual({
    all: [
      { tag: 'refunds', topPercent: 10 },
      { tag: 'refunds', gt: 0 },
    ],
  });
});
