import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { BuildReport } from '../../src/core/files.ts';
import { DEFAULT_SETTINGS, type Basis } from '../../src/core/settings.ts';
import type { Catalogue, TagInfo } from '../../src/core/tag.ts';
import { allOpened } from '../../src/project/opened.ts';
import { Indexer, type Ahead } from '../../src/project/indexer.ts';
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
  let report: BuildReport;
  beforeAll(async () => {
    studio = new Studio(engine());
    const files = allOpened(await studio.open(await Promise.all(['users', 'products', 'events'].map(load)), [], 'open'));
    report = await studio.build(files, await studio.guess(files), settings, 'build');
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
  it('can be read by the index while they are described, and stay what they are in the table that is made for them', async () => {
    const { own: _own, ...plain } = { ...basis, asOf: '2024-05-01 00:00:00' };
    const index = new Indexer(engine());
    const ask = { entity: 'user', segment: null, baseline: { kind: 'everyone' }, weight: 'users' } as const;
    let ahead: Ahead | null = null;
    const first = await studio.firstTags(plain, 'user', [], 'tags', undefined, (tags) => {
      ahead = { tags: tags.map((t) => ({ ...t, distinct: 0 })), basis: plain, only: 'user' };
      index.ahead(ahead);
    });
    expect(ahead!.tags.map((t) => t.id)).toEqual(first.tags.map((t) => t.id));
    const tagged = { tags: first.tags, facts: report.facts, basis: plain, only: 'user' } as const;
    await index.fill(tagged);
    const { ms: _a, ...early } = (await index.profile(ask, [], 'a'))!;
    await index.fill(tagged);
    const { ms: _b, ...late } = (await index.profile(ask, [], 'a'))!;
    expect(early).toEqual(late);
    const all = byId(await studio.tags(plain, 'tags'));
    for (const tag of first.tags) expect(tag).toEqual(all.get(`user:${tag.id}`));
  });
  it('that were read ahead are not taken for those of another moment', async () => {
    const index = new Indexer(engine());
    const { own: _own, ...plain } = basis;
    const { tags } = await studio.tags(plain, 'tags');
    const here = { tags, facts: report.facts, basis: plain, only: 'user' } as const;
    index.ahead({ tags: [], basis: { ...plain, asOf: '2024-05-01 00:00:00' }, only: 'user' });
    await index.fill(here);
    const size = async () => (await index.size({ rule: { tag: 'orders', known: true }, entity: 'user' }, [], 's')).n;
    expect(await size()).toBeGreaterThan(0);
    index.ahead({ tags: [], basis: plain, only: 'user' });
    index.clear();
    await expect(size()).rejects.toThrow('not ready');
    await index.fill(here);
    expect(await size()).toBeGreaterThan(0);
  });
});
