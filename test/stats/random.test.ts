import { expect, test } from 'vitest';
import { h32, rng, shuffle, u } from '../../src/stats/random.ts';

test('h32 and u give the values of the definitions', () => {
  expect(h32('')).toBe(2872998923);
  expect(h32('a')).toBe(444641715);
  expect(u('split', '12347')).toBeCloseTo(0.0301103343, 10);
  expect(u('split', '用户1')).toBeCloseTo(0.8701639189, 10);
});

test('rng gives the values of the definitions', () => {
  const r = rng(1, 'boot');
  expect([r(), r(), r()].map((x) => x.toFixed(10))).toEqual(['0.0961177258', '0.4584944441', '0.3858685400']);
});

test('shuffle keeps every item and repeats for a seed', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  const a = shuffle([...items], rng(7, 'x'));
  expect(a).toEqual(shuffle([...items], rng(7, 'x')));
  expect([...a].sort((x, y) => x - y)).toEqual(items);
  expect(a).not.toEqual(items);
});
