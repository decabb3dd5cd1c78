import { expect, it } from 'vitest';
import type { TesseraError } from '../../src/core/errors.ts';
import { attachDatabase, compare, dropTables, storeError, writeDatabase } from '../../src/engine/keep.ts';
import { keptColumns } from '../../src/engine/keep-columns.ts';
import { openNative } from '../../src/engine/native.ts';
import { onBoth } from './both.ts';

const TABLES = `
  CREATE TABLE z.f_1 AS SELECT range::UINTEGER AS line, 'id' || range AS c0, CASE WHEN range % 7 > 0 THEN '1.234,56 €' END AS c1 FROM range(10000);
  CREATE TABLE z.events AS SELECT range::UINTEGER AS "row", 1::UTINYINT AS src, (range / 7)::DECIMAL(18,2) AS amount, range * 0.1::DOUBLE AS x,
    TIMESTAMP '2020-01-01 00:00:00.000001' + INTERVAL (range) MINUTE AS utc, DATE '2020-01-01' AS d, range % 2 = 0 AS b,
    (ARRAY['buy', 'it''s', NULL])[1 + range % 3]::ENUM('buy', 'it''s', 'never') AS event, [range, NULL] AS l, range::HUGEINT AS occ,
    ['buy'::ENUM('buy')] AS le, {'a b': range} AS s, 'ä' AS "attr:Größe" FROM range(10000);
  CREATE TABLE z.users (u UINTEGER, gender ENUM('female', 'male'));
  CREATE VIEW events AS SELECT * FROM z.events; CREATE VIEW users AS SELECT * FROM z.users`;

const NAMES = ['f_1', 'events', 'users'];

onBoth('keeping', (engine, kind) => {
  it('has every table back with its types and values', async () => {
    // DuckDB-WASM cannot write a database in Node; the tab's way of writing is tested in the tab.
    const writer = kind === 'native' ? engine() : await openNative({ threads: 1 });
    await writer.exec(TABLES);
    const steps: number[] = [];
    const kept = await writeDatabase(writer, NAMES, 'out/t.db', { on: (rows, of) => steps.push(rows / of) });
    expect(kept).toEqual([{ table: 'f_1', rows: 10_000 }, { table: 'events', rows: 10_000 }, { table: 'users', rows: 0 }]); // prettier-ignore
    expect(steps).toEqual([0.5, 1, 1]);
    const want = await Promise.all(NAMES.flatMap((t) => [writer.query(`DESCRIBE z.${t}`), writer.query(`SELECT * FROM z.${t}`)]));
    const db = new Blob([(await writer.take('out/t.db')) as BlobPart]);
    if (writer === engine()) await dropTables(writer, NAMES);
    else await writer.close();

    expect(await attachDatabase(engine(), db)).toEqual(['events', 'f_1', 'users']);
    const got = await Promise.all(
      ['z.f_1', 'events', 'users'].flatMap((t) => [engine().query(`DESCRIBE ${t}`), engine().query(`SELECT * FROM ${t}`)]),
    );
    expect(got).toStrictEqual(want);
    // Once more, as after another save.
    await attachDatabase(engine(), db);
    expect((await engine().query('SELECT count(*) FROM events')).columns[0]).toEqual(Float64Array.of(10_000));
    await dropTables(engine(), ['f_1', 'not there']);
    await engine().exec('CREATE TABLE z.f_1 AS SELECT 1 AS line');
  });

  it('says that a damaged file is damaged, and goes on', async () => {
    const e = await attachDatabase(engine(), new Blob([new Uint8Array(5000)])).then(() => null, (x: TesseraError) => x); // prettier-ignore
    expect(e?.code).toBe('STORE_DAMAGED');
    expect((await engine().query('SELECT 1 AS a')).columns[0]).toEqual(Float64Array.of(1));
  });
});

it('sends ENUMs as codes and has their types back', () => {
  const columns = keptColumns({
    n: 3,
    names: [],
    columns: [
      ['a', 'b"c', 'd'],
      ["ENUM('x', 'y''z')", 'DECIMAL(18,2)', "ENUM('p')[]"],
    ],
  });
  expect(columns.plain.text).toBe(`enum_code("a")::INTEGER AS "c0", "b""c" AS "c1", "d"::VARCHAR[] AS "c2"`);
  expect(columns.restore.text).toBe(`enum_range(NULL::ENUM('x', 'y''z'))["c0" + 1], "c1"::DECIMAL(18,2), "c2"::ENUM('p')[]`);
  expect(columns.create.text).toBe(`"a" ENUM('x', 'y''z'), "b""c" DECIMAL(18,2), "d" ENUM('p')[]`);
});

it('notices a table that came back short, and a full disk by its names', () => {
  const one = (rows: number, sum: string) => [{ table: 't', rows, sum }];
  expect(() => compare(one(3, '7'), one(3, '7'))).not.toThrow();
  expect(() => compare(one(3, '7'), one(3, '8'))).toThrow('cannot be read');
  expect(() => compare(one(3, '7'), [])).toThrow('cannot be read');
  expect((storeError(new Error('AbortError: Failed to write data to data pipe')) as TesseraError).code).toBe('STORE_FULL');
  const other = new Error('other');
  expect(storeError(other)).toBe(other);
});
