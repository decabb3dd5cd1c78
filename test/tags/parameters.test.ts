import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import { rows } from '../../src/core/frame.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { ageBandsOf, isDefault, parameterOf, stagesOf, stagesProblem } from '../../src/tags/parameters.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, FIXTURE, loadShop } from './fixture.ts';

describe('parameters', () => {
  it('belong to tags of the catalogue', () => {
    expect([parameterOf('lifecycle', 'user'), parameterOf('rfm_value', 'user'), parameterOf('orders', 'user')]).toEqual([
      'lifecycle',
      'rfmCut',
      null,
    ]);
    expect([parameterOf('age_band', 'user'), parameterOf('age_band', 'product')]).toEqual(['ageBands', null]);
    expect(isDefault('ageBands', DEFAULT_SETTINGS)).toBe(true);
    expect(isDefault('ageBands', { ...DEFAULT_SETTINGS, ageBands: [30] })).toBe(false);
  });
  it('are refused where they cannot be', () => {
    const stages = DEFAULT_SETTINGS.lifecycle;
    expect([stagesProblem(stages), stagesProblem({ ...stages, atRisk: 30 }), stagesProblem({ ...stages, new: 0 })]).toEqual([null, 'order', 'whole']);
    expect([ageBandsOf('18, 25;40'), ageBandsOf('25, 18'), ageBandsOf(''), ageBandsOf('18.5'), ageBandsOf('x')]).toEqual([
      [18, 25, 40],
      null,
      null,
      null,
      null,
    ]);
  });
});

onBoth('tags by other parameters', (engine) => {
  it('follow them, mean something else, and are proposed by the gaps of the data', async () => {
    const facts = await loadShop(engine(), FIXTURE);
    const plain = await computeTags(engine(), facts, BASIS);
    // Days between days with a purchase: five of u1, one each of u4, u3 and u6.
    const gaps = [30, 30, 30, 30, 30, 41, 70, 183].toSorted((x, y) => x - y);
    const at = (q: number): number => {
      const i = (gaps.length - 1) * q;
      const lo = Math.floor(i);
      return Math.floor(gaps[lo]! + (i - lo) * ((gaps[lo + 1] ?? gaps[lo]!) - gaps[lo]!) + 0.5);
    };
    expect(await stagesOf(engine(), { facts, basis: BASIS })).toEqual({ active: at(0.75), atRisk: at(0.9), dormant: at(0.95) });
    const basis = { ...BASIS, lifecycle: { new: 5, active: 60, atRisk: 100, dormant: 300 }, ageBands: [30, 60], rfmCut: 'median' as const };
    const other = await computeTags(engine(), facts, basis);
    const got = rows(await engine().query('SELECT user_id, lifecycle, age_band, rfm_value FROM user_tags ORDER BY u'));
    expect(got.map((r) => [r.user_id, r.lifecycle, r.age_band])).toEqual([
      ['u1', 'active', '30-59'],
      ['u2', 'active', 'under 30'],
      ['u3', 'at risk', '30-59'],
      ['u4', 'dormant', '30-59'],
      ['u5', 'dormant', 'under 30'],
      ['u6', 'returned', '60+'],
      ['u7', null, null],
      ['u8', null, 'under 30'],
    ]);
    // By the median half of the buyers have a plus in recency; by the mean fewer.
    expect(got.filter((r) => String(r.rfm_value).startsWith('+'))).toHaveLength(3);
    const digests = (c: typeof plain, id: string): string | undefined => c.tags.find((t) => t.id === id)!.digest;
    for (const id of ['lifecycle', 'age_band', 'rfm_value']) expect(digests(plain, id)).not.toBe(digests(other, id));
    expect(digests(plain, 'orders')).toBe(digests(other, 'orders'));
    expect(other.tags.find((t) => t.id === 'lifecycle')!.description).toContain('in the last 60 days');
  }, 240_000);
});
