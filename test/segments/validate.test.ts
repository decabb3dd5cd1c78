import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../src/core/errors.ts';
import type { Rule, Segment } from '../../src/core/rule.ts';
import type { Entity } from '../../src/core/tag.ts';
import { problemsOf, validate } from '../../src/segments/validate.ts';
import { CTX } from './fixture.ts';

const found = (rule: unknown, entity: Entity = 'user') =>
  problemsOf({ id: 'x', name: 'x', rule: rule as Rule, entity }, CTX).map((p) => `${p.code} ${p.where.rulePath}`);

describe('mistakes of a rule', () => {
  it.each<[string, unknown, string[]]>([
    ['unknown tag', { tag: 'nope', is: 'a' }, ['RULE_UNKNOWN_TAG tag']],
    ['product tag in a user rule', { tag: 'category', is: 'a' }, ['RULE_UNKNOWN_TAG tag']],
    ['number test on text', { all: [{ all: [] }, { tag: 'city', gte: 3 }] }, ['RULE_TYPE all.1.gte']],
    ['text test on a number', { not: { tag: 'age', is: 'old' } }, ['RULE_TYPE not.is']],
    ['operand of the wrong type', { tag: 'age', gte: '3' }, ['RULE_TYPE gte']],
    ['range upside down', { tag: 'age', between: [5, 3] }, ['RULE_TYPE between']],
    ['no such day', { tag: 'signup_at', before: '2024-02-30' }, ['RULE_TYPE before']],
    ['half a day', { tag: 'signup_at', last: [0.5, 'day'] }, ['RULE_TYPE last']],
    ['top of nothing', { tag: 'age', top: 0 }, ['RULE_TYPE top']],
    ['empty list', { any: [{ tag: 'city', in: [] }] }, ['RULE_EMPTY_LIST any.0.in']],
    ['no ids', { ids: [] }, ['RULE_EMPTY_LIST ids']],
    ['two tests', { tag: 'age', gte: 3, lte: 5 }, ['RULE_INVALID ']],
    ['no test', { tag: 'age' }, ['RULE_INVALID ']],
    ['unknown test', { tag: 'age', atLeast: 5 }, ['RULE_INVALID atLeast']],
    ['unknown node', { every: [] }, ['RULE_INVALID ']],
    ['two nodes', { all: [], any: [] }, ['RULE_INVALID ']],
    ['stranger', { not: { all: [] }, note: 'x' }, ['RULE_INVALID note']],
    ['null', null, ['RULE_INVALID ']],
    ['unknown event', { did: { event: 'dance' } }, ['RULE_UNKNOWN_EVENT did.event']],
    ['one unknown event of two', { didNot: { event: ['view', 'toString'] } }, ['RULE_UNKNOWN_EVENT didNot.event']],
    ['no event', { did: { event: [] } }, ['RULE_EMPTY_LIST did.event']],
    ['unknown column', { did: { event: 'view', where: [{ col: 'colour', is: 'red' }] } }, ['RULE_UNKNOWN_COLUMN did.where.0.col']],
    ['type of a column', { did: { event: 'view', where: [{ any: [{ col: 'amount', is: 'red' }] }] } }, ['RULE_TYPE did.where.0.any.0.is']],
    ['rank of a column', { did: { event: 'view', where: [{ not: { col: 'amount', top: 3 } }] } }, ['RULE_TYPE did.where.0.not.top']],
    ['no alternatives', { did: { event: 'view', where: [{ any: [] }] } }, ['RULE_EMPTY_LIST did.where.0.any']],
    ['sum of what is not there', { did: { event: 'view', sum: { of: 'rating', gte: 3 } } }, ['RULE_UNKNOWN_COLUMN did.sum.of']],
    ['count by rank', { did: { event: 'view', count: { top: 3 } } }, ['RULE_TYPE did.count.top']],
    ['count per what', { did: { event: 'view', per: 'moon' } }, ['RULE_INVALID did.per']],
    ['window after no date', { did: { event: 'view', within: { after: 'city', for: [3, 'day'] } } }, ['RULE_TYPE did.within.after']],
    ['window after nothing', { did: { event: 'view', within: { after: 'nope', for: [3, 'day'] } } }, ['RULE_UNKNOWN_TAG did.within.after']],
    ['window that ends first', { did: { event: 'view', within: { from: '2024-02-01', to: '2024-01-01' } } }, ['RULE_TYPE did.within']],
    ['strange window', { did: { event: 'view', within: { soon: true } } }, ['RULE_INVALID did.within']],
    ['hour of the calendar', { did: { event: 'view', within: { calendar: 'this', unit: 'hour' } } }, ['RULE_INVALID did.within']],
    ['no steps', { sequence: [] }, ['RULE_EMPTY_LIST sequence']],
    [
      'not before the end',
      { sequence: [{ event: 'view' }, { no: { event: 'cart' } }, { event: 'view' }], gap: [1, 'day'] },
      ['RULE_INVALID sequence.1'],
    ],
    ['not without a time', { sequence: [{ event: 'view' }, { no: { event: 'cart' } }] }, ['RULE_INVALID gap']],
    [
      'unknown event in a step',
      { sequence: [{ event: 'view' }, { no: { event: 'x' } }], gap: [1, 'day'] },
      ['RULE_UNKNOWN_EVENT sequence.1.no.event'],
    ],
    ['same what', { sequence: [{ event: 'view' }], same: 'colour' }, ['RULE_INVALID same']],
    ['sample above all', { sample: { percent: 101, seed: 'a' } }, ['RULE_TYPE sample']],
    ['unknown segment', { segment: 'nope' }, ['RULE_UNKNOWN_SEGMENT segment']],
    [
      'all of them at once',
      {
        all: [
          { tag: 'nope', is: 'a' },
          { tag: 'city', in: [] },
        ],
      },
      ['RULE_UNKNOWN_TAG all.0.tag', 'RULE_EMPTY_LIST all.1.in'],
    ],
  ])('%s', (_name, rule, want) => expect(found(rule)).toEqual(want));

  it('products have tags and no deeds', () => {
    expect(found({ did: { event: 'view' } }, 'product')).toEqual(['RULE_TYPE did']);
    expect(found({ all: [{ tag: 'price', gte: 3 }, { segment: 'buyers' }] }, 'product')).toEqual(['RULE_TYPE all.1.segment']);
  });

  it('names the path of a cycle, also through a saved version of the segment being edited', () => {
    const a: Segment = { id: 'a', name: 'Big', rule: { segment: 'b' } };
    const b: Segment = { id: 'b', name: 'Loyal', rule: { not: { segment: 'a' } } };
    const problem = problemsOf({ ...a, rule: { all: [{ segment: 'b' }] } }, { ...CTX, segments: [a, b] })[0]!;
    expect([problem.code, problem.where.rulePath, problem.message]).toEqual([
      'RULE_CYCLE',
      'all.0.segment',
      'This segment would be part of itself: “Big” → “Loyal” → “Big”.',
    ]);
    expect(problemsOf({ rule: { segment: 'a' } }, { ...CTX, segments: [a, b] })[0]!.code).toBe('RULE_CYCLE');
  });

  it('a mistake inside another segment is shown at the line that names it', () => {
    const bad: Segment = { id: 'bad', name: 'Old', rule: { tag: 'nope', is: 'x' } };
    const problem = problemsOf({ rule: { not: { segment: 'bad' } } }, { ...CTX, segments: [bad] })[0]!;
    expect([problem.code, problem.where.rulePath, problem.where.tag]).toEqual(['RULE_UNKNOWN_TAG', 'not.segment', 'nope']);
    expect(problem.message).toContain('“Old”');
  });

  it('limits rank by a number or a date', () => {
    const limited = (limit: Segment['limit']) =>
      problemsOf({ id: 's', name: 's', rule: { all: [] }, ...(limit ? { limit } : {}) }, CTX).map((p) => `${p.code} ${p.where.rulePath}`);
    expect(limited({ top: 3, by: 'monetary' })).toEqual([]);
    expect(limited({ top: 0, by: 'city' })).toEqual(['RULE_TYPE limit.top', 'RULE_TYPE limit.by']);
    expect(limited({ sample: 1.5, seed: 'a' })).toEqual(['RULE_TYPE limit.sample']);
  });

  it('throws the first with a sentence and what to do', () => {
    try {
      validate({ rule: { tag: 'city', gte: 3 } }, CTX);
      expect.unreachable();
    } catch (e) {
      expect(e).toBeInstanceOf(TesseraError);
      expect((e as TesseraError).message).toBe('“city” cannot be tested with “is at least”: it is text.');
      expect((e as TesseraError).next).toContain('is one of');
    }
  });
});
