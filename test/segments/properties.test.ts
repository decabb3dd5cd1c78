import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule, Span } from '../../src/core/rule.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { readWords } from '../../src/segments/read-words.ts';
import { membersSql } from '../../src/segments/sql.ts';
import { wordsInFull } from '../../src/segments/words.ts';
import { CTX, loadFixture } from './fixture.ts';
import { nested } from './nested.ts';

const event = fc.constantFrom('purchase', 'view', 'cart');
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.constantFrom('Lyon', 'Nice', 'Paris', 'Rome').map((is): Rule => ({ tag: 'city', is })),
  fc.constantFrom('female', 'male').map((isNot): Rule => ({ tag: 'gender', isNot })),
  fc.integer({ min: 0, max: 70 }).map((gte): Rule => ({ tag: 'age', gte })),
  fc.boolean().map((known): Rule => ({ tag: 'age', known })),
  fc.integer({ min: 1, max: 8 }).map((top): Rule => ({ tag: 'monetary', top })),
  fc
    .tuple(event, fc.integer({ min: 0, max: 4 }), fc.constantFrom('gte', 'lte', 'eq'), fc.integer({ min: 1, max: 200 }))
    .map(([e, n, op, days]): Rule => ({ did: { event: e, count: { [op]: n } as never, within: { last: [days, 'day'] } } })),
  event.map((e): Rule => ({ didNot: { event: e } })),
  fc.tuple(event, event).map(([a, b]): Rule => ({ sequence: [{ event: a }, { event: b }], gap: [30, 'day'] })),
  fc.integer({ min: 1, max: 100 }).map((percent): Rule => ({ sample: { percent, seed: 's' } })),
  fc.uniqueArray(fc.constantFrom('u1', 'u2', 'u5', 'u 9'), { minLength: 1 }).map((ids): Rule => ({ ids })),
);
const anyRule = nested(leaf);

describe('laws of rules', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openNative({ threads: 1 });
    await loadFixture(engine);
  });
  afterAll(() => engine.close());
  const members = async (rule: Rule): Promise<string> =>
    Array.from((await engine.query(`${membersSql({ rule }, CTX)} ORDER BY 1`)).columns[0]!).join(' ');
  const everyone = [0, 1, 2, 3, 4, 5, 6, 7];
  const check = (law: (a: Rule, b: Rule) => Promise<void>) => fc.assert(fc.asyncProperty(anyRule, anyRule, law), { numRuns: 60, seed: 7 });

  it('De Morgan', () =>
    check(async (a, b) => {
      expect(await members({ not: { all: [a, b] } })).toBe(await members({ any: [{ not: a }, { not: b }] }));
    }));
  it('a segment and its complement make everyone', () =>
    check(async (a) => {
      const [yes, no] = [await members(a), await members({ not: a })].map((s) => s.split(' ').filter(Boolean).map(Number)) as [number[], number[]];
      expect([...yes, ...no].sort((x, y) => x - y)).toEqual(everyone);
    }));
  it('read back from its words, a rule selects the same', () =>
    check(async (a) => {
      const read = readWords(wordsInFull({ rule: a }, CTX), CTX);
      expect('problem' in read ? read.problem.message : await members(read.rule)).toBe(await members(a));
    }));
  it('order and repetition of lines do not matter', () =>
    check(async (a, b) => {
      expect(await members({ all: [a, b] })).toBe(await members({ all: [b, a, b] }));
      expect(await members({ any: [a, b] })).toBe(await members({ any: [b, a, a] }));
    }));
});

/** Sequences by trying every choice of rows: slow and plain, to hold the linear SQL against. */
interface Row {
  u: number;
  p: number | null;
  t: number;
  e: string;
}
interface Seq {
  sequence: ({ event: string } | { no: { event: string } })[];
  gap?: Span;
  within?: Span;
  same?: 'product_id';
}
const HOURS = { hour: 1, day: 24 } as Record<string, number>;
const hours = ([n, unit]: Span): number => n * HOURS[unit]!;
function byHand(rows: Row[], rule: Seq, asOf: number): number[] {
  const steps = rule.sequence.flatMap((s) => ('no' in s ? [] : [s.event]));
  const last = rule.sequence.at(-1)!;
  const found = (u: number): boolean => {
    const own = rows
      .map((r, i) => ({ ...r, i }))
      .filter((r) => r.u === u && (!rule.same || r.p !== null))
      .sort((a, b) => a.t - b.t || a.i - b.i);
    const same = (a: Row, b: Row): boolean => !rule.same || a.p === b.p;
    const go = (step: number, first: number, before: number): boolean => {
      if (step === steps.length) {
        const end = own[before]!;
        if (rule.within && end.t - own[first]!.t > hours(rule.within)) return false;
        if (!('no' in last)) return true;
        const limit = end.t + hours(rule.gap!);
        return asOf >= limit && !own.some((r, i) => i > before && r.e === last.no.event && same(r, end) && r.t <= limit);
      }
      return own.some((r, i) => {
        if (r.e !== steps[step] || i <= before) return false;
        if (step > 0 && (!same(r, own[before]!) || (rule.gap && r.t - own[before]!.t > hours(rule.gap)))) return false;
        return go(step + 1, step === 0 ? i : first, i);
      });
    };
    return go(0, -1, -1);
  };
  return [...new Set(rows.map((r) => r.u))].filter(found).sort((a, b) => a - b);
}

describe('sequences', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openNative({ threads: 1 });
    await loadFixture(engine);
  });
  afterAll(() => engine.close());
  it('equal a search of all choices', async () => {
    const row = fc.record({
      u: fc.integer({ min: 0, max: 2 }),
      p: fc.option(fc.integer({ min: 0, max: 1 })),
      t: fc.integer({ min: 0, max: 30 }),
      e: fc.constantFrom('view', 'cart', 'purchase'),
    });
    const span = fc.option(
      fc.integer({ min: 1, max: 15 }).map((n): Span => [n, 'hour']),
      { nil: undefined },
    );
    const rule = fc.record({
      steps: fc.array(fc.constantFrom('view', 'cart', 'purchase'), { minLength: 1, maxLength: 3 }),
      no: fc.option(fc.constantFrom('view', 'cart')),
      gap: span,
      within: span,
      same: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 14 }), rule, async (rows, r) => {
        const sequence = [...r.steps.map((e) => ({ event: e })), ...(r.no ? [{ no: { event: r.no } }] : [])];
        const gap = r.gap ?? (r.no ? ([5, 'hour'] as Span) : undefined);
        const seq: Seq = { sequence, ...(gap ? { gap } : {}), ...(r.within ? { within: r.within } : {}), ...(r.same ? { same: 'product_id' } : {}) };
        const values = rows.map((x, i) => `(${i}, ${x.u}, ${x.p}, TIMESTAMP '2024-06-30 00:00:00' + INTERVAL ${x.t} HOUR, '${x.e}')`).join(', ');
        await engine.exec(`CREATE OR REPLACE VIEW ev0 AS SELECT * FROM (VALUES ${values}) v(row, u, p, utc, event) WHERE utc < as_of_utc()`);
        const got = await engine.query(`${membersSql({ rule: seq as Rule }, CTX)} ORDER BY 1`);
        expect(Array.from(got.columns[0]!)).toEqual(
          byHand(
            rows.filter((x) => x.t < 24),
            seq,
            24,
          ),
        );
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});
