import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Did, Limit, Rule, Segment, Span, Test, Where } from '../../src/core/rule.ts';
import { whereColumns } from '../../src/segments/context.ts';
import { operatorsOf, familyOf, NUMBER_OPS } from '../../src/segments/operators.ts';
import { readWords } from '../../src/segments/read-words.ts';
import { OPERANDS, type Op } from '../../src/segments/test.ts';
import { problemsOf } from '../../src/segments/validate.ts';
import { words, wordsInFull } from '../../src/segments/words.ts';
import { GENERATED } from './generated.ts';
import { nested } from './nested.ts';
import { simplest } from './simplest.ts';

/** Values that look like parts of a sentence, and some that do not. */
const value = fc.oneof(
  fc.constantFrom(
    'Lyon',
    'Shoes/',
    '25-34',
    'at risk',
    'returned',
    'unknown',
    'known',
    'yes',
    'true',
    'x and y',
    'Port of Spain',
    'a, b',
    '(other)',
    '“so”',
    '”',
  ),
  fc.constantFrom(
    'gender is male',
    'bought',
    'in the last 3 days',
    'at least 2 orders',
    'then bought',
    'no one',
    'did',
    ' x ',
    'a  b',
    '日本 酒',
    'ümlaut',
    'a.',
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const span = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('hour', 'day', 'week', 'month', 'year')) as fc.Arbitrary<Span>;
const number = fc.oneof(
  fc.integer({ min: -5000, max: 500_000 }),
  fc.integer({ min: -9999, max: 99_999 }).map((x) => x / 100),
  fc.constantFrom(1 / 3, 2 / 3),
);
const exact = fc.oneof(
  fc.integer({ min: -5000, max: 500_000 }),
  fc.integer({ min: -9999, max: 99_999 }).map((x) => x / 100),
  fc.constantFrom(1 / 3, 1.234567, 1e-9 / 3),
);
const pair = (of: fc.Arbitrary<number>) => fc.tuple(of, of).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
const date = fc.constantFrom('2024-03-01', '2024-03-01 08:30', '2023-12-31T23:59:59');
function operand(op: Op, boolean: boolean, numbers: fc.Arbitrary<number>): fc.Arbitrary<unknown> {
  switch (OPERANDS[op]) {
    case 'flag':
      return fc.boolean();
    case 'value':
      return boolean ? fc.boolean() : value;
    case 'values':
      return fc.uniqueArray(value, { minLength: 1, maxLength: 4 });
    case 'text':
      return value;
    case 'number':
      return numbers;
    case 'range':
      return op === 'percentile' ? pair(fc.integer({ min: 0, max: 100 })) : pair(numbers);
    case 'count':
      return fc.integer({ min: 1, max: 20_000 });
    case 'percent':
      return fc.integer({ min: 1, max: 1000 }).map((x) => x / 10);
    case 'date':
      return date;
    case 'span':
      return span;
  }
}
const tested = (ops: readonly Op[], boolean: boolean, numbers: fc.Arbitrary<number>): fc.Arbitrary<Test> =>
  fc.constantFrom(...ops).chain((op) => operand(op, boolean, numbers).map((v) => ({ [op]: v }) as unknown as Test));
const share = { ...GENERATED.tags[0]!, id: 'share_of', title: 'Share of the best', type: 'share' as const };
const odd = ['Food and drink', 'Days in a row', 'RFM group', 'In stock', 'Bought lately'].map((title, i) => ({
  ...GENERATED.tags[i % 2]!,
  ...{ id: `odd${i}`, title },
}));
/** Tags and segments that share a name, and lists that are long enough to be named by their segment. */
const twins = ['age', 'city', 'orders'].map((id) => ({ ...GENERATED.tags.find((t) => t.id === id)!, id: `${id}_2` }));
const LONG = Array.from({ length: 25 }, (_, i) => `u${i}, or so`);
const CTX = {
  ...GENERATED,
  tags: [...GENERATED.tags, share, ...odd, ...twins],
  segments: [
    ...GENERATED.segments,
    ...['t1', 't2'].map((id): Segment => ({ id, name: 'the same” name', rule: { all: [] } })),
    { id: 'list', name: 'Partners, of May', rule: { ids: LONG } } satisfies Segment,
  ],
};

const tagLine = fc.constantFrom(...CTX.tags.filter((t) => t.entity === 'user')).chain((t) => {
  const family = familyOf(t.type);
  return tested(operatorsOf(family), family === 'boolean', t.type === 'share' ? number : exact).map((x): Rule => ({ tag: t.id, ...x }));
});
const condition = fc.letrec<{ w: Where }>((tie) => ({
  w: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(...whereColumns(CTX)).chain(({ name, column }) => {
      const family = familyOf(column.of === 'id' ? 'text' : column.column.type);
      return tested(operatorsOf(family, true), family === 'boolean', exact).map((x): Where => ({ col: name, ...x }));
    }),
    fc.array(tie('w'), { minLength: 1, maxLength: 3 }).map((any): Where => ({ any })),
    tie('w').map((not): Where => ({ not })),
  ),
})).w;
const kinds = ['purchase', 'view', 'cart'];
const events = fc.oneof(fc.constantFrom(...kinds), fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }));
const where = fc.array(condition, { minLength: 1, maxLength: 3 });
const counted = tested(NUMBER_OPS, false, fc.integer({ min: 0, max: 3000 }));
const sum = fc.tuple(fc.constantFrom('amount', 'quantity', 'discount'), tested(NUMBER_OPS, false, exact)).map(([of, t]) => ({ of, ...t }));
const window = fc.oneof(
  span.map((last) => ({ last })),
  fc.constantFrom({ from: '2024-03-01' }, { to: '2024-03-01' }, { from: '2024-01-01 08:00', to: '2024-06-01' }),
  span.map((x) => ({ after: 'signup_at', for: x })),
  fc.record({ calendar: fc.constantFrom('this', 'previous'), unit: fc.constantFrom('day', 'week', 'month', 'year') }),
);
const did = fc.record(
  {
    event: events,
    where,
    per: fc.constantFrom('event', 'order', 'day', 'session', 'product'),
    count: counted,
    sum,
    avg: sum,
    min: sum,
    max: sum,
    within: window,
  },
  { requiredKeys: ['event'] },
) as fc.Arbitrary<Did>;
const step = fc.record({ event: events, where }, { requiredKeys: ['event'] });
const sequence = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    no: fc.option(step),
    gap: fc.option(span),
    within: fc.option(span),
    same: fc.boolean(),
  })
  .map(({ steps, no, gap, within, same }) => {
    const between = no && !gap ? ([7, 'day'] as Span) : gap;
    return {
      sequence: [...steps, ...(no ? [{ no }] : [])],
      ...(between ? { gap: between } : {}),
      ...(within ? { within } : {}),
      ...(same ? { same: 'product_id' } : {}),
    } as Rule;
  });
const percent = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0.5, 33.3333333333, 100 / 3));
const seed = fc.oneof(fc.constant('a'), value);
const leaf = fc.oneof(
  tagLine,
  did.map((d): Rule => ({ did: d })),
  did.map((d): Rule => ({ didNot: d })),
  sequence,
  fc.constantFrom('top', 'draw', 't1', 't2', 'list').map((segment): Rule => ({ segment })),
  fc.array(value, { minLength: 1, maxLength: 5 }).map((ids): Rule => ({ ids })),
  fc.constantFrom(LONG, LONG.slice(1)).map((ids): Rule => ({ ids })),
  fc.tuple(percent, seed).map(([p, s]): Rule => ({ sample: { percent: p, seed: s } })),
);
const limit: fc.Arbitrary<Limit | null> = fc.oneof(
  fc.constant(null),
  fc.tuple(fc.integer({ min: 1, max: 5000 }), seed).map(([sample, s]): Limit => ({ sample, seed: s })),
  fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.constantFrom('age', 'age_2', 'monetary'), fc.boolean())
    .map(([top, by, asc]): Limit => ({ top, by, ...(asc ? { dir: 'asc' } : {}) })),
);
const rule = nested(leaf);

it('any rule that is said in words is read back', () => {
  fc.assert(
    fc.property(rule, limit, (r, l) => {
      const segment: Segment = { id: 'own', name: 'own', rule: r, ...(l ? { limit: l } : {}) };
      fc.pre(problemsOf(segment, CTX).length === 0);
      const sentence = wordsInFull(segment, CTX);
      const read = readWords(sentence, CTX);
      expect('problem' in read ? [sentence, read.problem.message] : read).toEqual({ rule: simplest(r), limit: l });
      // In short it says the same or is refused, never something else.
      const short = readWords(words(segment, CTX), CTX);
      if (!('problem' in short)) expect(short).toEqual(read);
    }),
    { numRuns: 400, seed: 5 },
  );
});
