import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TesseraError } from '../../src/core/errors.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { checkFooter, checkMagic } from '../../src/engine/parquet-codec.ts';
import { nodeParquet } from '../../src/engine/parquet-node.ts';
import { loadParquet, writeParquet } from '../../src/engine/parquet.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';
import { onBoth } from './both.ts';

const code = (p: Promise<unknown>): Promise<string> => p.then(() => 'nothing', (e: unknown) => (e instanceof TesseraError ? e.code : String(e))); // prettier-ignore

const EVERYTHING = `SELECT range::INTEGER AS i, (range * 3)::UBIGINT AS big, (range / 7)::DECIMAL(18,2) AS money, range * 0.1::DOUBLE AS x, (range * 0.1)::FLOAT AS f,
  'ä' || range AS "a b", CASE WHEN range % 3 = 0 THEN 'x' || range END AS n, range % 2 = 0 AS b, DATE '2020-01-01' + range::INTEGER AS d,
  TIMESTAMP '2020-01-01 00:00:00.000001' + INTERVAL (range) HOUR AS t, (ARRAY['p', 'q'])[1 + range % 2]::ENUM('p', 'q') AS e, [range, NULL] AS l,
  {'k': range} AS s, 'b'::BLOB AS y, (range - 5)::HUGEINT AS h, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS z FROM range(3000)`;

onBoth('parquet', (engine) => {
  it('comes back as it went', async () => {
    const bytes = await writeParquet(engine(), EVERYTHING);
    const loaded = await loadParquet(engine(), 'f_1', bytes);
    expect(loaded.rows).toBe(3000);
    expect(loaded.columns.map((c) => `${c.name} ${c.type}${c.zoned ? ' zoned' : ''}`)).toEqual([
      'i INTEGER', 'big UBIGINT', 'money DECIMAL(18,2)', 'x DOUBLE', 'f DOUBLE', 'a b VARCHAR', 'n VARCHAR', 'b BOOLEAN', 'd DATE', 't TIMESTAMP', 'e VARCHAR',
      'l VARCHAR', 's VARCHAR', 'y VARCHAR', 'h DOUBLE', 'z TIMESTAMP zoned',
    ]); // prettier-ignore
    const got = await engine().query('SELECT * FROM z.f_1 ORDER BY line');
    const want = await engine().query(
      `SELECT (row_number() OVER ())::UINTEGER AS line, i, big, money, x, f::VARCHAR::DOUBLE AS f, "a b", n, b, d, t, e, l::VARCHAR, s::VARCHAR, 'b', h, z::TIMESTAMP FROM (${EVERYTHING})`,
    );
    expect(got.columns).toStrictEqual(want.columns);
    expect(got.names.slice(0, 3)).toEqual(['line', 'c0', 'c1']);
  });

  it('keeps the columns of a file without rows', async () => {
    const loaded = await loadParquet(engine(), 'f_2', await writeParquet(engine(), 'SELECT 1 AS a, NULL::VARCHAR AS b WHERE false'));
    expect(loaded).toEqual({ rows: 0, columns: [{ name: 'a', type: 'INTEGER', zoned: false }, { name: 'b', type: 'VARCHAR', zoned: false }] }); // prettier-ignore
    expect((await engine().query('SELECT line, c0, c1 FROM z.f_2')).n).toBe(0);
  });

  it('leaves nothing when cancelled', async () => {
    const bytes = await writeParquet(engine(), 'SELECT range AS a FROM range(1000000)');
    const c = new AbortController();
    expect(await code(loadParquet(engine(), 'f_3', bytes, { signal: c.signal, on: () => c.abort() }))).toBe('CANCELLED');
    expect((await engine().query("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE '%f_3'")).columns[0]).toEqual(Float64Array.of(0));
  });

  it('refuses what is cut off, damaged or no Parquet', async () => {
    const bytes = await writeParquet(engine(), "SELECT range AS a, repeat('x', 20) AS b FROM range(5000)");
    expect(await code(loadParquet(engine(), 'f_4', bytes.slice(0, bytes.length - 100)))).toBe('FILE_TRUNCATED');
    const broken = bytes.slice();
    broken.fill(0xff, bytes.length - 60, bytes.length - 8);
    expect(await code(loadParquet(engine(), 'f_4', broken))).toMatch(/^FILE_/);
    expect((await engine().query('SELECT 1 AS a')).columns[0]).toEqual(Float64Array.of(1));
  });
});

it('judges the ends of a file and its footer', async () => {
  const file = (text: string): Blob => new Blob([text]);
  expect(await code(checkMagic(file('PAR1....PARE')))).toBe('FILE_ENCRYPTED');
  expect(await code(checkMagic(file('PAR1')))).toBe('FILE_TRUNCATED');
  expect(await code(checkMagic(file('PAR1xxxxxxxxxxxx')))).toBe('FILE_TRUNCATED');
  expect(await code(checkMagic(file('id,name\n1,2\n')))).toBe('FILE_UNREADABLE');
  const judge = (rows: number, columns: number, unpacked: number, bytes: number): Promise<string> =>
    code(Promise.resolve().then(() => checkFooter({ rows, columns, unpacked }, bytes)));
  expect(await judge(10_000_000, 20, 3e9, 500e6)).toBe('nothing');
  expect(await judge(300e6, 2, 249e3, 950e3)).toBe('FILE_TOO_LARGE');
  expect(await judge(300e6, 10, 1e9, 500e6)).toBe('FILE_TOO_LARGE');
  expect(await judge(2, 2, 2_147_483_827, 4325)).toBe('FILE_TOO_LARGE');
});

const DIR = '../shared/data/nasty/parquet-testing';
const present = existsSync(DIR);
if (!present) console.log(`skipped: ${DIR} is not here`);

/** What becomes of each file of apache/parquet-testing that we keep; unequal where the two decoders know different things. */
const FATES: Record<string, string | { wasm: string; native: string }> = {
  'ARROW-GH-41317.parquet': 'FILE_UNREADABLE',
  'ARROW-RS-GH-6229-LEVELS.parquet': { wasm: 'FILE_UNREADABLE', native: '1' },
  'alltypes_plain.parquet': '8',
  'concatenated_gzip_members.parquet': '513',
  'delta_binary_packed.parquet': '200',
  'encrypt_columns_and_footer.parquet.encrypted': 'FILE_ENCRYPTED',
  'hadoop_lz4_compressed.parquet': { wasm: '4', native: 'FILE_UNREADABLE' },
  'large_string_map.brotli.parquet': 'FILE_TOO_LARGE',
  'lz4_raw_compressed.parquet': '4',
  'nation.dict-malformed.parquet': { wasm: 'FILE_UNREADABLE', native: '25' },
  'nested_structs.rust.parquet': '1',
  'page_v2_empty_compressed.parquet': '10',
  'sort_columns.parquet': '6',
};

describe('both decoders', () => {
  let native: Engine;
  let wasm: Engine;
  beforeAll(async () => {
    [native, wasm] = await Promise.all([openNative({ threads: 1 }), openWasmNode()]);
  });
  afterAll(async () => {
    await native.close();
    await wasm.close();
  });
  const VECTORS: Record<string, arrow.Vector> = {
    categories: arrow.vectorFromArray(['a', 'b', null, 'a'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
    'long text': arrow.vectorFromArray(['a', 'b', null, 'ä'], new arrow.LargeUtf8()),
    bytes: arrow.vectorFromArray([Uint8Array.of(97), Uint8Array.of(98), null, Uint8Array.of(255)], new arrow.LargeBinary()),
    'only nulls': arrow.vectorFromArray([null, null, null, null], new arrow.Null()),
    durations: arrow.vectorFromArray([1n, 2n, null, 3n], new arrow.DurationMillisecond()),
    'lists of categories': arrow.vectorFromArray([['a'], ['b', 'a'], null, []], new arrow.List(new arrow.Field('item', new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), true))),
  }; // prettier-ignore
  it.each(Object.entries(VECTORS))('agree on %s', async (name, vector) => {
    const bytes = await nodeParquet.write(arrow.tableToIPC(new arrow.Table({ [name]: vector }), 'stream'));
    const [a, b] = await Promise.all([wasm, native].map((e) => loadParquet(e, 'f_v', bytes)));
    expect(a).toEqual(b);
    const [x, y] = await Promise.all([wasm, native].map((e) => e.query('SELECT * FROM z.f_v ORDER BY line')));
    expect(x).toStrictEqual(y);
  });
});

describe.runIf(present)('apache/parquet-testing', () => {
  let native: Engine;
  let wasm: Engine;
  beforeAll(async () => {
    [native, wasm] = await Promise.all([openNative({ threads: 1 }), openWasmNode()]);
  });
  afterAll(async () => {
    await native.close();
    await wasm.close();
  });
  it('lists every file', () => expect(readdirSync(DIR).sort()).toEqual(Object.keys(FATES).sort()));
  it.each(Object.entries(FATES))('%s', async (name, fate) => {
    const outcome = (engine: Engine): Promise<string> => loadParquet(engine, 'f_t', readFileSync(`${DIR}/${name}`)).then((x) => String(x.rows), (e: unknown) => (e instanceof TesseraError ? e.code : String(e))); // prettier-ignore
    const [w, n] = [await outcome(wasm), await outcome(native)];
    expect({ wasm: w, native: n }).toEqual(typeof fate === 'string' ? { wasm: fate, native: fate } : fate);
    if (w === n && !w.startsWith('FILE')) {
      const [a, b] = await Promise.all([wasm, native].map((e) => e.query('SELECT * FROM z.f_t ORDER BY line')));
      expect(a).toStrictEqual(b);
    }
  });
});
