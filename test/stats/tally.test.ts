import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile, rank } from '../../src/stats/quantile.ts';
import { tally, tallyQuantile, tallyRank } from '../../src/stats/tally.ts';

const whole = fc.integer({ min: 0, max: 70_000 });
const any = fc.oneof(whole, fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constant(-0));
const columns = fc.oneof(
  fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN))),
  fc.array(fc.oneof(whole, fc.constant(NaN))),
  fc.array(fc.oneof(any, fc.constant(NaN))),
);

test('quantiles and ranks are those of the values in order, whichever way they were counted', () => {
  fc.assert(
    fc.property(columns, fc.double({ min: 0, max: 1, noNaN: true }), any, (list, q, x) => {
      const sorted = Float64Array.from(list.filter((v) => !Number.isNaN(v))).sort();
      const t = tally(Float64Array.from(list));
      expect(t.known).toBe(sorted.length);
      expect([...t.values]).toEqual([...new Set(Array.from(sorted, (v) => v + 0))]);
      expect(t.upTo.at(-1) ?? 0).toBe(sorted.length);
      expect(tallyQuantile(t, q) + 0).toBe(quantile(sorted, q) + 0);
      for (const open of [true, false]) expect(tallyRank(t, x, open)).toBe(rank(sorted, x, open));
    }),
    { numRuns: 500 },
  );
});
