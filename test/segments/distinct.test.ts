import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberColumn } from '../../src/segments/index/column.ts';

const number = fc.oneof(
  fc.double({ noNaN: false }),
  fc.integer({ min: -5, max: 70_000 }),
  fc.integer({ min: -500, max: 500 }).map((c) => c / 100),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, -5e-324, Number.MAX_VALUE),
);
it('a column of numbers has its distinct values in order, and each number its place among them', () =>
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), (raw) => {
      const { values, codes, counts } = numberColumn(Float64Array.from(raw));
      const known = raw.filter((v) => !Number.isNaN(v)).map((v) => v + 0);
      expect(Array.from(values)).toEqual([...new Set(known)].sort((a, b) => a - b));
      raw.forEach((v, i) => expect(Number.isNaN(v) ? 0 : 1 + values.indexOf(v)).toBe(codes[i]));
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(raw.length);
    }),
    { numRuns: 300, endOnFailure: true },
  ));
