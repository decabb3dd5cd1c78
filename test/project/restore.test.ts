import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport, FileFacts, Mapping } from '../../src/core/files.ts';
import { rows } from '../../src/core/frame.ts';
import { DEFAULT_SETTINGS, type Basis } from '../../src/core/settings.ts';
import type { Catalogue } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';
import { Studio } from '../../src/project/studio.ts';

const fixtures = join(import.meta.dirname, '../fixtures/definitions');
const load = async (name: string) => ({ name: `${name}.csv`, source: new Uint8Array(await readFile(join(fixtures, `${name}.csv`))) });
const settings = { ...DEFAULT_SETTINGS, k: 1, asOf: '2024-07-01 00:00:00' };

describe.each([
  ['native', openNative],
  ['wasm', openWasmNode],
] as const)('a kept project (%s)', (_, open) => {
  let first: Engine;
  let second: Engine;
  let db: Blob;
  let files: FileFacts[];
  let mapping: Mapping;
  let report: BuildReport;
  let basis: Basis;
  let catalogue: Catalogue;
  let studio: Studio;

  const keep = async (engine: Engine, of: Studio, path: string): Promise<Blob> => {
    await of.keep(path, 'keep');
    return new Blob([(await engine.take(path)) as Uint8Array<ArrayBuffer>]);
  };
  beforeAll(async () => {
    // DuckDB-WASM cannot write a database file in Node; the tab's way is tested in the browser.
    first = await openNative({});
    second = await open({});
    const before = new Studio(first);
    const opened = await before.open(await Promise.all(['users', 'products', 'events'].map(load)), [], 'open');
    files = opened.flatMap((o) => (o.ok ? [o.facts] : []));
    mapping = await before.guess(files);
    report = await before.build(files, mapping, settings, 'build');
    basis = await before.basis(settings);
    catalogue = await before.tags(basis, 'tags');
    db = await keep(first, before, 'out/first.db');
    studio = new Studio(second);
    await studio.restore(db, { files, mapping, settings, report, tagged: { basis, catalogue } });
  }, 120_000);
  afterAll(async () => {
    await first.close();
    await second.close();
  });

  test('answers at once, without making its tags again', async () => {
    expect(await studio.tags(basis, 'tags')).toBe(catalogue);
    const size = await studio.size({ rule: { did: { event: 'purchase', within: { last: [30, 'day'] } } }, entity: 'user' }, [], basis, 'size');
    expect([size.n, size.universe]).toEqual([3, 8]);
    expect((await studio.card('user', 'u1', [], basis)).id).toBe('u1');
    expect((await studio.line(files[0]!.id, 2)).line).toBe(2);
  });

  test('makes its tags again for another instant, and is kept once more with what nobody made again', async () => {
    const earlier = await studio.basis({ ...settings, asOf: '2024-06-01 00:00:00' });
    expect((await studio.tags(earlier, 'tags')).asOf).toBe('2024-06-01 00:00:00');
    if (second.kind === 'native') await studio.reattach(await keep(second, studio, 'out/second.db'));
    const size = await studio.size({ rule: { all: [] }, entity: 'user' }, [], earlier, 'size');
    expect(size.n).toBeGreaterThan(0);
    expect((await studio.card('user', 'u1', [], earlier)).id).toBe('u1');
  });

  test('takes another file, loses one, and reads one again', async () => {
    const [more] = await studio.open([await load('edges')], files, 'open');
    expect(more!.ok).toBe(true);
    const all = [...files, ...(more!.ok ? [more!.facts] : [])];
    const next = await studio.guess(all, mapping);
    const built = await studio.build(all, next, settings, 'build');
    expect(built.facts.tables.edges?.rows).toBe(5);
    await studio.remove(files[1]!.id);
    const fewer = all.filter((f) => f !== files[1]);
    const rest = await studio.build(fewer, await studio.guess(fewer, next), settings, 'build');
    expect(rest.facts.tables.events?.rows).toBe(33);
    const [again] = await studio.open([await load('products')], fewer, 'open');
    expect(again!.ok).toBe(true);
    if (second.kind === 'native') await studio.reattach(await keep(second, studio, 'out/third.db'));
    expect((await studio.tags(await studio.basis(settings), 'tags')).universe.user).toBe(8);
  });

  test('fills a restarted engine again with what was kept and what came after', async () => {
    const restarted = await open({});
    try {
      const again = new Studio(restarted);
      await again.restore(db, { files, mapping, settings, report, tagged: null });
      const [more] = await again.open([await load('edges')], files, 'open');
      const all = [...files, ...(more!.ok ? [more!.facts] : [])];
      await again.build(all, await again.guess(all, mapping), settings, 'build');
      // What a restart leaves: an engine without tables.
      await restarted.exec('DROP VIEW events; DROP VIEW edges; DROP TABLE z.edges');
      await again.recover();
      expect(rows(await restarted.query('SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM edges) AS edges'))).toEqual([
        { events: 33, edges: 5 },
      ]);
    } finally {
      await restarted.close();
    }
  });
});
