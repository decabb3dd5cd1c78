import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/core/rule.ts';
import { brushRule } from '../../src/ui/profile/brush-rule.ts';
import { cutsOf, cutTag } from '../../src/ui/profile/number-cut.ts';
import { CrossFilter } from '../../src/ui/profile/cross-filter.svelte.ts';
import { FACTS, tag } from '../segments/fixture.ts';

const city = { id: 'city', title: 'City' };
const age = { id: 'age', title: 'Age' };
const is = (id: string, value: string): Rule | null => (value === '(other)' ? null : { tag: id, is: value });

describe('brushed values', () => {
  it('of one tag are joined as any of them, those of several by and; a second brush takes the place of the first', () => {
    const cross = new CrossFilter();
    cross.brush(city, ['Lyon'], is);
    cross.brush(age, ['18', '19'], is);
    expect(cross.rules).toEqual([
      { tag: 'city', is: 'Lyon' },
      { tag: 'age', in: ['18', '19'] },
    ]);
    cross.brush(city, ['Nice'], is);
    expect(cross.rules[1]).toEqual({ tag: 'city', is: 'Nice' });
    cross.brush(city, [], is);
    expect(cross.picks.map((p) => p.tag)).toEqual(['age']);
  });
  it('are added and taken away one by one', () => {
    const cross = new CrossFilter();
    expect([cross.toggle(city, 'Lyon', is), cross.toggle(city, 'Nice', is)]).toEqual([true, true]);
    expect(cross.picks[0]!.values).toEqual(['Lyon', 'Nice']);
    cross.toggle(city, 'Lyon', is);
    cross.toggle(city, 'Nice', is);
    expect(cross.picks).toEqual([]);
  });
  it('are told by the tag they are of, so that a chart can leave out its own', () => {
    const cross = new CrossFilter();
    cross.brush(city, ['Lyon'], is);
    cross.brush(age, ['18'], is);
    expect(cross.byTag.filter((b) => b.tag !== 'city')).toEqual([{ tag: 'age', rule: { tag: 'age', is: '18' } }]);
  });
  it('that are no rule are left out, and said where none is one', () => {
    const cross = new CrossFilter();
    expect(cross.brush(city, ['Lyon', '(other)'], is)).toBe(true);
    expect(cross.picks[0]!.values).toEqual(['Lyon']);
    expect(cross.toggle(city, '(other)', is)).toBe(false);
    expect(cross.picks[0]!.values).toEqual(['Lyon']);
    expect(cross.brush(age, ['(other)'], is)).toBe(false);
  });
});

it('a value says that its members have it; by sales lines, that they bought something with it', () => {
  const by = { lines: false, tags: [tag('city', 'enum')], facts: FACTS };
  expect(brushRule('city', 'Lyon', by)).toEqual({ tag: 'city', is: 'Lyon' });
  expect(brushRule('nowhere', 'Lyon', by)).toBeNull();
  const lines = { ...by, lines: true };
  expect(brushRule('line:channel', 'ads', lines)).toMatchObject({ did: { where: [{ col: 'channel', is: 'ads' }] } });
  expect(brushRule('category', 'Shoes', lines)).toMatchObject({ did: { event: 'purchase', where: [{ col: 'category', is: 'Shoes' }] } });
  expect(brushRule('abc', 'A', lines)).toBeNull();
  expect(brushRule('line:channel', '(other)', lines)).toBeNull();
});

it('a number is cut at the median of the comparison: two sides that part its members, named in its own unit', () => {
  const numbers = { median: 5, baseMedian: 2.5, delta: 0.4, size: 'medium', z: 3, p: 0.01, q: 0.02, d: 0.5 } as const;
  const spent = { id: 'monetary', title: 'Monetary', type: 'money', unit: '', numbers } as const;
  const cuts = cutsOf(spent, 'EUR')!;
  expect(cuts.rule('', cuts.at)).toEqual({ tag: 'monetary', gte: 2.5 });
  expect(cuts.rule('', cuts.below)).toEqual({ tag: 'monetary', lt: 2.5 });
  expect(cuts.rule('', 'something else')).toBeNull();
  expect(cuts.at).toMatch(/^≥\u202f€2\.5/);
  expect(cutsOf({ ...spent, numbers: null }, 'EUR')).toBeNull();
  // Under a name of its own: the bands of the same number are another chart.
  expect(cutTag(spent).id).not.toBe('monetary');
});
