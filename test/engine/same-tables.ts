import { expect, test } from 'vitest';
import { rows } from '../../src/core/frame.ts';
import type { Value } from '../../src/core/frame.ts';
import { TABLES } from '../../src/core/roles.ts';
import type { DataFacts } from '../../src/core/tables.ts';
import type { Catalogue } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ident, literal } from '../../src/engine/sql.ts';

/** What came of the same files on one engine. */
export interface Made {
  engine: Engine;
  facts: DataFacts;
  catalogue: Catalogue;
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

/** The tests that hold two engines equal on the same files: what is known of the data, every table, every tag. */
export function sameTables(on: () => { native: Made; wasm: Made }): void {
  test('say the same of the data', () => {
    expect(on().wasm.facts).toEqual(on().native.facts);
  });

  test.each([...TABLES, 'user_ids', 'product_ids', 'order_ids'])(
    'have the same %s',
    async (table) => {
      const { native, wasm } = on();
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
      expect(await differences(table, key, on().native.engine, on().wasm.engine)).toEqual([]);
    },
    120_000,
  );

  test('have the same catalogue', () => {
    const { native, wasm } = on();
    // How many different numbers there are hangs on the last bits of sums; labels do not.
    const distinct = (t: Catalogue['tags'][number]) => (t.bands ? undefined : t.distinct);
    const shown = (c: Catalogue) => c.tags.map((t) => ({ id: t.id, entity: t.entity, known: t.known, distinct: distinct(t), values: t.values }));
    expect(shown(wasm.catalogue)).toEqual(shown(native.catalogue));
    expect(native.catalogue.tags.length).toBeGreaterThan(20);
  });
}
