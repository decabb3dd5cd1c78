import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bitsOf } from '../../src/segments/index/bits.ts';
import { coded, codesFor, type TextColumn } from '../../src/segments/index/column.ts';
import { Counted, packsOf } from '../../src/segments/index/packs.ts';

const N = 200;
const columnUpTo = (most: number): fc.Arbitrary<TextColumn> =>
  fc.integer({ min: 0, max: most }).chain((size) =>
    fc.array(fc.integer({ min: 0, max: size }), { minLength: N, maxLength: N }).map((raw): TextColumn => {
      const codes = codesFor(N, size);
      codes.set(raw);
      return { kind: 'text', values: Array.from({ length: size }, (_, v) => `v${v}`), ...coded(codes, size) };
    }),
  );
const few = columnUpTo(20);
const counted = (c: TextColumn, members: number[]): number[] => {
  const out = new Array<number>(c.counts.length).fill(0);
  for (const i of members) out[c.codes[i]!]!++;
  return out;
};

it('a set is counted by packs as by each column alone, whatever its size', () =>
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 5, arbitrary: few }, columnUpTo(5000)), { maxLength: 12 }),
      fc.integer({ min: 0, max: N }),
      (columns, cut) => {
        const members = Array.from({ length: N }, (_, i) => (i * 37) % N).slice(0, cut);
        const set = new Counted(bitsOf(members, N), N, packsOf(columns, N));
        expect(Array.from(set.members())).toEqual([...members].sort((a, b) => a - b));
        for (const c of columns) expect(Array.from(set.counts(c))).toEqual(counted(c, members));
      },
    ),
    { numRuns: 60, endOnFailure: true },
  ));

it('small columns share packs and each stands in one only', () =>
  fc.assert(
    fc.property(fc.array(few, { minLength: 2, maxLength: 20 }), (columns) => {
      const packs = packsOf(columns, N);
      const within = packs.flatMap((p) => p.parts.map((x) => x.column));
      expect(new Set(within).size).toBe(within.length);
      expect(packs.every((p) => p.bits <= 12)).toBe(true);
      // Five bits at most each: two always fit in one.
      expect(columns.length - within.length).toBeLessThanOrEqual(1);
      expect(packs.length).toBeLessThanOrEqual(Math.ceil(columns.length / 2));
    }),
    { numRuns: 40, endOnFailure: true },
  ));
