import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Baseline, Profile } from '../../src/core/profile.ts';
import type { Rule, Segment, SpanUnit } from '../../src/core/rule.ts';
import { compareBy, profileBy } from '../../src/profiles/by-index.ts';
import { compare } from '../../src/profiles/compare.ts';
import { comparison } from '../../src/profiles/comparison.ts';
import { profile } from '../../src/profiles/profile.ts';
import { linesOf } from '../../src/segments/alone.ts';
import { linesBy, partitionBy, sizeBy } from '../../src/segments/index/answers.ts';
import { ordinals } from '../../src/segments/index/bits.ts';
import { Evaluator } from '../../src/segments/index/evaluate.ts';
import { fillTable } from '../../src/segments/index/fill.ts';
import { partition } from '../../src/segments/partition.ts';
import { sizeOf } from '../../src/segments/size.ts';
import { membersSql } from '../../src/segments/sql.ts';
import { onBoth } from '../engine/both.ts';
import { GENERATED as CTX, loadGenerated } from './generated.ts';
import { nested } from './nested.ts';

const city = fc.integer({ min: 0, max: 42 }).map((i) => `City ${i}`);
const brand = fc.integer({ min: 0, max: 8 }).map((i) => `b${i}`);
const money = fc.integer({ min: -2500, max: 8500 }).map((c) => c / 100);
const some = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { minLength: 1, maxLength: 4 });
const span = fc.tuple(fc.integer({ min: 1, max: 18 }), fc.constantFrom<SpanUnit>('hour', 'day', 'week', 'month', 'year'));
const day = fc.integer({ min: 0, max: 500 }).map((d) => new Date(Date.UTC(2023, 0, 1) + d * 86_400_000).toISOString().slice(0, 10));
const event = fc.constantFrom('purchase', 'view', 'cart');
const numeric = fc.constantFrom('age', 'orders', 'monetary');
const of = <T>(tag: fc.Arbitrary<string>, op: string, value: fc.Arbitrary<T>): fc.Arbitrary<Rule> =>
  fc.tuple(tag, value).map(([t, v]) => ({ tag: t, [op]: v }) as unknown as Rule);
const is = (t: string) => fc.constant(t);
/** Every kind of leaf and every operator. */
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  of(fc.constantFrom('gender', 'age', 'city', 'signup_at', 'brands', 'has_returned', 'favourite', 'note', 'monetary'), 'known', fc.boolean()),
  ...['is', 'isNot'].flatMap((op) => [
    of(is('city'), op, city),
    of(is('gender'), op, fc.constantFrom('female', ' male ')),
    of(is('has_returned'), op, fc.boolean()),
  ]),
  ...['in', 'notIn'].map((op) => of(is('city'), op, some(city))),
  ...['startsWith', 'contains'].flatMap((op) => [
    of(is('city'), op, fc.constantFrom('City 1', '3', 'ty')),
    of(is('note'), op, fc.constantFrom('note 2', '7')),
  ]),
  ...['eq', 'ne', 'gt', 'gte', 'lt', 'lte'].map((op) => of(numeric, op, money)),
  ...['eq', 'ne', 'gt', 'lte'].map((op) => of(fc.constantFrom('age', 'orders'), op, fc.integer({ min: 0, max: 80 }))),
  of(
    numeric,
    'between',
    fc.tuple(money, money).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]),
  ),
  ...['top', 'bottom'].map((op) => of(numeric, op, fc.integer({ min: 1, max: 340 }))),
  ...['topPercent', 'bottomPercent'].map((op) => of(numeric, op, fc.integer({ min: 1, max: 100 }))),
  of(numeric, 'percentile', fc.constantFrom([0, 20], [20, 80], [80, 100], [33, 34])),
  ...['before', 'after'].map((op) => of(is('signup_at'), op, day)),
  ...['last', 'older'].map((op) => of(is('signup_at'), op, span)),
  of(is('brands'), 'has', brand),
  ...['hasAny', 'hasAll'].map((op) => of(is('brands'), op, some(brand))),
  some(fc.integer({ min: 0, max: 410 }).map((i) => `u${String(i).padStart(4, '0')}`)).map((ids): Rule => ({ ids })),
  fc
    .tuple(event, fc.integer({ min: 0, max: 5 }), fc.constantFrom('gte', 'lte', 'eq'), span)
    .map(([e, n, op, last]): Rule => ({ did: { event: e, count: { [op]: n } as never, within: { last } } })),
  event.map((e): Rule => ({ didNot: { event: e } })),
  fc.tuple(event, event).map(([a, b]): Rule => ({ sequence: [{ event: a }, { event: b }], gap: [30, 'day'] })),
  fc.integer({ min: 1, max: 100 }).map((percent): Rule => ({ sample: { percent, seed: 's' } })),
  fc.constantFrom<Rule>({ segment: 'top' }, { segment: 'draw' }),
);
const anyRule = nested(leaf);

onBoth('rules by index and by SQL', (engine, kind) => {
  let index: Evaluator;
  beforeAll(async () => {
    await loadGenerated(engine());
    index = new Evaluator(await fillTable(engine(), 'user', CTX.tags), engine());
  });
  const numRuns = kind === 'native' ? 120 : 25;
  const check = (law: (a: Rule, b: Rule) => Promise<void>, runs = numRuns) =>
    fc.assert(fc.asyncProperty(anyRule, anyRule, law), { numRuns: runs, seed: 11 });
  const bySql = async (ref: Segment | { rule: Rule }): Promise<number[]> =>
    Array.from((await engine().query(`${`SELECT * FROM (${membersSql(ref, CTX)})`} ORDER BY 1`)).columns[0]! as Float64Array);
  const byIndex = async (ref: Segment | { rule: Rule }): Promise<number[]> =>
    Array.from(ordinals(await index.members(ref, CTX)), (i) => index.table.keys[i]!);

  it('each leaf has the same members', () =>
    fc.assert(
      fc.asyncProperty(leaf, async (rule) => {
        expect(await byIndex({ rule })).toEqual(await bySql({ rule }));
      }),
      { numRuns: numRuns * 2, seed: 5 },
    ));
  it('any rule has the same members, with and without a limit', () =>
    check(async (rule, other) => {
      expect(await byIndex({ rule })).toEqual(await bySql({ rule }));
      for (const limit of [
        { top: 17, by: 'monetary' },
        { top: 9, by: 'age', dir: 'asc' as const },
        { sample: 20, seed: 'q' },
      ])
        expect(await byIndex({ id: '', name: '', rule: other, limit })).toEqual(await bySql({ id: '', name: '', rule: other, limit }));
    }, numRuns / 5));
  it('size, revenue and lines are the same', () =>
    check(async (a, b) => {
      const ref = { rule: { all: [a, b] } };
      const [x, y] = [await sizeBy(index, ref, CTX), await sizeOf(engine(), ref, CTX)];
      expect({ ...x, ms: 0 }).toEqual({ ...y, ms: 0, revenue: expect.closeTo(y.revenue ?? 0, 5) });
      expect(await linesBy(index, ref, CTX)).toEqual(await linesOf(engine(), ref, CTX));
      expect(await linesBy(index, { rule: { any: [a, b] } }, CTX)).toEqual(await linesOf(engine(), { rule: { any: [a, b] } }, CTX));
    }, numRuns / 5));
  it('De Morgan; a segment and its complement make everyone; order does not matter', () =>
    check(async (a, b) => {
      expect(await byIndex({ rule: { not: { all: [a, b] } } })).toEqual(await byIndex({ rule: { any: [{ not: a }, { not: b }] } }));
      expect([...(await byIndex({ rule: a })), ...(await byIndex({ rule: { not: a } }))].sort((x, y) => x - y)).toEqual(Array.from(index.table.keys));
      expect(await byIndex({ rule: { all: [a, b] } })).toEqual(await byIndex({ rule: { all: [b, a, b] } }));
    }));

  const baseline = fc.constantFrom<Baseline>({ kind: 'everyone' }, { kind: 'complement' }, { kind: 'segment', id: 'top' });
  // Sums of floats in another order differ in their last bits, which may swap tags of equal D.
  const rounded = (p: Profile): unknown =>
    JSON.parse(JSON.stringify({ ...p, tags: [...p.tags].sort((x, y) => (x.id < y.id ? -1 : 1)), sql: [], ms: 0 }), (_k, v: unknown) =>
      typeof v === 'number' ? (Math.abs(v) < 1e-12 ? 0 : +v.toPrecision(7)) : v,
    );
  it('profiles are the same, by users and by revenue', () =>
    fc.assert(
      fc.asyncProperty(anyRule, baseline, fc.constantFrom('users', 'revenue'), async (rule, against, weight) => {
        const request = { entity: 'user', segment: { id: 's', name: 's', rule }, baseline: against, weight: weight as 'users' } as const;
        expect(rounded(await profileBy(index, request, CTX))).toEqual(rounded(await profile(engine(), request, CTX)));
      }),
      { numRuns: kind === 'native' ? 20 : 4, seed: 3 },
    ));
  const named = (rules: Rule[]): Segment[] => rules.map((rule, i) => ({ id: `s${i}`, name: `s${i}`, rule }));
  it('segments cut everyone into the same parts', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyRule, { minLength: 1, maxLength: 4 }), async (rules) => {
        const [x, y] = [await partitionBy(index, named(rules), CTX), await partition(engine(), named(rules), CTX)];
        expect({ ...x, ms: 0 }).toEqual({ ...y, ms: 0 });
      }),
      { numRuns: kind === 'native' ? 20 : 4, seed: 3 },
    ));
  it('segments side by side differ in the same', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyRule, { minLength: 2, maxLength: 3 }), async (rules) => {
        const x = await comparison((a, b, options) => compareBy(index, a, b, CTX, {}, options), named(rules), CTX);
        const y = await comparison((a, b, options) => compare(engine(), a, b, CTX, {}, options), named(rules), CTX);
        expect([x.segments.map((s) => s.n), x.both, x.tested, x.clear, x.tooFew]).toEqual([
          y.segments.map((s) => s.n),
          y.both,
          y.tested,
          y.clear,
          y.tooFew,
        ]);
        const told = (c: typeof x): unknown =>
          rounded({ tags: c.differences.map((d) => ({ ...d, id: `${d.tag} ${d.value}` })), figures: c.segments } as never);
        expect(told(x)).toEqual(told(y));
      }),
      { numRuns: kind === 'native' ? 10 : 3, seed: 3 },
    ));
  it('shares of one-valued tags sum to one, and the TGI of everyone is 100', () =>
    fc.assert(
      fc.asyncProperty(anyRule, async (rule) => {
        const base = { entity: 'user', baseline: { kind: 'everyone' }, weight: 'users' } as const;
        const all = await profileBy(index, { ...base, segment: null }, CTX);
        all.tags.flatMap((t) => t.cells).forEach((c) => expect(c.hidden ? 100 : c.tgi).toBe(100));
        const own = await profileBy(index, { ...base, segment: { id: 's', name: 's', rule } }, { ...CTX, basis: { ...CTX.basis, k: 1 } });
        for (const t of own.tags)
          if (t.n > 0 && t.cells.length > 0 && t.type !== 'set') expect(t.cells.reduce((sum, c) => sum + c.share, 0)).toBeCloseTo(1, 10);
      }),
      { numRuns: 15, seed: 3 },
    ));
});
