import { beforeEach, describe, expect, it } from 'vitest';
import { rows, type Value } from '../../src/core/frame.ts';
import type { Moment, SegmentMoment } from '../../src/core/moment.ts';
import type { ProfileRequest } from '../../src/core/profile.ts';
import type { Segment } from '../../src/core/rule.ts';
import type { TagInfo } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { bandIndex } from '../../src/profiles/cells-sql.ts';
import { segmentMoment, segmentMomentBy } from '../../src/profiles/segment-moment.ts';
import { profileOf } from '../../src/profiles/since.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { Evaluator } from '../../src/segments/index/evaluate.ts';
import { fillTable } from '../../src/segments/index/fill.ts';
import { meaningOf } from '../../src/segments/meaning.ts';
import { membersSql } from '../../src/segments/sql.ts';
import { momentOf } from '../../src/tags/moment.ts';
import { onBoth } from '../engine/both.ts';
import { GENERATED, loadGenerated } from '../segments/generated.ts';

const SEGMENTS: Segment[] = [
  { id: 'often', name: 'Often', rule: { tag: 'orders', gte: 5 } },
  { id: 'women', name: 'Women', rule: { all: [{ segment: 'often' }, { tag: 'gender', is: 'female' }] } },
  { id: 'few', name: 'Few', rule: { tag: 'orders', gte: 0 }, limit: { top: 3, by: 'monetary' } },
  { id: 'top', name: 'Top', rule: { tag: 'age', known: true }, limit: { top: 40, by: 'monetary' } },
];
type Row = Record<string, Value | string[]>;
const valuesOf = (tag: TagInfo, row: Row): string[] => {
  const x = row[tag.id];
  if (x === null || x === undefined) return [];
  if (Array.isArray(x)) return x.map(String);
  return [tag.bands ? tag.bands.labels[bandIndex(tag.bands, Number(x))]! : String(x)];
};
const all = async (engine: Engine, where = 'true'): Promise<Row[]> =>
  rows<Row>(
    await engine.query(
      `SELECT * REPLACE (CASE WHEN brands IS NOT NULL THEN concat('|', array_to_string(brands, '|')) END AS brands) FROM user_tags WHERE ${where}`,
    ),
  ).map((r) => ({
    ...r,
    brands: r['brands'] === null ? null : String(r['brands']).split('|').filter(Boolean),
  }));
const countOf = (tag: TagInfo, value: string, of: Row[]): number => of.filter((r) => valuesOf(tag, r).includes(value)).length;

const median = (x: number[]): number => {
  const [s, h] = [x.toSorted((a, b) => a - b), (x.length - 1) / 2];
  return (s[Math.floor(h)]! + s[Math.ceil(h)]!) / 2;
};
const mean = (x: number[]): number => x.reduce((t, v) => t + v, 0) / x.length;
const numbersOf = (id: string, of: Row[]): number[] => of.flatMap((r) => (r[id] === null ? [] : Number(r[id])));
/** Numbers that profiles sum, in bands as the catalogue would cut them. */
const CUTS: Partial<Record<string, TagInfo['bands']>> = {
  monetary: { edges: [0, 25, 50], labels: ['under 0', '0 to 25', '25 to 50', 'over 50'], leftClosed: false },
  orders: { edges: [2, 5], labels: ['0-2', '3-5', 'over 5'], leftClosed: false },
};

/** What the catalogue would list of the tables as they stand, by plain counting. */
async function catalogue(engine: Engine): Promise<RuleContext> {
  const everyone = await all(engine);
  const tags = GENERATED.tags
    .filter((t) => t.entity === 'user')
    .map((made): TagInfo => {
      const t = { ...made, bands: CUTS[made.id] ?? made.bands };
      const found = new Set(everyone.flatMap((r) => (['note', 'signup_at'].includes(t.id) ? [] : valuesOf(t, r))));
      const names = t.bands ? t.bands.labels : [...found].sort();
      const values = names.map((value) => ({ value, n: countOf(t, value, everyone) }));
      const known = everyone.filter((r) => r[t.id] !== null).length;
      return { ...t, digest: `d-${t.id}`, values, distinct: values.length, known, universe: everyone.length, figures: figuresOf(t, everyone) };
    });
  return { ...GENERATED, tags, segments: SEGMENTS };
}
function figuresOf(t: TagInfo, of: Row[]): TagInfo['figures'] {
  if (!t.bands) return null;
  const x = numbersOf(t.id, of);
  return { min: Math.min(...x), q1: 0, median: median(x), q3: 0, max: Math.max(...x), mean: mean(x) };
}
async function keep(engine: Engine, ctx: RuleContext, counted: Segment[] = SEGMENTS): Promise<Moment> {
  const segments = Object.fromEntries(await Promise.all(counted.map(async (s) => [s.id, await segmentMoment(engine, s, ctx)] as const)));
  const universe = { user: ctx.tags[0]!.universe, product: 0 };
  return momentOf({ tags: ctx.tags, waiting: [], asOf: ctx.basis.asOf, universe, ms: 0 }, ['a.csv'], '2026-01-01T00:00:00.000Z', segments);
}
const request = (segment: Segment | null, since: Moment | null): ProfileRequest => ({
  entity: 'user',
  segment,
  baseline: { kind: 'snapshot' },
  weight: 'users',
  since,
});
const members = (engine: Engine, s: Segment, ctx: RuleContext): Promise<Row[]> => all(engine, `u IN (${membersSql(s, ctx)})`);

onBoth('a segment against itself at the last snapshot', (engine) => {
  beforeEach(() => loadGenerated(engine()));

  it('is kept as counts of just the values that are kept of everyone, by SQL and by index alike', async () => {
    const ctx = await catalogue(engine());
    const index = new Evaluator(await fillTable(engine(), 'user', ctx.tags), engine());
    const moment = await keep(engine(), ctx);
    expect(moment.segments!['few']).toEqual({ digest: await meaningOf(SEGMENTS[2]!, ctx), tooFew: true });
    for (const s of SEGMENTS) {
      const made = moment.segments![s.id]!;
      expect(await segmentMomentBy(index, s, ctx)).toEqual(made);
      if ('tooFew' in made) continue;
      const here = await members(engine(), s, ctx);
      expect(made.n).toBe(here.length);
      // Figures of numbers, and of nothing else.
      expect(Object.keys(made.middles!)).toEqual(['age', 'orders', 'monetary']);
      for (const [id, [middle, average]] of Object.entries(made.middles!)) {
        expect(middle, id).toBeCloseTo(median(numbersOf(id, here)), 6);
        expect(average, id).toBeCloseTo(mean(numbersOf(id, here)), 6);
      }
      expect(Object.keys(made.tags)).toEqual(['gender', 'age', 'city', 'lifecycle', 'orders', 'monetary', 'brands', 'has_returned']);
      for (const [id, counts] of Object.entries(made.tags)) {
        const tag = ctx.tags.find((t) => t.id === id)!;
        const values = moment.tags.find((t) => t.id === id)!.values.map(([v]) => v);
        expect(counts, id).toEqual([here.filter((r) => r[id] !== null).length, ...values.map((v) => countOf(tag, v, here))]);
      }
    }
  });

  it('counts both as they were and as they are, and what is in its rule is a finding too', async () => {
    const before = await catalogue(engine());
    const [often, women] = SEGMENTS as [Segment, Segment];
    const since = await keep(engine(), before);
    const then = await members(engine(), women, before);
    await engine().exec(`DELETE FROM user_tags WHERE u % 5 = 2 AND age < 35`);
    await engine().exec(`UPDATE user_tags SET city = 'New Town' WHERE u % 4 = 1`);
    await engine().exec(`UPDATE user_tags SET orders = orders + 3`);
    const ctx = await catalogue(engine());
    const made = await profileOf(engine(), request(women, since), ctx);
    const now = await members(engine(), women, ctx);
    expect(made).toMatchObject({
      n: now.length,
      baseline: { n: then.length, title: 'its members at the last snapshot' },
      tooFew: false,
      weight: 'users',
    });
    expect(made.tags.map((t) => t.id).sort()).toEqual(['age', 'brands', 'city', 'gender', 'has_returned', 'lifecycle', 'monetary', 'orders']);
    expect(made.tags.some((t) => t.inRule)).toBe(false);
    let shown = 0;
    for (const tag of made.tags) {
      const info = ctx.tags.find((t) => t.id === tag.id)!;
      expect([tag.n, tag.N], tag.id).toEqual([now, then].map((of) => of.filter((r) => r[tag.id] !== null).length));
      for (const c of tag.cells) {
        const [a, K] = [countOf(info, c.value, now), countOf(info, c.value, then)];
        expect(c.hidden, `${tag.id} ${c.value}`).toBe([a, K].some((n) => n > 0 && n < ctx.basis.k));
        if (c.hidden) continue;
        shown++;
        expect([c.a, c.K], `${tag.id} ${c.value}`).toEqual([a, K]);
      }
    }
    expect(shown).toBeGreaterThan(10);
    // A town that nobody lived in then.
    const fresh = made.tags.find((t) => t.id === 'city')!.cells.find((c) => c.value === 'New Town')!;
    expect([fresh.K, fresh.a]).toEqual([
      0,
      countOf(
        ctx.tags.find((t) => t.id === 'city')!,
        'New Town',
        now,
      ),
    ]);
    expect((await profileOf(engine(), { ...request(often, since), weight: 'revenue' }, ctx)).weight).toBe('users');

    // Medians as they are and were; three orders more each is a difference, by the bands of then.
    const numbers = (id: string, of = made) => of.tags.find((t) => t.id === id)!.numbers!;
    for (const id of ['age', 'orders', 'monetary']) {
      expect(numbers(id).median, id).toBeCloseTo(median(numbersOf(id, now)), 6);
      expect(numbers(id).baseMedian, id).toBeCloseTo(median(numbersOf(id, then)), 6);
    }
    const whole = await profileOf(engine(), request(null, since), ctx);
    expect(numbers('orders', whole)).toMatchObject({ median: median(numbersOf('orders', await all(engine()))), size: 'small' });
    expect(numbers('orders', whole).delta).toBeGreaterThan(0);
    expect(numbers('orders', whole).q).toBeLessThan(0.001);
    expect(numbers('monetary', whole).q).toBeGreaterThan(0.05);
    // Means per member, and revenue over orders, beside those of then.
    const figure = (id: string) => made.figures.find((f) => f.id === id)!;
    for (const [id, of] of [['monetary', now], ['orders', now]] as const) expect(figure(id).value).toBeCloseTo(mean(numbersOf(id, of)), 6); // prettier-ignore
    for (const id of ['monetary', 'orders']) expect(figure(id).base, id).toBeCloseTo(mean(numbersOf(id, then)), 6);
    const sum = (id: string): number => numbersOf(id, then).reduce((t, v) => t + v, 0);
    expect(figure('aov').base).toBeCloseTo(sum('monetary') / sum('orders'), 6);
  });

  it('finds nothing where nothing has changed', async () => {
    const ctx = await catalogue(engine());
    const made = await profileOf(engine(), request(SEGMENTS[0]!, await keep(engine(), ctx)), ctx);
    expect(made.clear).toBe(0);
    expect(made.tags.every((t) => t.D === 0 && t.cells.every((c) => c.hidden || (c.tgi !== null && Math.abs(c.tgi - 100) < 1e-9)))).toBe(true);
  });

  it('is refused with a sentence where it was not there, was too small, or meant something else', async () => {
    const ctx = await catalogue(engine());
    const [often, women, few] = SEGMENTS as [Segment, Segment, Segment];
    const since = await keep(engine(), ctx, [women, few]);
    const refused = (s: Segment, at: Moment | null, over = ctx) =>
      profileOf(engine(), request(s, at), over).then(
        () => null,
        (e: { code: string; message: string; next: string }) => [e.code, e.message, e.next !== ''],
      );
    expect(await refused(often, null)).toMatchObject(['NEEDS_MISSING', expect.stringContaining('no snapshot'), true]);
    expect(await refused(often, since)).toMatchObject(['NEEDS_MISSING', expect.stringContaining('no figures of “Often”'), true]);
    const { segments: _none, ...old } = since;
    // A moment of before, without figures: the picture stands, numbers have nothing beside them.
    const { middles: _gone, ...counts } = since.segments!['women'] as Extract<SegmentMoment, { n: number }>;
    const bare = await profileOf(engine(), request(women, { ...since, segments: { women: counts } }), ctx);
    expect(bare.tags.length).toBeGreaterThan(0);
    expect(bare.tags.every((t) => t.numbers === null)).toBe(true);
    expect(bare.figures.every((f) => f.base === null)).toBe(true);
    expect(await refused(women, old)).toMatchObject(['NEEDS_MISSING', expect.stringContaining('no figures of “Women”'), true]);
    expect(await refused(few, since)).toMatchObject(['TOO_FEW', expect.stringContaining('too few members'), true]);
    // The rule itself stands, the segment that it names does not.
    const segments = [{ ...often, rule: { tag: 'orders', gte: 6 } } as Segment, women, few];
    expect(await refused(women, since, { ...ctx, segments })).toMatchObject(['PARAM_INVALID', expect.stringContaining('means something else'), true]);
    // A document of before, held against everyone, as ever.
    expect((await profileOf(engine(), request(null, old), ctx)).n).toBe(ctx.tags[0]!.universe);
  });
});

describe('what a segment means', () => {
  const ctx = { ...GENERATED, segments: SEGMENTS };
  const [often, women, , top] = SEGMENTS as [Segment, Segment, Segment, Segment];
  const digest = (s: Segment, over: Partial<RuleContext> = {}) => meaningOf(s, { ...ctx, ...over });
  it('is not its name, its id, or what was seen of it', async () =>
    expect(await digest({ ...often, id: 'x', name: 'Other', seen: { n: 3, tags: {} } })).toBe(await digest(often)));
  it('is its rule, its limit, the segments it names and the tags it uses', async () => {
    const tags = (id: string): TagInfo[] => ctx.tags.map((t) => (t.id === id ? { ...t, digest: 'other' } : t));
    const all = await Promise.all([
      digest(women),
      digest({ ...women, rule: { tag: 'orders', gte: 5 } }),
      digest({ ...women, limit: { top: 9, by: 'age' } }),
      digest(women, { segments: [{ ...often, rule: { tag: 'orders', gte: 4 } }, women] }),
      digest(women, { tags: tags('orders') }),
      digest(women, { basis: { ...ctx.basis, zone: 'Asia/Tokyo' } }),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(await digest(women, { tags: tags('city') })).toBe(all[0]);
    expect(await digest(top, { tags: tags('monetary') })).not.toBe(await digest(top));
  });
  it('ends where segments name each other in a circle', async () => {
    const circle: Segment[] = [
      { id: 'a', name: 'A', rule: { segment: 'b' } },
      { id: 'b', name: 'B', rule: { segment: 'a' } },
    ];
    expect(await digest(circle[0]!, { segments: circle })).toMatch(/^[0-9a-f]{12}$/);
  });
});
