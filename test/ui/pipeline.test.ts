import { expect, test } from 'vitest';
import type { ProjectDoc } from '../../src/core/project.ts';
import { DEFAULT_SETTINGS, type Basis } from '../../src/core/settings.ts';
import type { Catalogue, TagInfo } from '../../src/core/tag.ts';
import type { StudioApi } from '../../src/project/studio-api.ts';
import { Pipeline } from '../../src/ui/state/pipeline.svelte.ts';
import { FACTS, tag } from '../segments/fixture.ts';

const doc = (asOf: string): ProjectDoc =>
  ({
    files: [{ id: 'f' }],
    mapping: { files: [] },
    settings: { ...DEFAULT_SETTINGS, asOf },
    segments: [{ id: 's', name: 's', rule: { tag: 'city', is: 'Lyon' } }],
    pins: ['user:pinned', 'product:other'],
  }) as unknown as ProjectDoc;
const [old, now] = ['2024-06-01 00:00:00', '2024-03-01 00:00:00'];
const info = (id: string, known: number): TagInfo => ({ ...tag(id, 'enum'), known });

/** A studio that notes what it is asked, waits where it is told to, and takes `ms` for all tags. */
function stand(ms: number) {
  const asked: string[] = [];
  let go: (() => void) | null = null;
  const state = { wait: '', until: () => new Promise<void>((done) => setTimeout(done, 5)), release: () => go?.() };
  const step = async (name: string): Promise<void> => {
    asked.push(name);
    if (state.wait === name) await new Promise<void>((done) => (go = done));
  };
  const catalogue = (tags: TagInfo[]): Catalogue => ({ tags, waiting: [], asOf: '', universe: { user: 8, product: 6 }, ms });
  const studio = {
    build: () => step('build').then(() => ({ facts: FACTS })),
    basis: (settings: Basis) => Promise.resolve(settings),
    tags: (basis: Basis) => step('tags').then(() => catalogue(['city', 'slow'].map((id) => info(id, basis.asOf === old ? 1 : 2)))),
    firstTags: (_: Basis, entity: string, wanted: string[], _task: string, _on: unknown, made: (tags: TagInfo[]) => void) =>
      step(`first ${entity} ${wanted.join(' ')}`).then(() => {
        made([info('city', 0)]);
        return catalogue([info('city', 2)]);
      }),
    cancel: (task: string) => Promise.resolve(void asked.push(`cancel ${task}`)),
  };
  const heard: string[] = [];
  const pipeline = new Pipeline(() => studio as unknown as StudioApi, {
    follow: (tagged) => void heard.push(tagged ? `follow ${tagged.basis.asOf} ${tagged.only ?? 'all'}` : 'nothing'),
    ahead: (of) => void heard.push(`ahead ${of.basis.asOf} ${of.only} ${of.tags.map((t) => `${t.id} ${t.distinct}`).join()}`),
  });
  return { asked, heard, state, pipeline };
}

test('another moment shows the tags that are fast first, the others marked with their figures of before', async () => {
  const { asked, heard, state, pipeline } = stand(5000);
  await pipeline.sync(doc(old));
  heard.length = 0;
  expect(asked).toEqual(['build', 'tags']);
  state.wait = 'tags';
  const done = pipeline.sync(doc(now));
  await state.until();
  expect(asked.slice(2)).toEqual(['first user pinned city', 'tags']);
  expect(pipeline.catalogue!.tags.map((t) => [t.id, t.known, t.pending ?? false])).toEqual([
    ['city', 2, false],
    ['slow', 1, true],
  ]);
  expect([pipeline.basis!.asOf, pipeline.stage]).toEqual([now, 'tagging']);
  // Its columns are read while the tags are described, so that the index answers as soon as they are.
  expect(heard).toEqual(['nothing', `ahead ${now} user city ${info('city', 1).distinct}`, `follow ${now} user`]);
  state.release();
  await done;
  expect(pipeline.catalogue!.tags.map((t) => [t.id, t.known, t.pending ?? false])).toEqual([
    ['city', 2, false],
    ['slow', 2, false],
  ]);
});

test('where all tags are fast there is one step, and so for any other change of the settings', async () => {
  const fast = stand(100);
  await fast.pipeline.sync(doc(old));
  await fast.pipeline.sync(doc(now));
  expect(fast.asked).toEqual(['build', 'tags', 'tags']);
  const slow = stand(5000);
  await slow.pipeline.sync(doc(old));
  const other = doc(old);
  await slow.pipeline.sync({ ...other, settings: { ...other.settings, k: 9 } });
  expect(slow.asked).toEqual(['build', 'tags', 'tags']);
});

test('Stop ends what is under way, whichever stage it has come to', async () => {
  const { asked, state, pipeline } = stand(100);
  state.wait = 'build';
  const done = pipeline.sync(doc(old));
  await state.until();
  pipeline.stop();
  // The tables were ready when the press came: nothing was there to cancel, and still no tags are made.
  state.release();
  await done;
  expect(asked).toEqual(['build', 'cancel open', 'cancel build', 'cancel tags']);
  expect([pipeline.stage, pipeline.catalogue, pipeline.problem]).toEqual(['idle', null, null]);
  expect(pipeline.halted).toBe(true);
  await pipeline.sync(doc(old));
  expect(pipeline.halted).toBe(false);
  expect(asked.at(-1)).toBe('tags');
});
