import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '../src/core/frame.ts';
import type { Value } from '../src/core/frame.ts';
import { DEFAULT_SETTINGS } from '../src/core/settings.ts';
import { TABLES } from '../src/core/roles.ts';
import type { DataFacts } from '../src/core/tables.ts';
import type { Catalogue } from '../src/core/tag.ts';
import type { Engine } from '../src/engine/engine.ts';
import { openNative } from '../src/engine/native.ts';
import { ident, literal } from '../src/engine/sql.ts';
import { openWasmNode } from '../src/engine/wasm-node.ts';
import { Studio } from '../src/project/studio.ts';

const demo = join(import.meta.dirname, '../public/demo');
const DATA: Record<string, string[]> = {
  'flash-sale': ['users', 'products', 'events', 'referrals', 'media', 'outcomes'].map((name) => join(demo, 'flash-sale', `${name}.parquet`)),
  bank: ['customers', 'products', 'events', 'outcomes'].map((name) => join(demo, 'bank', `${name}.parquet`)),
  fixture: ['users', 'products', 'events', 'edges'].map((name) => join(import.meta.dirname, 'fixtures/definitions', `${name}.csv`)),
};

interface Made {
  engine: Engine;
  facts: DataFacts;
  catalogue: Catalogue;
}

/** The whole way from files to tags on one engine, as the app goes it. */
async function make(engine: Engine, paths: string[]): Promise<Made> {
  const studio = new Studio(engine);
  const dropped = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), source: engine.kind === 'native' ? { path } : new Uint8Array(await readFile(path)) })),
  );
  const files = (await studio.open(dropped, [], 'open')).map((o) => {
    if (!o.ok) throw o.error;
    return o.facts;
  });
  const settings = { ...DEFAULT_SETTINGS, k: 1 };
  const { facts } = await studio.build(files, await studio.guess(files), settings, 'build');
  return { engine, facts, catalogue: await studio.tags(await studio.basis(settings), 'tags') };
}

/** A digest of each column of a table, over its rows in order. hash() is stable here, as both engines are of the same version. */
async function digests(engine: Engine, table: string): Promise<Record<string, string>> {
  const names = rows<{ name: string }>(await engine.query(`SELECT column_name AS name FROM (DESCRIBE ${ident(table).text})`)).map((r) => r.name);
  const order = names
    .filter((name) => !name.startsWith('attr:') && !name.startsWith('mix:'))
    .slice(0, 6)
    .map((name) => ident(name).text)
    .join(', ');
  const digest = (name: string): string => `bit_xor(hash(i, ${ident(name).text}::VARCHAR))::VARCHAR AS ${ident(name).text}`;
  const [row] = rows<Record<string, string>>(
    await engine.query(
      `SELECT count(*)::VARCHAR AS "rows", ${names.map(digest).join(', ')} FROM (SELECT *, row_number() OVER (ORDER BY ${order}) AS i FROM ${ident(table).text})`,
    ),
  );
  return row!;
}

/** Equal, numbers within 1e-9 of each other, relative: sums of doubles may differ in the last bits. */
function same(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i]!));
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object')
    return (
      JSON.stringify(Object.keys(a)) === JSON.stringify(Object.keys(b)) &&
      Object.entries(a).every(([key, x]) => same(x, (b as Record<string, Value>)[key]!))
    );
  return a === b;
}

async function differences(table: string, key: string, a: Engine, b: Engine): Promise<string[]> {
  const [x, y] = await Promise.all([a, b].map((engine) => engine.query(`SELECT * FROM ${ident(table).text} ORDER BY ${ident(key).text}`)));
  expect(y!.names).toEqual(x!.names);
  expect(y!.n).toBe(x!.n);
  return x!.names.flatMap((name, c) => {
    const [left, right] = [x!.columns[c]!, y!.columns[c]!];
    for (let r = 0; r < x!.n; r++)
      if (!same(left[r]!, right[r]!)) return [`${name}, row ${r}: ${JSON.stringify(left[r])} on ${a.kind}, ${JSON.stringify(right[r])} on ${b.kind}`];
    return [];
  });
}

describe.each(Object.entries(DATA).filter(([, paths]) => paths.every((path) => existsSync(path))))('%s: native and WASM', (_, paths) => {
  let native: Made;
  let wasm: Made;
  beforeAll(async () => {
    native = await make(await openNative(), paths);
    wasm = await make(await openWasmNode(), paths);
  }, 600_000);
  afterAll(async () => {
    await native?.engine.close();
    await wasm?.engine.close();
  });

  test('say the same of the data', () => {
    expect(wasm.facts).toEqual(native.facts);
  });

  test.each([...TABLES, 'user_ids', 'product_ids', 'order_ids'])(
    'have the same %s',
    async (table) => {
      const exists = `SELECT count(*) AS n FROM duckdb_views() WHERE view_name = ${literal(table).text} AND NOT internal`;
      const there = rows<{ n: number }>(await native.engine.query(exists))[0]!.n;
      expect(rows<{ n: number }>(await wasm.engine.query(exists))[0]!.n).toBe(there);
      if (there > 0) expect(await digests(wasm.engine, table)).toEqual(await digests(native.engine, table));
    },
    120_000,
  );

  test.each([
    ['user_tags', 'u'],
    ['product_tags', 'p'],
  ])(
    'have the same %s',
    async (table, key) => {
      expect(await differences(table, key, native.engine, wasm.engine)).toEqual([]);
    },
    120_000,
  );

  test('have the same catalogue', () => {
    // How many different numbers there are hangs on the last bits of sums; labels do not.
    const distinct = (t: Catalogue['tags'][number]) => (t.bands ? undefined : t.distinct);
    const shown = (c: Catalogue) => c.tags.map((t) => ({ id: t.id, entity: t.entity, known: t.known, distinct: distinct(t), values: t.values }));
    expect(shown(wasm.catalogue)).toEqual(shown(native.catalogue));
    expect(native.catalogue.tags.length).toBeGreaterThan(20);
  });
});
