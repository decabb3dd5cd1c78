import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, quantileCut } from '../../src/tags/bands.ts';
import { canonical } from '../../src/core/canonical.ts';
import { binsOf } from '../../src/tags/histogram.ts';
import { summarise } from '../../src/tags/summary.ts';
import { bandExpr } from '../../src/tags/values.ts';

describe('bands', () => {
  it.each([
    [[13.8, 33, 72, 180], 1, 374, 'int', ['1-13', '14-33', '34-72', '73-180', 'over 180']],
    [[1, 1, 2, 5], 0, 209, 'int', ['0-1', '2', '3-5', 'over 5']],
    [[0, 0, 0, 2], 0, 9, 'int', ['0', '1-2', 'over 2']],
    [[0, 0, 0, 0], 0, 1, 'int', ['0', '1']],
    [[250.194, 490.096, 942.276, 2058.426], 3.75, 280206.02, 'money', ['up to 250', '250 to 490', '490 to 942', '942 to 2,058', 'over 2,058']],
    [[0.1001, 0.1002, 0.1003, 0.5], 0.1, 1, 'number', ['up to 0.1001', '0.1001 to 0.1002', '0.1002 to 0.1003', '0.1003 to 0.5', 'over 0.5']],
    [[0.25, 0.5, 0.5, 0.5], 0, 0.5, 'share', ['up to 25 %', 'over 25 %']],
    [[7, 7, 7, 7], 7, 7, 'number', ['7']],
  ] as const)('%j from %d to %d (%s)', (quantiles, min, max, type, labels) =>
    expect(quantileCut([...quantiles], min, max, type).labels).toEqual(labels),
  );

  it('puts a bound below by the least there is', () => {
    expect(below(1.5)).toBe(1.4999999999999998);
    expect(below(-0.05)).toBe(-0.05000000000000001);
  });

  it('writes bands as SQL', () =>
    expect(bandExpr('x', { edges: [25, 50.5], labels: ['low', 'mid', 'it’s high'], leftClosed: true })).toBe(
      "CASE WHEN x IS NULL THEN NULL WHEN x < 25 THEN 'low' WHEN x < 50.5e0 THEN 'mid' ELSE 'it’s high' END",
    ));

  it('counts every known value once, in bands and in bins, whatever the numbers', () => {
    const numbers = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 5 }), fc.constant(NaN)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(numbers, fc.constantFrom('int' as const, 'number' as const, 'share' as const), (list, type) => {
        const values = type === 'int' ? list.map(Math.round) : list;
        const s = summarise(Float64Array.from(values), type, 'quantiles');
        const known = values.filter((x) => !Number.isNaN(x));
        expect(s.known).toBe(known.length);
        expect(s.distinct).toBe(new Set(known.map((x) => x + 0)).size);
        expect(s.values.reduce((n, v) => n + v.n, 0)).toBe(s.known);
        if (!s.bands) return;
        expect(new Set(s.bands.labels).size).toBe(s.bands.edges.length + 1);
        s.values.forEach((v, i) =>
          expect(v.n).toBe(known.filter((x) => x > (s.bands!.edges[i - 1] ?? -Infinity) && x <= (s.bands!.edges[i] ?? Infinity)).length),
        );
        if (s.histogram) {
          expect(s.histogram.counts.reduce((n, c) => n + c, 0)).toBe(s.known);
          expect(s.histogram.edges).toHaveLength(s.histogram.counts.length + 1);
          expect(s.histogram.edges.length).toBeLessThan(40);
          s.histogram.edges.forEach((e, i, all) => i && expect(e).toBeGreaterThan(all[i - 1]!));
        }
      }),
    );
  });

  it('keeps a long tail in one bin', () => {
    const edges = binsOf({ min: 0, p01: 0, p99: 50, max: 280000 }, false)!;
    expect([edges[0], edges[1], edges.at(-2), edges.at(-1)]).toEqual([0, 2, 52, 280000]);
  });
});

it('writes definitions in one way only', () => {
  expect(canonical({ b: [1, undefined, 'x'], a: { d: undefined, c: null } })).toBe('{"a":{"c":null},"b":[1,null,"x"]}');
});
