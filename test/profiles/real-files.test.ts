import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Segment } from '../../src/core/rule.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { openFile } from '../../src/ingest/open.ts';
import { profile } from '../../src/profiles/profile.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { sizeOf } from '../../src/segments/size.ts';
import { computeTags, resolveBasis } from '../../src/tags/compute.ts';
import { DATA, hasData } from '../ingest/data.ts';

/** A published file through ingest and tags, as the app does it. */
async function load(engine: Engine, path: string): Promise<RuleContext> {
  const file = await openFile(engine, { name: path.split('/').at(-1)!, source: new Uint8Array(readFileSync(`${DATA}${path}`)) });
  const { facts } = await buildTables(engine, [file], await guessMapping(engine, [file]), DEFAULT_SETTINGS);
  const basis = resolveBasis(DEFAULT_SETTINGS, facts);
  return { tags: (await computeTags(engine, facts, basis)).tags, facts, basis, segments: [] };
}
const round = (x: number | null | undefined, digits: number) => (x === null || x === undefined ? x : +x.toFixed(digits));

describe.skipIf(!hasData)('online retail, champions by country', () => {
  let engine: Engine;
  let ctx: RuleContext;
  beforeAll(async () => {
    engine = await openNative();
    ctx = await load(engine, 'online_retail/online_retail.csv.gz');
  }, 600_000);
  afterAll(() => engine.close());
  const champions: Segment = { id: 'c', name: 'Champions', rule: { tag: 'rfm_group', is: 'champion' } };
  const country = async (weight: 'users' | 'revenue') =>
    (await profile(engine, { entity: 'user', segment: champions, baseline: { kind: 'everyone' }, weight, tags: ['country'] }, ctx)).tags[0]!;

  it('by users: more often French, but not clearly', async () => {
    const tag = await country('users');
    const of = (v: string) => tag.cells.find((c) => c.value === v)!;
    const france = of('France');
    expect(france).toMatchObject({ a: 19, K: 87, clear: false });
    expect([round(france.tgi, 2), round(france.lo, 2), round(france.hi, 2), round(france.p, 3), round(france.q, 3)]).toEqual([
      158.08, 106.84, 233.91, 0.028, 0.256,
    ]);
    expect([of('Germany').tgi, of('Germany').lo, of('Germany').hi].map((x) => round(x, 2))).toEqual([83.81, 48.33, 145.34]);
    expect(round(of('United Kingdom').tgi, 2)).toBe(101.15);
    expect(tag.cells.filter((c) => c.q !== null)).toHaveLength(9);
  });
  it('by revenue their money is not', async () => {
    const tag = await country('revenue');
    expect(['France', 'Germany', 'United Kingdom'].map((v) => round(tag.cells.find((c) => c.value === v)!.tgi, 2))).toEqual([74.25, 58.47, 99.78]);
  });
  it('rules count what the file holds', async () => {
    expect(await sizeOf(engine, champions, ctx)).toMatchObject({ n: 604, universe: 4372, revenue: expect.closeTo(4303871.89, 2) });
    expect((await sizeOf(engine, { rule: { did: { event: 'purchase', count: { gte: 1 } } } }, ctx)).n).toBe(4338);
    expect((await sizeOf(engine, { rule: { did: { event: 'purchase', count: { gte: 2 } } } }, ctx)).n).toBe(2845);
    expect((await sizeOf(engine, { rule: { didNot: { event: 'purchase' } } }, ctx)).n).toBe(34);
    const uk = { all: [{ tag: 'country', is: 'United Kingdom' }, { did: { event: 'purchase' } }] };
    expect((await sizeOf(engine, { rule: uk }, ctx)).n).toBe(3920);
  });
  it('the whole profile of everyone and of champions, products too', async () => {
    const all = await profile(engine, { entity: 'user', segment: champions, baseline: { kind: 'everyone' }, weight: 'users' }, ctx);
    expect(all.tags.length).toBeGreaterThan(30);
    expect(all.figures.find((f) => f.id === 'monetary')!.shareOfTotal).toBeCloseTo(4303871.89 / 8911407.9, 6);
    expect(all.tags.every((t) => t.cells.every((c) => c.hidden || (Number.isFinite(c.share) && Number.isFinite(c.base))))).toBe(true);
    const a: Segment = { id: 'a', name: 'Class A', entity: 'product', rule: { tag: 'abc', is: 'A' } };
    const products = await profile(engine, { entity: 'product', segment: a, baseline: { kind: 'complement' }, weight: 'users' }, ctx);
    expect([products.n, products.tags.find((t) => t.id === 'trend')!.inRule]).toEqual([777, false]);
    const lines = await profile(engine, { entity: 'user', segment: champions, baseline: { kind: 'everyone' }, weight: 'lines' }, ctx);
    expect(lines.tags.find((t) => t.id === 'abc')!.cells.reduce((s, c) => s + c.share, 0)).toBeCloseTo(1, 9);
  });
});

describe.skipIf(!hasData)('rules on users alone', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openNative();
  });
  afterAll(() => engine.close());
  it('bank: 819 managers with 5,000 or more and no loan', async () => {
    const ctx = await load(engine, 'bank/bank-full.csv');
    const rule = {
      all: [
        { tag: 'occupation', is: 'management' },
        { tag: 'deposit', gte: 5000 },
        { tag: 'attr:loan', is: 'no' },
      ],
    };
    expect((await sizeOf(engine, { rule: withBoolean(rule, ctx) }, ctx)).n).toBe(819);
  }, 300_000);
  it('telco: 1,124 with two years and no fibre, 540 with a partner alone', async () => {
    const ctx = await load(engine, 'telco/Telco-Customer-Churn.csv');
    const first = {
      all: [{ tag: 'attr:Contract', is: 'Two year' }, { not: { tag: 'attr:InternetService', is: 'Fiber optic' } }, { tag: 'tenure', gte: 24 }],
    };
    const second = {
      all: [
        { tag: 'attr:Partner', is: 'Yes' },
        { tag: 'attr:Dependents', is: 'No' },
        { tag: 'attr:MonthlyCharges', between: [30, 80] as [number, number] },
      ],
    };
    expect((await sizeOf(engine, { rule: withBoolean(first, ctx) }, ctx)).n).toBe(1124);
    expect((await sizeOf(engine, { rule: withBoolean(second, ctx) }, ctx)).n).toBe(540);
  }, 300_000);
});

/** Yes and no columns may have become booleans: the rule then says true and false. */
function withBoolean<T extends { all: object[] }>(rule: T, ctx: RuleContext): never {
  const one = (leaf: object): object => {
    const { tag, is } = leaf as { tag?: string; is?: string };
    return tag !== undefined && ctx.tags.find((t) => t.id === tag)?.type === 'boolean' ? { tag, is: /^y/i.test(is!) } : leaf;
  };
  return { all: rule.all.map(one) } as never;
}
