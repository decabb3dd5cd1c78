import { beforeAll, describe, expect, it } from 'vitest';
import { guardFormula } from '../../src/core/formula-guard.ts';
import { rows } from '../../src/core/frame.ts';
import type { Segment } from '../../src/core/rule.ts';
import { card } from '../../src/profiles/card.ts';
import { compare } from '../../src/profiles/compare.ts';
import { profileRows, profileRowsSql, type ProfileRow } from '../../src/profiles/export.ts';
import { flat, members } from '../../src/profiles/members.ts';
import { profile } from '../../src/profiles/profile.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, FIXTURE, loadShop } from '../tags/fixture.ts';

const BUYERS: Segment = { id: 'buyers', name: 'Buyers', rule: { did: { event: 'purchase' } } };
const LYON: Segment = { id: 'lyon', name: 'Lyon', rule: { tag: 'city', is: 'Lyon' } };
const BAD: Segment = { id: 'bad', name: 'Bad', rule: { tag: 'nope', is: 'x' } };
const FILES = ['users.csv', 'products.csv', 'edges.csv', 'events.csv'].map((name) => ({ name }));

onBoth('rows about members', (engine) => {
  let ctx: RuleContext;
  beforeAll(async () => {
    const facts = await loadShop(engine(), FIXTURE);
    ctx = { tags: (await computeTags(engine(), facts, BASIS)).tags, facts, basis: BASIS, segments: [BUYERS, LYON, BAD] };
  });

  it('a page of members, sorted, unknown last', async () => {
    const page = await members(
      engine(),
      BUYERS,
      { tags: ['city', 'age', 'monetary'], sort: { by: 'monetary', dir: 'desc' }, offset: 1, limit: 2 },
      ctx,
    );
    expect(page).toEqual({
      n: 6,
      columns: ['user_id', 'city', 'age', 'monetary'],
      rows: [
        ['u4', 'Paris', 36, 132],
        ['u6', 'Nice', 64, 120],
      ],
    });
    const all = await members(engine(), { rule: { all: [] } }, { tags: ['age'], sort: { by: 'age', dir: 'asc' }, offset: 0, limit: 99 }, ctx);
    expect(all.rows.at(-1)).toEqual(['u7', null]);
    expect(await members(engine(), { rule: { any: [] } }, { tags: ['replenish_due'], sort: null, offset: 0, limit: 5 }, ctx)).toMatchObject({
      n: 0,
      rows: [],
    });
    await expect(members(engine(), BUYERS, { tags: ['nope'], sort: null, offset: 0, limit: 1 }, ctx)).rejects.toMatchObject({
      code: 'RULE_UNKNOWN_TAG',
    });
  });
  it('products with their names', async () => {
    const page = await members(
      engine(),
      { id: 's', name: 's', entity: 'product', rule: { tag: 'brand', is: 'Alto' } },
      { tags: ['name', 'brand'], sort: null, offset: 0, limit: 9 },
      ctx,
    );
    expect(page.rows).toEqual([
      ['p1', 'Trail runner', 'Alto'],
      ['p2', 'City sneaker', 'Alto'],
    ]);
  });
  it('the card of a user: tags with place and reason, events newest first with their line, segments', async () => {
    const u1 = await card(engine(), 'user', 'u1', ctx, FILES);
    expect([u1.id, u1.title, u1.eventsTotal, u1.segments]).toEqual(['u1', 'u1', 9, ['Buyers', 'Lyon']]);
    expect(u1.events[0]).toEqual({
      at: '2024-06-30 23:59:59',
      event: 'view',
      product: 'p4',
      productName: 'Ground coffee',
      category: 'Food/Coffee',
      amount: null,
      quantity: 1,
      order: null,
      device: 'mobile',
      channel: 'direct',
      occasion: expect.any(Number),
      file: 'events.csv',
      line: 33,
    });
    expect(u1.events[1]).toMatchObject({ event: 'purchase', product: 'p1', amount: 80, order: 'o13', file: 'events.csv', line: 23 });
    const spend = u1.tags.find((t) => t.id === 'monetary')!;
    // Highest of 8: mid-percentile (7 + ½) / 8.
    expect([spend.value, spend.position]).toEqual([200, 7.5 / 8]);
    expect(spend.why).toContain('Higher than');
    expect(u1.tags.find((t) => t.id === 'recency')).toMatchObject({ value: 28, band: expect.any(String) });
    expect(
      flat([
        { value: 'Food', share: 0.6 },
        { value: 'Shoes', share: 0.4 },
      ]),
    ).toBe('Food 60 %, Shoes 40 %');
    expect(flat(['p1', 'p2'])).toBe('p1, p2');
    const u8 = await card(engine(), 'user', 'u8', ctx, FILES);
    expect([u8.events, u8.eventsTotal, u8.segments]).toEqual([[], 0, []]);
    expect(u8.tags.find((t) => t.id === 'recency')!.why).toMatch(/^Unknown\./);
    await expect(card(engine(), 'user', "u'9", ctx, FILES)).rejects.toMatchObject({ code: 'USAGE' });
  });
  it('the card of a product', async () => {
    const p2 = await card(engine(), 'product', 'p2', ctx, FILES);
    expect([p2.title, p2.eventsTotal]).toEqual(['City sneaker', 8]);
    expect(p2.tags.find((t) => t.id === 'brand')!.value).toBe('Alto');
  });
  it('two segments: only, both, and TGI of one against the other', async () => {
    const c = await compare(engine(), LYON, BUYERS, ctx);
    expect([c.onlyA, c.onlyB, c.both, c.profile.baseline.title]).toEqual([1, 4, 2, 'Buyers']);
    const female = c.profile.tags.find((t) => t.id === 'gender')!.cells.find((x) => x.value === 'female')!;
    // Lyon: u1 u2 of u1 u2 u7; buyers: u1 u2 u5 of u1 u2 u3 u4 u5.
    expect(female.tgi).toBeCloseTo((100 * (2 / 3)) / (3 / 5), 9);
    expect(c.profile.tags.filter((t) => t.inRule).map((t) => t.id)).toEqual(expect.arrayContaining(['city', 'orders']));
    const same = await compare(engine(), LYON, LYON, ctx);
    expect([same.onlyA, same.onlyB, same.both, same.profile.tested]).toEqual([0, 0, 3, 0]);
  });
  it('by sales lines: the tag of the product, members as units', async () => {
    const p = await profile(
      engine(),
      { entity: 'user', segment: LYON, baseline: { kind: 'everyone' }, weight: 'lines', tags: ['brand', 'line:device'] },
      ctx,
    );
    const cima = p.tags.find((t) => t.id === 'brand')!.cells.find((c) => c.value === 'Cima')!;
    // Lyon's lines: u1 has 6 Cima, 1 Dulce, 1 Alto; u2 1 Alto, 1 Cima. All: 20 lines, 7 Cima.
    expect([cima.a, cima.K, cima.share, cima.base]).toEqual([2, 2, 0.7, 7 / 20]);
    const alto = p.tags.find((t) => t.id === 'brand')!.cells.find((c) => c.value === 'Alto')!;
    expect(alto.lo! < alto.tgi! && alto.tgi! < alto.hi! && alto.p! > 0).toBe(true);
    const device = p.tags.find((t) => t.id === 'line:device')!;
    expect(device.cells.reduce((s, c) => s + c.base, 0)).toBeCloseTo(1, 12);
  });
  it('the table of a profile as SQL', async () => {
    const p = await profile(
      engine(),
      { entity: 'user', segment: BUYERS, baseline: { kind: 'everyone' }, weight: 'users', tags: ['city', 'gender'] },
      ctx,
    );
    const frame = await engine().query(profileRowsSql(p, ctx));
    expect(rows<ProfileRow>(frame)).toEqual(profileRows(p, 1));
    expect((await engine().query(profileRowsSql({ ...p, tags: [] }, ctx))).n).toBe(0);
  });
});

describe('what leaves the app', () => {
  it('one hidden value takes the next smallest with it', async () => {
    const cell = (value: string, a: number, hidden = false) => ({
      value,
      a: hidden ? 0 : a,
      K: hidden ? 0 : 100,
      share: 0.1,
      base: 0.1,
      tgi: 100,
      lo: 90,
      hi: 110,
      p: 0.5,
      q: 0.5,
      clear: false,
      term: 0,
      hidden,
    });
    const tag = (cells: ReturnType<typeof cell>[], type: 'enum' | 'set' = 'enum') => ({
      id: 't',
      title: 'T',
      dimension: 'x',
      kind: 'static',
      type,
      unit: '',
      n: 50,
      N: 400,
      unknown: 0,
      cells,
      D: 0,
      inRule: false,
      numbers: null,
    });
    const p = {
      entity: 'user' as const,
      n: 50,
      universe: 400,
      baseline: { title: 'everyone', n: 400 },
      tags: [tag([cell('a', 30), cell('b', 17), cell('none', 0), cell('c', 3, true)])],
      figures: [],
      tested: 0,
      clear: 0,
      tooFew: false,
      weight: 'users' as const,
      asOf: '',
      sql: [],
      ms: 0,
    };
    const out = profileRows(p, 5);
    expect(out.map((r) => [r.value, r.members, r.hidden])).toEqual([
      ['a', 30, false],
      ['b', null, true],
      ['none', 0, false],
      ['c', null, true],
    ]);
    expect(
      out
        .filter((r) => r.hidden)
        .every((r) => [r.members, r.baseline_members, r.share, r.baseline_share, r.tgi, r.p, r.q, r.clear].every((x) => x === null)),
    ).toBe(true);
    const two = { ...p, tags: [tag([cell('a', 30), cell('b', 2, true), cell('c', 3, true)])] };
    expect(profileRows(two, 5).filter((r) => r.hidden)).toHaveLength(2);
    expect(profileRows({ ...p, tags: [tag([cell('a', 30), cell('c', 3, true)], 'set')] }, 5).filter((r) => r.hidden)).toHaveLength(1);
  });
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-x', "'-x"],
    ['@a', "'@a"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['a=b', 'a=b'],
    ['', ''],
    ["'=x", "'=x"],
  ])('formula guard: %j', (text, want) => expect(guardFormula(text)).toBe(want));
});
