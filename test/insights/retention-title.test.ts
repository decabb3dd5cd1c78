import { expect, it } from 'vitest';
import { OK } from '../../src/core/analysis.ts';
import { completeParams } from '../../src/core/params.ts';
import { rateOf } from '../../src/insights/rate.ts';
import { retentionTitle } from '../../src/insights/retention-title.ts';
import { retention } from '../../src/insights/retention.ts';
import type { Difference, RetentionAnswer } from '../../src/insights/retention-types.ts';

const p = completeParams(retention, {});
const told = (over: Partial<RetentionAnswer> = {}, returned = [100, 32, 20]): RetentionAnswer =>
  ({
    verdict: OK,
    who: 'new buyers',
    curve: { id: 'here', name: 'flash regulars', size: 100, points: returned.map((r, n) => ({ n, ...rateOf(r, 100, 5) })) },
    difference: null,
    ...over,
  }) as RetentionAnswer;
const difference = (over: Partial<Difference>): Difference => ({
  n: 2,
  here: rateOf(49, 100, 5),
  base: rateOf(36, 100, 5),
  difference: 0.13,
  lo: 0.01,
  hi: 0.25,
  clear: true,
  fragile: false,
  ...over,
});

it.each([
  [told(), '32\u202f% of new buyers come back in month 1, 20\u202f% in month 2'],
  [told({}, [100, 0, 0]), 'None of 100 new buyers has come back yet'],
  [told({ difference: difference({}) }), 'Flash regulars come back more: 49\u202f% against 36\u202f% in month 2'],
  [told({ difference: difference({ difference: -0.13 }) }), 'Flash regulars come back less: 49\u202f% against 36\u202f% in month 2'],
  [told({ difference: difference({ clear: false }) }), 'No clear difference in coming back: 49\u202f% against 36\u202f% in month 2'],
  [told({ difference: difference({ fragile: true }) }), 'No clear difference in coming back: 49\u202f% against 36\u202f% in month 2'],
  [told({ verdict: { status: 'refused', why: '', next: '' } }), 'Nothing to say yet about who comes back'],
])('%#', (answer, title) => {
  expect(retentionTitle(answer, p)).toBe(title);
  expect(title.length).toBeLessThanOrEqual(90);
});
