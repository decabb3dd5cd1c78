import { beforeAll, expect, it } from 'vitest';
import type { ProfileRequest } from '../../src/core/profile.ts';
import type { Segment } from '../../src/core/rule.ts';
import { MATRIX } from '../../src/core/assortment.ts';
import { assortment } from '../../src/profiles/assortment.ts';
import { loadBoard, membersOf, onBoard, UNKNOWN } from '../../src/profiles/board.ts';
import { compare, type PairOptions } from '../../src/profiles/compare.ts';
import { comparison } from '../../src/profiles/comparison.ts';
import { tagsInRule } from '../../src/profiles/in-rule.ts';
import { personal } from '../../src/profiles/personal.ts';
import { profile } from '../../src/profiles/profile.ts';
import { similar } from '../../src/profiles/similar.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { membersSql } from '../../src/segments/sql.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, FIXTURE, loadShop } from '../tags/fixture.ts';

const RECENT: Segment = { id: 'recent', name: 'Recent buyers', rule: { did: { event: 'purchase', within: { last: [30, 'day'] } } } };
const BUYERS: Segment = { id: 'buyers', name: 'Buyers', rule: { did: { event: 'purchase' } } };
const SHOES: Segment = { id: 'shoes', name: 'Shoes', entity: 'product', rule: { tag: 'category', startsWith: 'Shoes/' } };
const LYON: Segment = { id: 'lyon', name: 'Lyon', rule: { tag: 'city', is: 'Lyon' } };
const WOMEN: Segment = { id: 'women', name: 'Women', rule: { tag: 'gender', is: 'female' } };
const round = (x: number | null | undefined, digits: number) => (x === null || x === undefined ? x : +x.toFixed(digits));

onBoth('profile of the fixture', (engine) => {
  let ctx: RuleContext;
  beforeAll(async () => {
    const facts = await loadShop(engine(), FIXTURE);
    const catalogue = await computeTags(engine(), facts, BASIS);
    ctx = { tags: catalogue.tags, facts, basis: BASIS, segments: [RECENT, BUYERS, SHOES] };
  });
  const run = (over: Partial<ProfileRequest>, basis = BASIS) =>
    profile(engine(), { entity: 'user', segment: RECENT, baseline: { kind: 'everyone' }, weight: 'users', ...over }, { ...ctx, basis });
  const cell = async (over: Partial<ProfileRequest>, tag: string, value: string) =>
    (await run({ tags: [tag], ...over })).tags[0]!.cells.find((c) => c.value === value)!;

  it('members by the real tags', async () => {
    const frame = await engine().query(`SELECT user_id FROM user_ids WHERE u IN (${membersSql(RECENT, ctx)}) ORDER BY u`);
    expect(Array.from(frame.columns[0]!)).toEqual(['u1', 'u2', 'u6']);
  });
  it('gender female: TGI 175 [102.31, 299.33], Fisher p .4286: the interval excludes 100, the test does not reject', async () => {
    const c = await cell({}, 'gender', 'female');
    expect(c).toMatchObject({ a: 2, K: 4, share: 1, base: 4 / 7, clear: false });
    expect([round(c.tgi, 2), round(c.lo, 2), round(c.hi, 2), round(c.p, 4)]).toEqual([175, 102.31, 299.33, 0.4286]);
  });
  it('unknown members are in neither share', async () => {
    const gender = (await run({ tags: ['gender'] })).tags[0]!;
    expect([gender.n, gender.N, gender.unknown]).toEqual([2, 7, 1]);
  });
  it('everyone against everyone: TGI 100, nothing tested, D 0', async () => {
    const p = await run({ segment: null });
    expect([p.n, p.tested, p.clear]).toEqual([8, 0, 0]);
    for (const t of p.tags) {
      expect(t.D).toBe(0);
      for (const c of t.cells) expect(c.tgi).toBeCloseTo(100, 9);
    }
  });
  it('shares sum to one, of sets perhaps to more', async () => {
    const p = await run({});
    expect(p.tags.length).toBeGreaterThan(20);
    for (const t of p.tags.filter((x) => x.type !== 'set' && x.n > 0 && x.cells.length)) {
      expect(
        t.cells.reduce((s, c) => s + c.share, 0),
        t.id,
      ).toBeCloseTo(1, 9);
      expect(
        t.cells.reduce((s, c) => s + c.base, 0),
        t.id,
      ).toBeCloseTo(1, 9);
    }
  });
  it('cells under k are hidden, and a segment under k has no profile', async () => {
    const p = await run({ tags: ['city'] }, { ...BASIS, k: 3 });
    expect(p.tags[0]!.cells.map((c) => [c.value, c.hidden])).toEqual([
      ['Paris', false],
      ['Lyon', true],
      ['Nice', true],
    ]);
    expect((await run({ tags: ['city'] }, { ...BASIS, k: 4 })).tooFew).toBe(true);
    expect(await run({ segment: { id: 'x', name: 'x', rule: { any: [] } } })).toMatchObject({ n: 0, tags: [], tooFew: false });
  });
  it('another segment as baseline: inside it the rest is tested, beside it the two, apart without members of both', async () => {
    const inside = await cell({ baseline: { kind: 'segment', id: 'buyers' } }, 'city', 'Lyon');
    expect(inside).toMatchObject({ a: 2, K: 2, share: 2 / 3, base: 2 / 6 });
    // 2 of 3 against 0 of the 3 other buyers: Fisher 2 · (1/5) = .4.
    expect(inside.p).toBeCloseTo(0.4, 12);
    const lyon: Segment = { id: 'lyon', name: 'Lyon', rule: { tag: 'city', is: 'Lyon' } };
    const p = await profile(
      engine(),
      { entity: 'user', segment: lyon, baseline: { kind: 'segment', id: 'recent' }, weight: 'users', tags: ['gender'] },
      ctx,
    );
    // u1 u2 u7 against u1 u2 u6; tested are u7 (male) and u6 (unknown): nothing known on one side.
    expect(p.tags[0]!.cells.find((c) => c.value === 'female')).toMatchObject({ a: 2, K: 2, share: 2 / 3, base: 1, p: null });
  });
  it('weighted by revenue', async () => {
    // Known gender among the recent: u1 200, u2 60; of all 200 + 60 + 118 + 132 + 80 + 0 + 0.
    const c = await cell({ weight: 'revenue' }, 'gender', 'female');
    expect(c.share).toBe(1);
    expect(c.base).toBeCloseTo(340 / 590, 12);
    expect(c.tgi).toBeCloseTo((100 * 590) / 340, 9);
    const lyon = await cell({ weight: 'revenue' }, 'city', 'Lyon');
    expect([lyon.share, lyon.lo, lyon.p]).toEqual([expect.closeTo(260 / 380, 12), null, null]);
    const nice = await cell({ weight: 'revenue' }, 'city', 'Nice');
    expect(nice.lo! < nice.tgi! && nice.tgi! < nice.hi!).toBe(true);
    // p1 = 120/380 of u1 u2 u6, p2 = 80/330 of the rest; variances of linearised ratios by hand.
    const [p1, p2] = [120 / 380, 80 / 330];
    const v1 = (1.5 * (200 ** 2 * p1 ** 2 + 60 ** 2 * p1 ** 2 + 120 ** 2 * (1 - p1) ** 2)) / 380 ** 2;
    const v2 = (1.25 * (118 ** 2 * p2 ** 2 + 132 ** 2 * p2 ** 2 + 80 ** 2 * (1 - p2) ** 2)) / 330 ** 2;
    const se = Math.sqrt(v1 / p1 ** 2 + v2 / p2 ** 2) * (330 / 710) * (p2 / (200 / 710));
    expect(nice.hi).toBeCloseTo(nice.tgi! * Math.exp(1.959963984540054 * se), 9);
  });
  it('figures per member with their share of the whole', async () => {
    const p = await run({});
    const money = p.figures.find((f) => f.id === 'monetary')!;
    expect([money.value, money.base, money.shareOfTotal]).toEqual([380 / 3, 710 / 8, 380 / 710].map((x) => expect.closeTo(x, 9)));
    expect(money.lo! < money.value! && money.value! < money.hi!).toBe(true);
    expect(p.figures.find((f) => f.id === 'aov')).toMatchObject({ value: expect.closeTo(380 / 9, 9), base: expect.closeTo(710 / 14, 9) });
  });
  it('products by the same code', async () => {
    const p = await run({ entity: 'product', segment: SHOES });
    expect([p.n, p.universe, p.baseline.title]).toEqual([3, 6, 'all products']);
    expect(p.tags.find((t) => t.id === 'brand')!.cells.find((c) => c.value === 'Alto')).toMatchObject({ a: 2, K: 2, share: 2 / 3, base: 2 / 6 });
    expect(p.tags.find((t) => t.id === 'category')!.inRule).toBe(true);
    expect(p.figures[0]).toMatchObject({ id: 'revenue', shareOfTotal: expect.closeTo((232 + 216 + 90) / 710, 6) });
  });
  it('tags that say what the rule says are marked, not called findings', async () => {
    const p = await run({ segment: { id: 'x', name: 'x', rule: { all: [{ segment: 'buyers' }, { tag: 'age_band', is: '25-34' }] } } });
    const marked = p.tags.filter((t) => t.inRule).map((t) => t.id);
    expect(marked).toEqual(expect.arrayContaining(['age', 'age_band', 'orders', 'buyer_status']));
    expect(marked).not.toContain('city');
    // Recency decides the lifecycle and orders the purchase days: what an RFM group is made of is said in those words too.
    const rfm = tagsInRule({ rule: { tag: 'rfm_group', is: 'champion' } }, ctx);
    expect([...rfm]).toEqual(expect.arrayContaining(['recency', 'orders', 'lifecycle', 'lifecycle_personal', 'purchase_days', 'buyer_status']));
    expect(rfm.has('monetary')).toBe(false);
  });

  const pairs = (a: Segment, b: Segment, options: PairOptions) => compare(engine(), a, b, ctx, {}, options);
  it('of two it has the shares of compare; every pair counts who is in both', async () => {
    const c = await comparison(pairs, [LYON, BUYERS], ctx);
    const { profile, both } = await compare(engine(), LYON, BUYERS, ctx);
    expect(c.both[0]![1]).toBe(both);
    const d = c.differences.find((x) => x.tag === 'gender' && x.value === 'female')!;
    const cell = profile.tags.find((t) => t.id === 'gender')!.cells.find((x) => x.value === 'female')!;
    expect([d.shares[0]!.share, d.shares[1]!.share]).toEqual([cell.share, cell.base]);
    expect(d.diff).toBeGreaterThanOrEqual(0);
    expect(d.lo <= d.diff && d.diff <= d.hi).toBe(true);
  });
  it('three: a share each, the tags of any rule left out, figures of each', async () => {
    const c = await comparison(pairs, [LYON, WOMEN, BUYERS], ctx);
    expect(c.segments.map((s) => s.n)).toEqual([3, 4, 6]);
    expect(c.segments.every((s) => s.figures.length > 0)).toBe(true);
    expect(c.differences.some((d) => d.tag === 'gender' || d.tag === 'city')).toBe(false);
    expect(c.differences.every((d) => d.shares.length === 3)).toBe(true);
    await expect(comparison(pairs, [LYON], ctx)).rejects.toMatchObject({ code: 'USAGE' });
  });
  it('the board holds what the tags hold', async () => {
    const tags = ctx.tags.filter((t) => t.entity === 'user' && onBoard(t));
    const board = await loadBoard(engine(), 'user', tags, true);
    const city = board.tags.find((t) => t.id === 'city')!;
    expect(Array.from(city.codes, (c) => (c === UNKNOWN ? null : city.values[c]))).toEqual([
      'Lyon',
      'Lyon',
      'Paris',
      'Paris',
      'Nice',
      'Nice',
      'Lyon',
      'Paris',
    ]);
    const gender = board.tags.find((t) => t.id === 'gender')!;
    expect(gender.codes[5]).toBe(UNKNOWN);
    const age = board.tags.find((t) => t.id === 'age')!;
    expect(age.numbers![6]).toBeNaN();
    expect(Array.from(await membersOf(engine(), 'user', LYON, ctx))).toEqual([1, 1, 0, 0, 0, 0, 1, 0]);
  });

  it('who is most alike: never oneself, from 0 to 1, nearest first, with what few others have', async () => {
    const s = await similar(engine(), 'user', 'u3', ctx);
    expect(s.tags).toBeGreaterThan(20);
    expect(s.members.map((m) => m.id)).not.toContain('u3');
    const scores = s.members.map((m) => m.similarity);
    expect(scores.every((x, i) => x >= 0 && x <= 1 && (i === 0 || x <= scores[i - 1]!))).toBe(true);
    // u4 is a man of Paris who buys, as u3 is.
    expect(s.members[0]!.id).toBe('u4');
    const p = await similar(engine(), 'product', 'p4', ctx);
    expect(p.members.map((m) => m.id)).not.toContain('p4');
    expect(await personal(engine(), 'u1', ctx)).toEqual([{ field: 'birth_date', value: '1990-07-01' }]);
  });

  it('products together: roll-ups add up to all revenue, the matrix to the products with both classes, buyers counted once per value', async () => {
    const all = await assortment(engine(), null, ctx);
    expect(all.n).toBe(6);
    const brand = all.rollUps.find((r) => r.tag === 'brand')!.rows;
    const alto = brand.find((r) => r.value === 'Alto')!;
    // p1 232 and p2 216 of 710; 60 of p2 came back, one piece of the 7 sold.
    expect([alto.products, alto.revenue, round(alto.revenueShare, 4), round(alto.returnRate, 4)]).toEqual([2, 448, 0.631, 0.1429]);
    expect(brand.reduce((s, r) => s + r.revenueShare!, 0)).toBeCloseTo(1, 9);
    expect(all.matrix.map((g) => [g.abc, g.xyz, g.n])).toEqual([
      ['A', 'X', 1],
      ['A', 'Z', 3],
    ]);
    expect([all.buyers, all.allBuyers]).toEqual([6, 6]);
    const shoes = await assortment(engine(), SHOES, ctx);
    const device = shoes.sold.find((t) => t.id === 'line:device')!;
    expect([shoes.n, shoes.buyers, device.N]).toEqual([3, 6, 6]);
    expect(device.cells.every((c) => c.a <= c.K)).toBe(true);
  });

  it('products together, brushed: each chart is narrowed by the others, and none by itself', async () => {
    const all = await assortment(engine(), null, ctx);
    const rows = (a: typeof all, tag: string): [string, number][] => a.rollUps.find((r) => r.tag === tag)!.rows.map((r) => [r.value, r.products]);
    const brand = { tag: 'brand', rule: { tag: 'brand', is: 'Alto' } };
    const byBrand = await assortment(engine(), null, ctx, {}, [brand]);
    expect(rows(byBrand, 'brand')).toEqual(rows(all, 'brand'));
    expect(byBrand.n).toBe(2);
    expect(byBrand.matrix.reduce((s, g) => s + g.n, 0)).toBe(2);
    expect(byBrand.buyers).toBeLessThanOrEqual(all.buyers);
    // One cell of the matrix: the roll-ups follow, the matrix stays whole; both brushed narrow each other.
    const cell = { tag: MATRIX, rule: { all: [{ tag: 'abc', is: 'A' }, { tag: 'xyz', is: 'X' }] } }; // prettier-ignore
    const byCell = await assortment(engine(), null, ctx, {}, [cell]);
    expect(byCell.matrix).toEqual(all.matrix);
    expect(rows(byCell, 'brand').reduce((s, [, n]) => s + n, 0)).toBeLessThanOrEqual(1);
    const both = await assortment(engine(), null, ctx, {}, [brand, cell]);
    expect(both.matrix).toEqual(byBrand.matrix);
    expect(rows(both, 'brand')).toEqual(rows(byCell, 'brand'));
    const shoes = await assortment(engine(), SHOES, ctx, {}, [brand]);
    expect(rows(shoes, 'brand')).toEqual(rows(await assortment(engine(), SHOES, ctx), 'brand'));
    expect(shoes.n).toBeLessThanOrEqual(2);
  });
});
