import { beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisContext, Params } from '../../src/core/analysis.ts';
import { mediumWeights, typedWeights } from '../../src/decisions/audience-mix.ts';
import { channelMix } from '../../src/decisions/channel-mix.ts';
import { flatModel, type DemandModel } from '../../src/decisions/demand-model.ts';
import { runAnalysis } from '../../src/engine/run.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { missing } from '../../src/tags/needs.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, FIXTURE, loadShop } from '../tags/fixture.ts';

/** What the decision says where it has little or nothing to say, on the small shop of the definitions. */
onBoth('channel mix of a small shop', (engine) => {
  let ctx: AnalysisContext;
  const load = async (shop: typeof FIXTURE): Promise<AnalysisContext> => {
    const facts = await loadShop(engine(), shop);
    return { facts, basis: BASIS, tags: (await computeTags(engine(), facts, BASIS)).tags, here: null, base: null };
  };
  beforeAll(async () => void (ctx = await load(FIXTURE)));
  const ask = async (params: Params, on = ctx) =>
    runAnalysis(engine(), channelMix, { window: 400, slots: 2, ...params }, on, (n) => missing(on.facts, n));

  it('counts who came, and says that it could not be examined', async () => {
    const { answer } = await ask({ channel: 'search' });
    expect(answer.verdict).toMatchObject({ status: 'weak', why: 'Too little was sold in the channel lately to examine this choice.' });
    expect(answer.lead).toBe('audience');
    expect(answer.choices!['channel']).toContain('ads');
    expect(answer.audience.reduce((t, s) => t + s.channel, 0)).toBe(answer.visits);
  });
  it.each([
    [{ channel: 'nobody' }, 'Nobody came through nobody in the window.'],
    [{ medium: 'paper' }, 'Nothing is known of the audience of paper.'],
    [{ mix: 'martian: 3' }, 'There is no “martian” among the genders and ages of this data.'],
    [{ mix: 'female' }, '“female” is no share.'],
    [{ mix: 'female: 1, female 25-34: 2' }, 'Give either pairs of gender and age, or each alone.'],
  ])('refuses %o', async (params, why) => {
    const { answer, tables } = await ask(params);
    expect(answer.verdict).toMatchObject({ status: 'refused', why });
    expect(answer.verdict.next).not.toBe('');
    expect(tables[0]!.rows).toEqual([]);
  });
  it('a typed audience gives a ranking without quantities, and with the visitors expected quantities too', async () => {
    const { answer, tables } = await ask({ mix: 'female: 70, male: 30' });
    expect([answer.from, answer.visits, answer.exam]).toEqual(['typed', null, null]);
    expect(answer.chosen.length).toBeGreaterThan(0);
    expect(tables[0]!.rows.every((r) => r[3] === null)).toBe(true);
    const known = (await ask({ mix: 'female: 70, male: 30', visits: 5000 })).answer;
    expect(known.chosen.every((i) => i.q > 0)).toBe(true);
    expect(channelMix.people({}, known as never, ctx, known)).toBeNull();
  });
  it('says what stands in the way: no channel, no cost', async () => {
    const events = { ...ctx.facts.tables.events!, columns: ctx.facts.tables.events!.columns.filter((c) => c.name !== 'channel') };
    const none = { ...ctx, facts: { ...ctx.facts, tables: { ...ctx.facts.tables, events } } };
    expect((await ask({}, none)).answer.verdict.why).toBe('No event says its channel.');
    expect((await ask({ mix: 'female: 1' }, none)).answer.verdict.status).toBe('weak');
    const costless = await load({ ...FIXTURE, products: FIXTURE.products.map((p) => p.map((c, i) => (i === 6 ? null : c))) });
    expect((await ask({ channel: 'search' }, costless)).answer.verdict.why).toBe('No product sold in the window has a price and a cost.');
  });
});

describe('who comes', () => {
  const segments = [
    ['female', '18-24', 20],
    ['female', '25-34', 20],
    ['male', '18-24', 45],
    ['male', '25-34', 15],
  ].map(([g, a, shop]) => ({ key: `${g} ${a}`, g: String(g), a: String(a), shop: Number(shop), channel: 0, buyers: 200 }));
  it.each([
    ['female 18-24: 45, female 25-34: 30; male + 18-24 = 15 %, male/25-34: 10', [0.45, 0.3, 0.15, 0.1]],
    ['Female: 60, male: 40, 18-24: 50, 25-34: 50', [0.3, 0.3, 0.2, 0.2]],
    // Ages within a gender are the shop's own.
    ['female: 60, male: 40', [0.3, 0.3, 0.3, 0.1]],
    ['female 18-24: 2', [1, 0, 0, 0]],
  ])('%s', (text, want) => (typedWeights(text, segments) as number[]).forEach((w, i) => expect(w).toBeCloseTo(want[i]!, 12)));
  it('a medium by its mix columns', () => {
    const row = { medium: 'x', 'mix:gender=Female': 0.6, 'mix:gender=male': 0.4, 'mix:city=Lyon': 1 };
    mediumWeights(row, segments)!.forEach((w, i) => expect(w).toBeCloseTo([0.3, 0.3, 0.3, 0.1][i]!, 12));
    expect(mediumWeights({ 'mix:city=Lyon': 1 }, segments)).toBeNull();
  });
  it('best-sellers are the same products as if all were alike', () => {
    const product = {
      p: 0,
      id: 'a',
      name: 'a',
      category: 'c',
      price: 2,
      cost: 1,
      stock: null,
      lambda: [1, 2, 3, 4],
      spread: 1,
      units: 30,
      perBuyer: 1.5,
    };
    const model: DemandModel = { segments, unpriced: 0, products: [{ ...product, posterior: segments.map(() => ({ shape: 1, rate: 1 })) }] };
    expect(flatModel(model).products[0]).toMatchObject({ lambda: [300], posterior: [{ shape: 20, rate: 100 }] });
  });
});
