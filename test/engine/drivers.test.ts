import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TesseraError } from '../../src/core/errors.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { runRaw, type RawConnection } from '../../src/engine/wasm-answer.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';
import { onBoth } from './both.ts';

const TYPES = [
  `SELECT 1::TINYINT a, 2::UBIGINT b, -3::HUGEINT c, 123456789012345678.25::DECIMAL(20,2) d, 0.1::DECIMAL(4,1) e, 6.5::FLOAT f, -3::BIGINT g, sum(1) h,
    340282366920938463463374607431768211455::UHUGEINT i, 'nan'::DOUBLE j, 'inf'::DOUBLE k`,
  `SELECT DATE '2020-02-29' a, TIMESTAMP '2020-01-02 03:04:05.678901' b, TIMESTAMP '1969-12-31 23:59:59.5' c, TIME '10:11:12' d, TIMESTAMPTZ '2020-01-01 00:00:00+02' e,
    TIMESTAMP_S '2020-01-02 03:04:05' f, TIMESTAMP_MS '2020-01-02 03:04:05.25' g, TIMESTAMP_NS '2020-01-02 03:04:05.123456789' h, 'infinity'::DATE i, DATE '0044-03-15 (BC)' j`,
  `SELECT [1, NULL, 2] a, {'x': 1, 'y z': 'b'} b, MAP {'k': 1.5} c, [[DATE '2020-01-01'], []] d, [1, 2]::INT[2] e, NULL::INT[] f, INTERVAL '1 month 2 days' g, 'a\\x00b'::BLOB h, true i, NULL j`,
  `SELECT 'b'::ENUM('a', 'b') a, 'c''s'::ENUM('b', 'c''s') b, NULL::ENUM('q') c, ['b'::ENUM('a', 'b')] d, {'e': 'b'::ENUM('a', 'b'), 'f g': [{'h': 'y'::ENUM('x', 'y')}]} e, MAP {'k': 'b'::ENUM('a', 'b')} f`,
  `SELECT i, i::HUGEINT * -1 h, 'ä' || i s, 'a' || i t, CASE WHEN i % 2 = 0 THEN i END n, CASE WHEN i % 3 = 0 THEN i % 2 = 0 END b, (ARRAY['p', 'q', 'r'])[1 + i % 3]::ENUM('p', 'q', 'r') e
    FROM range(5000) t(i)`,
  `SELECT 1 x, 'a' s, NULL n, DATE '2020-01-01' d WHERE false`,
  `CREATE TABLE t AS SELECT 1 x`,
  `INSERT INTO t VALUES (2), (3)`,
  `DESCRIBE t`,
];

describe('both drivers', () => {
  let native: Engine;
  let wasm: Engine;
  beforeAll(async () => {
    [native, wasm] = await Promise.all([openNative({ threads: 1 }), openWasmNode()]);
  });
  afterAll(async () => {
    await native.close();
    await wasm.close();
  });
  it.each(TYPES)('give equal frames: %s', async (statement) => {
    expect(await wasm.query(statement)).toStrictEqual(await native.query(statement));
  });
});

const error = (p: Promise<unknown>): Promise<TesseraError> =>
  p.then(
    () => Promise.reject(new Error('no error')),
    (e: TesseraError) => e,
  );

onBoth('engine', (engine) => {
  it('follows the frame rules', async () => {
    const f = await engine().query(
      "SELECT 1 a, NULL::INT b, 12.34::DECIMAL(18,2) c, DATE '2020-02-29' d, TIMESTAMP '2020-01-02 03:04:05' e, 'x'::ENUM('x') f UNION ALL SELECT 2, 7, 0.1, NULL, NULL, NULL",
    );
    expect(f).toEqual({
      n: 2,
      names: ['a', 'b', 'c', 'd', 'e', 'f'],
      columns: [Float64Array.of(1, 2), [null, 7], Float64Array.of(12.34, 0.1), ['2020-02-29', null], ['2020-01-02 03:04:05', null], ['x', null]],
    });
  });

  it.each([
    "FROM read_csv('/etc/hostname')",
    "FROM read_csv('in/../../etc/hostname')",
    "FROM 'https://tessera.invalid/a.csv'",
    "FROM glob('/*')",
    'LOAD httpfs',
    'SET lock_configuration = false',
    "SET allowed_directories = ['/']",
    'SET autoload_known_extensions = true',
    "COPY (SELECT 1) TO '/tmp/tessera-leak.csv'",
    "ATTACH '/tmp/tessera-leak.db'",
    'RESET enable_external_access',
    "COPY (SELECT 1) TO 'out/../../tessera-leak.csv'",
  ])('refuses %s', async (statement) => {
    // prettier-ignore
    expect((await error(engine().exec(statement))).code).toBe('ENGINE_SQL');
    expect(existsSync('/tmp/tessera-leak.csv') || existsSync('/tmp/tessera-leak.db')).toBe(false);
  });

  it('reads registered bytes and blobs and gives outputs once', async () => {
    await engine().register('in/a.csv', new TextEncoder().encode('q\n7\n'));
    await engine().register('in/b.csv', new Blob(['q\n8\n']));
    expect((await engine().query("SELECT q FROM read_csv(['in/a.csv', 'in/b.csv']) ORDER BY q")).columns[0]).toEqual(Float64Array.of(7, 8));
    await engine().exec("COPY (SELECT 1 AS a) TO 'out/o.csv' (HEADER); -- and that is all;");
    expect(new TextDecoder().decode(await engine().take('out/o.csv'))).toBe('a\n1\n');
    await error(engine().take('out/o.csv'));
    for (const name of ['x.csv', 'in/../x', 'in/', 'out/x']) await error(engine().register(name, new Uint8Array()));
    await engine().unregister('in/a.csv');
    await error(engine().query("FROM read_csv('in/a.csv')"));
  });

  it('keeps compressed tables in z', async () => {
    await engine().exec('CREATE TABLE z.k AS SELECT range i FROM range(10); CREATE VIEW k AS FROM z.k');
    expect((await engine().query('SELECT count(*) n FROM k')).columns[0]).toEqual(Float64Array.of(10));
  });

  it('stops a running and a waiting query, leaves no table, and goes on', async () => {
    const [a, b] = [new AbortController(), new AbortController()];
    const long = error(
      engine().exec('CREATE TABLE gone AS SELECT sum(x.range * y.range) s FROM range(10000000) x, range(10000000) y', { signal: a.signal }),
    );
    const waiting = error(engine().query('SELECT 1', { signal: b.signal }));
    b.abort();
    expect((await waiting).code).toBe('CANCELLED');
    setTimeout(() => a.abort(), 100);
    expect((await long).code).toBe('CANCELLED');
    expect((await engine().query("SELECT count(*) n FROM duckdb_tables() WHERE table_name = 'gone'")).columns[0]).toEqual(Float64Array.of(0));
  });

  it("cuts the engine's words to 300 characters", async () => {
    const e = await error(engine().query(`SELECT ${'x'.repeat(5000)}`));
    expect(e.code).toBe('ENGINE_SQL');
    expect((e.cause as Error).message.length).toBeLessThanOrEqual(300);
  });

  it('survives running out of memory with its tables', async () => {
    const memory = '100MB';
    const small = engine().kind === 'wasm' ? await openWasmNode({ memory }) : await openNative({ threads: 1, memory });
    await small.exec('CREATE TABLE z.before AS SELECT range i FROM range(1000)');
    // The native engine would spill to disk: a list in one row cannot.
    const e = await error(small.query("SELECT len(list(repeat('x', 1000) || range)) FROM range(10000000)"));
    expect(e.code).toBe('ENGINE_OUT_OF_MEMORY');
    expect(e.next).not.toBe('');
    expect((await small.query('SELECT count(*) n FROM z.before')).columns[0]).toEqual(Float64Array.of(1000));
    await small.close();
  });
});

it('refuses an answer that a tab could not hold', async () => {
  const piece = new Uint8Array(8 * 2 ** 20);
  let left = 100;
  const endless: RawConnection = {
    start: () => piece,
    poll: () => null,
    fetch: () => (left-- > 0 ? piece : null),
    cancel: () => true,
    pause: () => Promise.resolve(),
  };
  expect((await error(runRaw(endless, 'SELECT 1'))).code).toBe('ENGINE_OUT_OF_MEMORY');
  expect(left).toBeGreaterThan(30);
});
