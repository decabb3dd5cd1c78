import { beforeAll, describe, expect, it } from 'vitest';
import type { Baseline } from '../../src/core/profile.ts';
import type { Segment } from '../../src/core/rule.ts';
import { markGroups } from '../../src/profiles/groups.ts';
import { coversEveryone, manyValues } from '../../src/profiles/many-values.ts';
import { countValues, numberAnswer, quantile } from '../../src/profiles/numbers.ts';
import { onBoth } from '../engine/both.ts';
import { CTX, loadFixture } from '../segments/fixture.ts';

const segment = (id: string, rule: Segment['rule']): Segment => ({ id, name: id, rule });
const BUYERS = segment('buyers', { did: { event: 'purchase' } });
const LYON = segment('lyon', { tag: 'city', is: 'Lyon' });
const OLD = segment('old', { tag: 'age', gte: 30 });
const NICE = segment('nice', { tag: 'city', is: 'Nice' });

onBoth('numbers, worked out here and by the engine', (engine) => {
  beforeAll(() => loadFixture(engine()));
  const ctx = { ...CTX, segments: [BUYERS, LYON, OLD, NICE] };
  const tags = ctx.tags.filter((t) => ['age', 'monetary', 'orders'].includes(t.id));
  it.each<[string, Segment | null, Baseline]>([
    ['inside', LYON, { kind: 'everyone' }],
    ['apart', LYON, { kind: 'complement' }],
    ['apart', LYON, { kind: 'segment', id: 'nice' }],
    ['contains', BUYERS, { kind: 'segment', id: 'nice' }],
    ['partial', LYON, { kind: 'segment', id: 'old' }],
    ['inside', null, { kind: 'everyone' }],
  ])('are the same: %s', async (lie, s, baseline) => {
    const groups = await markGroups(engine(), s, 'user', baseline, ctx);
    try {
      expect(groups.lie).toBe(lie);
      const { values } = await countValues(engine(), tags, groups, null, {});
      for (const [i, tag] of tags.entries()) {
        const here = numberAnswer(values[i]!, groups.lie)!;
        if (!coversEveryone(groups)) continue;
        const there = (await manyValues(engine(), tag, groups, ctx, {})).answer!;
        expect(there.D).toBeCloseTo(here.D, 12);
        if (here.numbers === null) expect(there.numbers).toBeNull();
        else
          for (const key of ['median', 'baseMedian', 'delta', 'z', 'p', 'd'] as const)
            expect(there.numbers![key], `${tag.id} ${key}`).toBeCloseTo(here.numbers[key], 9);
      }
    } finally {
      await groups.drop();
    }
  });
});

describe('type-7 quantiles of counted values', () => {
  it.each([
    [0, 1],
    [0.25, 2],
    [0.5, 2.5],
    [0.6, 3],
    [1, 9],
  ])('%f', (q, want) => expect(quantile(Float64Array.of(1, 2, 3, 7, 9), Float64Array.of(1, 2, 2, 0, 1), 6, q)).toBeCloseTo(want, 12));
});
