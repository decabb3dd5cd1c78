import { expect, it, vi } from 'vitest';
import { TesseraError } from '../../src/core/errors.ts';
import type { Segment } from '../../src/core/rule.ts';
import type { Catalogue } from '../../src/core/tag.ts';
import type { StudioApi } from '../../src/project/studio-api.ts';
import { meaningOf } from '../../src/segments/meaning.ts';
import { SegmentFigures, type Over } from '../../src/ui/state/segment-figures.svelte.ts';
import { GENERATED } from '../segments/generated.ts';

const { tags, facts, basis } = GENERATED;
const over: Over = { catalogue: { tags, waiting: [], asOf: basis.asOf, universe: { user: 333, product: 0 }, ms: 0 } as Catalogue, facts, basis };
const often: Segment = { id: 'often', name: 'Often', rule: { tag: 'orders', gte: 5 } };
const women: Segment = { id: 'women', name: 'Women', rule: { all: [{ segment: 'often' }, { tag: 'gender', is: 'female' }] } };
const broken: Segment = { id: 'broken', name: 'Broken', rule: { tag: 'nowhere', is: 1 } };

it('counts each meaning once, tells only what is counted of the very list over the very data, and leaves out what cannot be counted', async () => {
  const asked: string[] = [];
  const studio = {
    segmentMoment: async (s: Segment, segments: Segment[]) => {
      asked.push(s.id);
      if (s.id === 'broken') throw new TesseraError('RULE_UNKNOWN_TAG', 'There is no such tag.', { next: 'Choose another.' });
      return { digest: await meaningOf(s, { ...GENERATED, segments }), n: asked.length, tags: {} };
    },
  } as unknown as StudioApi;
  const figures = new SegmentFigures();
  const list = [often, women, broken];
  const stop = figures.follow(studio, list, over);
  expect(figures.known(list, over)).toEqual({});
  expect(figures.waiting(list)).toBe(3);
  await vi.waitFor(() => expect(figures.waiting(list)).toBe(0), { timeout: 3000 });
  expect(Object.keys(figures.known(list, over))).toEqual(['often', 'women']);
  expect(figures.known([...list], over)).toEqual({});
  expect(figures.known(list, { ...over, catalogue: { ...over.catalogue } })).toEqual({});
  stop();

  // A new name costs nothing; a new rule is counted again with all that names it.
  asked.length = 0;
  const renamed = [{ ...often, name: 'Regulars' }, women];
  figures.follow(studio, renamed, over)();
  figures.follow(studio, renamed, over);
  await vi.waitFor(() => expect(figures.waiting(renamed)).toBe(0), { timeout: 3000 });
  expect(asked).toEqual([]);
  const changed: Segment[] = [{ ...often, rule: { tag: 'orders', gte: 6 } }, women];
  figures.follow(studio, changed, over);
  await vi.waitFor(() => expect(figures.waiting(changed)).toBe(0), { timeout: 3000 });
  expect(asked).toEqual(['often', 'women']);
});
