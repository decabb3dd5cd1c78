import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/core/rule.ts';
import { ruleForValue } from '../../src/segments/leaf.ts';
import { joinedRule } from '../../src/ui/profile/joined-rule.ts';
import { tag } from '../segments/fixture.ts';

const CUT = { edges: [1, 2, 3, 4, 5, 6, 7], labels: ['0-1', '2', '3', '4', '5', '6', '7', 'over 7'], leftClosed: false };
const orders = { ...tag('orders', 'int'), bands: CUT };
const score = { ...tag('orders', 'number'), bands: { ...CUT, leftClosed: true } };
const of = (t: typeof orders, ...values: string[]): Rule => joinedRule(values.map((v) => ruleForValue(t, v)!));

describe('values that are brushed together', () => {
  it('of bands that meet are one range, in whatever order they come', () => {
    expect(of(orders, '3', '4', '5')).toEqual({
      all: [
        { tag: 'orders', gt: 2 },
        { tag: 'orders', lte: 5 },
      ],
    });
    expect(of(orders, '5', '3', '4')).toEqual(of(orders, '3', '4', '5'));
    expect(of(orders, '0-1', '2', '3')).toEqual({ tag: 'orders', lte: 3 });
    expect(of(orders, '7', 'over 7')).toEqual({ tag: 'orders', gt: 6 });
    expect(of(score, '2', '3')).toEqual({
      all: [
        { tag: 'orders', gte: 1 },
        { tag: 'orders', lt: 3 },
      ],
    });
    expect(of(orders, ...CUT.labels)).toEqual({ tag: 'orders', known: true });
  });
  it('that do not meet stay apart', () => {
    expect(of(orders, '2', '3', '5')).toEqual({
      any: [
        {
          all: [
            { tag: 'orders', gt: 1 },
            { tag: 'orders', lte: 3 },
          ],
        },
        {
          all: [
            { tag: 'orders', gt: 4 },
            { tag: 'orders', lte: 5 },
          ],
        },
      ],
    });
    expect(of(orders, '2')).toEqual(ruleForValue(orders, '2'));
  });
  it('of months are a span of time, of text a list', () => {
    const at = { ...tag('first_seen', 'date'), bands: null };
    expect(joinedRule(['2024-02', '2024-01', '2024-03'].map((v) => ruleForValue(at, v)!))).toEqual({
      all: [
        { tag: 'first_seen', after: '2024-01-01' },
        { tag: 'first_seen', before: '2024-04-01' },
      ],
    });
    const city = { ...tag('city', 'enum'), bands: null };
    expect(joinedRule(['Lyon', 'Nice'].map((v) => ruleForValue(city, v)!))).toEqual({ tag: 'city', in: ['Lyon', 'Nice'] });
    const yes = { ...tag('seasonal', 'boolean'), bands: null };
    expect(joinedRule(['true', 'false'].map((v) => ruleForValue(yes, v)!))).toEqual({
      any: [
        { tag: 'seasonal', is: true },
        { tag: 'seasonal', is: false },
      ],
    });
  });
});
