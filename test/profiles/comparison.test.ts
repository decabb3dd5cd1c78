import { describe, expect, it } from 'vitest';
import type { Difference, GroupShare } from '../../src/core/findings.ts';
import { differencesFinding } from '../../src/profiles/differences-finding.ts';
import { differenceInterval } from '../../src/stats/proportion.ts';

const share = (x: number, n = 100): GroupShare => ({ a: x * n, n, share: x, lo: 0, hi: 1 });
const difference = (over: Partial<Difference>): Difference => ({
  tag: 'gender',
  title: 'Gender',
  dimension: 'demographic',
  type: 'enum',
  value: 'female',
  shares: [share(0.62), share(0.31)],
  more: 0,
  less: 1,
  diff: 0.31,
  lo: 0.2,
  hi: 0.4,
  q: 0.001,
  clear: true,
  extremes: true,
  term: 1,
  ...over,
});

describe('the sentence of a comparison', () => {
  it('two segments', () => {
    expect(differencesFinding([difference({})], ['Champions', 'Lapsed'])).toBe('62\u202f% of Champions are women, 31\u202f% of Lapsed');
  });
  it('three: most and least, or between which two', () => {
    const d = difference({ shares: [share(0.62), share(0.4), share(0.31)], less: 2 });
    expect(differencesFinding([d], ['A', 'B', 'C'])).toBe('62\u202f% of A are women, the most; 31\u202f% of C, the least');
    expect(differencesFinding([{ ...d, extremes: false }], ['A', 'B', 'C'])).toBe('62\u202f% of A are women, 31\u202f% of C');
  });
  it('shares that would read alike take a decimal; long names are put after; what is not clear is no finding', () => {
    const near = difference({ shares: [share(0.314), share(0.306)] });
    expect(differencesFinding([near], ['A', 'B'])).toBe('31.4\u202f% of A are women, 30.6\u202f% of B');
    const long = 'Customers who bought at least three times in the last year';
    expect(differencesFinding([difference({})], [long, 'Everyone else in the north'])).toBe('Women: 62\u202f% against 31\u202f%');
    expect(differencesFinding([difference({ clear: false })], ['A', 'B', 'C'])).toBe('No clear difference among A, B and C');
    expect(differencesFinding([], ['A', 'B'])).toBe('No clear difference between A and B');
  });
});
it('difference of two shares: 56 of 70 against 48 of 80 gives 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)', () => {
  const i = differenceInterval(56, 70, 48, 80)!;
  expect([i.lo.toFixed(4), i.hi.toFixed(4)]).toEqual(['0.0524', '0.3339']);
});
