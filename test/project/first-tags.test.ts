import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Basis } from '../../src/core/settings.ts';
import type { Catalogue, TagInfo } from '../../src/core/tag.ts';
import { allOpened } from '../../src/project/opened.ts';
import { Studio } from '../../src/project/studio.ts';
import { onBoth } from '../engine/both.ts';

const fixtures = join(import.meta.dirname, '../fixtures/definitions');
const load = async (name: string) => ({ name: `${name}.csv`, source: new Uint8Array(await readFile(join(fixtures, `${name}.csv`))) });
const settings = {
  ...DEFAULT_SETTINGS,
  k: 1,
  asOf: '2024-07-01 00:00:00',
};
const byId = (c: Catalogue): Map<string, TagInfo> => new Map(c.tags.map((t) => [`${t.entity}:${t.id}`, t]));

onBoth('the first tags of another moment', (engine) => {
  let studio: Studio;
  let basis: Basis;
  let before: Catalogue;
  beforeAll(async () => {
    studio = new Studio(engine());
    const files = allOpened(await studio.open(await Promise.all(['users', 'products', 'events'].map(load)), [], 'open'));
    await studio.build(files, await studio.guess(files), settings, 'build');
    const own = [
      {
        id: 'mine',
        entity: 'user',
        title: 'Mine',
        description: '',
        dimension: 'value',
        unit: '',
        version: '1',
        source: { kind: 'formula', text: 'orders + longest_streak' },
      },
    ] as never;
    basis = { ...(await studio.basis(settings)), own };
    before = await studio.tags(basis, 'tags');
  }, 60_000);

  it('are those of all tags at that moment, with those asked for and those that own tags read', async () => {
    const then = { ...basis, asOf: '2024-05-01 00:00:00' };
    const first = byId(await studio.firstTags(then, 'user', ['favourite_category'], 'tags'));
    expect([...first.keys()]).toEqual(
      expect.arrayContaining(['user:orders', 'user:rfm_group', 'user:lifecycle', 'user:favourite_category', 'user:mine']),
    );
    expect(first.has('user:main_channel')).toBe(false);
    const all = byId(await studio.tags(then, 'tags'));
    for (const [key, tag] of first) expect(tag).toEqual(all.get(key));
    expect(all.has('user:main_channel')).toBe(true);
    expect(all.size).toBeGreaterThan(first.size);
  });
  it('are not taken for all tags: whoever asks next has all made', async () => {
    await studio.firstTags(basis, 'product', [], 'tags');
    const size = await studio.size({ rule: { tag: 'main_channel', known: true }, entity: 'user' }, [], basis, 'size');
    expect(size.n).toBeGreaterThan(0);
    expect(byId(await studio.tags(basis, 'tags'))).toEqual(byId(before));
  });
});
