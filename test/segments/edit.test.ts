import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/core/rule.ts';
import { insert, lineOf, move, remove, replace, ruleAt, toggleGroup, toggleNot, unwrap, validPart, wrap } from '../../src/segments/edit.ts';
import { defaultLeaf, formatOperand, parseOperand, ruleForValue, withOperator } from '../../src/segments/leaf.ts';
import { operatorList } from '../../src/segments/operators.ts';
import { valueAt, withValue } from '../../src/segments/path.ts';
import { neighbours } from '../../src/segments/alone.ts';
import { CTX, tag } from './fixture.ts';

const A: Rule = { tag: 'city', is: 'Lyon' };
const B: Rule = { tag: 'age', gte: 30 };
const C: Rule = { did: { event: 'view', count: { gte: 2 } } };
const rule: Rule = { all: [A, { any: [B, C] }] };

describe('editing by path', () => {
  it('reads and writes any place without changing the old rule', () => {
    const before = JSON.stringify(rule);
    expect(valueAt(rule, 'all.1.any.1.did.count.gte')).toBe(2);
    expect(valueAt(withValue(rule, 'all.1.any.1.did.count.gte', 3), 'all.1.any.1.did.count.gte')).toBe(3);
    expect(withValue(rule, 'all.1.any.1.did.count', undefined)).toEqual({ all: [A, { any: [B, { did: { event: 'view' } }] }] });
    expect(withValue(rule, 'all.1.any.1.did.within', { last: [3, 'day'] })).toMatchObject({
      all: [A, { any: [B, { did: { within: { last: [3, 'day'] } } }] }],
    });
    expect(ruleAt(rule, 'all.7')).toBeUndefined();
    expect(JSON.stringify(rule)).toBe(before);
  });
  it('replaces, inserts and removes', () => {
    expect(replace(rule, 'all.0', B)).toEqual({ all: [B, { any: [B, C] }] });
    expect(insert(rule, 'all.1', A)).toEqual({ all: [A, { any: [B, C, A] }] });
    expect(insert(rule, '', C, 0)).toEqual({ all: [C, A, { any: [B, C] }] });
    expect(insert(A, '', B)).toEqual({ all: [A, B] });
    expect(remove(rule, 'all.0')).toEqual({ all: [{ any: [B, C] }] });
    expect(remove({ all: [A, { any: [B] }] }, 'all.1.any.0')).toEqual({ all: [A] });
    expect(remove({ all: [A, { not: B }] }, 'all.1.not')).toEqual({ all: [A] });
    expect(remove(A, '')).toEqual({ all: [] });
  });
  it('moves within a group and between groups', () => {
    const three: Rule = { all: [A, B, C] };
    expect(move(three, 'all.0', { group: '', index: 2 })).toEqual({ all: [B, A, C] });
    expect(move(three, 'all.2', { group: '', index: 0 })).toEqual({ all: [C, A, B] });
    expect(move(three, 'all.0', { group: '', index: 3 })).toEqual({ all: [B, C, A] });
    expect(move(rule, 'all.0', { group: 'all.1', index: 1 })).toEqual({ all: [{ any: [B, A, C] }] });
    expect(move(rule, 'all.1.any.0', { group: '', index: 0 })).toEqual({ all: [B, A, { any: [C] }] });
    expect(move({ all: [A, { any: [B] }] }, 'all.1.any.0', { group: '', index: 0 })).toEqual({ all: [B, A] });
    expect(move(rule, 'all.1', { group: 'all.1', index: 0 })).toBe(rule);
  });
  it('wraps, unwraps and turns around', () => {
    expect(wrap(rule, 'all.0')).toEqual({ all: [{ any: [A] }, { any: [B, C] }] });
    expect(unwrap(rule, 'all.1')).toEqual({ all: [A, B, C] });
    expect(unwrap({ all: [A] }, '')).toEqual(A);
    expect(toggleGroup(rule, '')).toEqual({ any: [A, { any: [B, C] }] });
    expect(toggleNot(rule, 'all.0')).toEqual({ all: [{ not: A }, { any: [B, C] }] });
    expect(toggleNot(toggleNot(A, ''), '')).toEqual(A);
    expect(toggleNot(rule, 'all.1.any.1')).toEqual({ all: [A, { any: [B, { didNot: { event: 'view', count: { gte: 2 } } }] }] });
  });
  it('finds the line of a mistake and leaves it out', () => {
    expect(lineOf(rule, 'all.1.any.1.did.count.gte')).toBe('all.1.any.1');
    expect(lineOf({ all: [{ not: A }] }, 'all.0.not.is')).toBe('all.0.not');
    expect(validPart({ all: [A, { tag: 'age', gte: 'x' as never }, { any: [C, { tag: 'nope', is: 'x' }] }] }, CTX)).toEqual({
      rule: { all: [A, { any: [C] }] },
      left: 2,
    });
    expect(validPart({ tag: 'nope', is: 'x' }, CTX)).toEqual({ rule: { all: [] }, left: 1 });
  });
});

describe('leaves', () => {
  const city = { ...tag('city', 'enum'), values: [{ value: 'Lyon', n: 3 }] };
  const age = {
    ...tag('age', 'int', 'year'),
    figures: { min: 1, q1: 20, median: 34.5, q3: 45, max: 90, mean: 35 },
    bands: { edges: [18, 25], labels: ['under 18', '18-24', '25+'], leftClosed: true },
  };
  it('begin with what is commonest', () => {
    expect([city, age, tag('signup_at', 'date'), tag('x', 'boolean'), tag('m', 'map')].map(defaultLeaf)).toEqual([
      { tag: 'city', is: 'Lyon' },
      { tag: 'age', gte: 35 },
      { tag: 'signup_at', last: [30, 'day'] },
      { tag: 'x', is: true },
      { tag: 'm', known: true },
    ]);
  });
  it('say exactly whom a bar of a profile counts', () => {
    expect(['under 18', '18-24', '25+', 'none'].map((v) => ruleForValue(age, v))).toEqual([
      { tag: 'age', lt: 18 },
      {
        all: [
          { tag: 'age', gte: 18 },
          { tag: 'age', lt: 25 },
        ],
      },
      { tag: 'age', gte: 25 },
      null,
    ]);
    expect(ruleForValue({ ...age, bands: { ...age.bands, leftClosed: false } }, '18-24')).toEqual({
      all: [
        { tag: 'age', gt: 18 },
        { tag: 'age', lte: 25 },
      ],
    });
    expect(ruleForValue(tag('first', 'date'), '2024-12')).toEqual({
      all: [
        { tag: 'first', after: '2024-12-01' },
        { tag: 'first', before: '2025-01-01' },
      ],
    });
    expect(ruleForValue(city, null)).toEqual({ tag: 'city', known: false });
  });
  it('keep what was typed when the operator changes', () => {
    expect(withOperator({ tag: 'city', is: 'Lyon' }, 'in', city)).toEqual({ tag: 'city', in: ['Lyon'] });
    expect(withOperator({ tag: 'city', in: ['Lyon', 'Nice'] }, 'is', city)).toEqual({ tag: 'city', is: 'Lyon' });
    expect(withOperator({ tag: 'age', gte: 30 }, 'between', age)).toEqual({ tag: 'age', between: [30, 45] });
    expect(withOperator({ tag: 'age', gte: 30 }, 'top', age)).toEqual({ tag: 'age', top: 100 });
  });
  it('offers operators by type', () => {
    expect(operatorList('enum').map((o) => o.op)).toContain('startsWith');
    expect(operatorList('money', true).map((o) => o.op)).not.toContain('top');
    expect(operatorList('map').map((o) => o.op)).toEqual(['known']);
  });
  it.each([
    ['number', '1,204', 1204],
    ['number', '1 204.5', 1204.5],
    ['number', '0,5', 0.5],
    ['number', '−3', -3],
    ['number', 'x', null],
    ['count', '0', null],
    ['percent', '20 %', 20],
    ['range', '3 – 5', [3, 5]],
    ['range', '5 to 3', null],
    ['values', 'a, b', ['a', 'b']],
    ['values', ' ', null],
    ['span', '30 days', [30, 'day']],
    ['span', '0 days', null],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', null],
  ] as const)('reads %s “%s”', (kind, text, want) => expect(parseOperand(kind, text)).toEqual(want));
  it('writes what it reads', () =>
    expect([formatOperand('span', [30, 'day']), formatOperand('range', [3, 5]), formatOperand('values', ['a', 'b'])]).toEqual([
      '30 day',
      '3 – 5',
      'a, b',
    ]));
});

describe('numbers around a number', () => {
  it('whole and not', () => {
    expect(neighbours(2, true, 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(neighbours(45, false, 0)).toEqual([20, 30, 40, 45, 50, 60, 70, 80]);
    expect(neighbours(180, true, 1)).toContain(180);
    expect(neighbours(0.2, false, 0)).toContain(0.2);
  });
});
