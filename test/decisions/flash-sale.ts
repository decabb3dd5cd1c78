import { beforeAll, expect, it } from 'vitest';
import type { Basis } from '../../src/core/settings.ts';
import type { ChannelMixAnswer } from '../../src/decisions/channel-mix-types.ts';
import type { StudioApi } from '../../src/project/studio-api.ts';

/** The planted truth: young women come, and want fashion and beauty (public/demo/TRUTHS.md). */
export function findsTheSale(on: () => { studio: StudioApi; basis: Basis }): void {
  let studio: StudioApi;
  let basis: Basis;
  let answer: ChannelMixAnswer;
  const request = { id: 'channel-mix', params: {}, segment: null, baseline: null };
  beforeAll(async () => {
    ({ studio, basis } = on());
    answer = (await studio.analyse(request, [], basis, 't')).answer as ChannelMixAnswer;
  }, 300_000);

  it('finds the sale and who comes', () => {
    expect(answer.channel).toBe('flash sale');
    const young = answer.audience.filter((s) => s.gender === 'female' && ['18-24', '25-34'].includes(s.age));
    const share = (of: 'channelShare' | 'shopShare') => young.reduce((t, s) => t + s[of], 0);
    expect(share('channelShare')).toBeGreaterThan(1.5 * share('shopShare'));
  });
  it('carries more fashion and beauty than the shop-wide choice, and claims no gain that could be chance', () => {
    const n = (of: 'here' | 'shop') => answer.categories.filter((c) => ['Fashion', 'Beauty'].includes(c.category)).reduce((t, c) => t + c[of], 0);
    expect(n('here')).toBeGreaterThan(n('shop'));
    // In 90 days the gain's interval holds 0: the title must say so.
    expect([answer.gain.lo < 0, answer.gain.hi > 0]).toEqual([true, true]);
    expect(answer.title).toBe('No clear difference from the shop-wide choice for flash sale');
    expect(answer.chosen).toHaveLength(14);
  });
  it('predicts the last weeks of the sale better than best-sellers', () => {
    const by = Object.fromEntries(answer.exam!.methods.map((m) => [m.id, m]));
    expect(by['audience']!.correlation).toBeGreaterThan(by['bestsellers']!.correlation);
    expect(by['audience']!.profit).toBeGreaterThan(by['bestsellers']!.profit);
    expect(answer.exam!.verdict).toBe('better');
  });
  it('is carried by the audience, with best-sellers beside it under their name, and is answered from memory when asked again', async () => {
    expect(answer.lead).toBe('audience');
    expect(answer.bestsellers).toHaveLength(14);
    expect((await studio.analyse(request, [], basis, 't')).answer).toBe(answer);
  });
  it('takes the audience of a medium', async () => {
    const medium = answer.choices!['medium']![0]!;
    const other = (await studio.analyse({ ...request, params: { medium, visits: 3000 } }, [], basis, 't')).answer as ChannelMixAnswer;
    expect([other.from, other.verdict.status, other.chosen.length]).toEqual(['medium', 'weak', 14]);
    expect(other.audience.reduce((t, s) => t + s.channelShare, 0)).toBeCloseTo(1, 9);
  });
  it('exports the list, and opens the people of a segment', async () => {
    const file = await studio.export({ what: 'analysis', request, table: 'carry', format: 'csv', guard: true }, [], basis, 't');
    expect(new TextDecoder().decode(file.bytes).split('\n')[0]).toContain('product_id,name,category,quantity');
    expect(file.rows).toBe(14);
    const first = answer.audience.find((s) => !s.hidden && s.gender !== 'unknown' && s.age !== 'unknown')!;
    const found = (await studio.people(request, { gender: first.gender, age: first.age }, [], basis, 't'))!;
    expect((await studio.size({ rule: found.rule }, [], basis, 't')).n).toBe(first.channel);
  });
}
