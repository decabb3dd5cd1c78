import { beforeAll, describe, expect, it } from 'vitest';
import type { Baseline } from '../../src/core/profile.ts';
import type { Segment } from '../../src/core/rule.ts';
import type { TagInfo } from '../../src/core/tag.ts';
import { markGroups } from '../../src/profiles/groups.ts';
import { coversEveryone, manyValues } from '../../src/profiles/many-values.ts';
import { countValues, numberAnswer, quantile } from '../../src/profiles/numbers.ts';
import { profile } from '../../src/profiles/profile.ts';
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
      const { values, counts } = await countValues(engine(), tags, groups, null, {});
      for (const [i, tag] of tags.entries()) {
        const here = numberAnswer(values[i]!, groups.lie)!;
        if (!coversEveryone(groups)) continue;
        const many = await manyValues(engine(), tag, groups, ctx, {});
        expect(many.known).toEqual(counts[i]!.known);
        const there = many.answer!;
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

onBoth('a number with more values than are fetched, and without bands', (engine) => {
  const N = 30_000;
  const tag: TagInfo = { ...CTX.tags.find((t) => t.id === 'monetary')!, id: 'score', title: 'Score', bands: null, known: N / 2, distinct: N / 2 };
  beforeAll(async () => {
    await loadFixture(engine());
    await engine().exec(
      `CREATE OR REPLACE TABLE user_tags AS SELECT i::UINTEGER AS u, CASE WHEN i % 2 = 0 THEN i / 7 END AS score, i % 3 = 0 AS third FROM range(${N}) r(i)`,
    );
  });
  it('says how many have one', async () => {
    const third: TagInfo = { ...CTX.tags.find((t) => t.id === 'has_returned')!, id: 'third', title: 'Third' };
    const ctx = { ...CTX, tags: [tag, third].map((t) => ({ ...t, universe: N })), segments: [] };
    const made = await profile(
      engine(),
      { entity: 'user', segment: segment('third', { tag: 'third', is: true }), baseline: { kind: 'everyone' }, weight: 'users', tags: ['score'] },
      ctx,
    );
    expect(made.tags.map((t) => [t.id, t.n, t.N, t.unknown])).toEqual([['score', N / 6, N / 2, N / 6]]);
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
