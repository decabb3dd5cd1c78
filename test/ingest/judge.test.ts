import { expect, test } from 'vitest';
import type { ColumnFacts } from '../../src/core/files.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { literal } from '../../src/engine/sql.ts';
import { judge } from '../../src/ingest/judge.ts';
import { onBothEngines } from './engines.ts';

/** Facts of columns given by their cells, judged in both ways: from all different cells, and by SQL. They must agree. */
async function facts(engine: Engine, columns: Record<string, (string | null)[]>): Promise<Record<string, ColumnFacts>> {
  const names = Object.keys(columns);
  const n = Math.max(...names.map((k) => columns[k]!.length));
  const rows = Array.from({ length: n }, (_, i) => `(${i}, ${names.map((k) => literal(columns[k]![i] ?? null).text).join(', ')})`);
  await engine.exec(
    `CREATE OR REPLACE TABLE z.j (line UINTEGER${names.map((_, i) => `, c${i} VARCHAR`).join('')}); INSERT INTO z.j VALUES ${rows.join(', ')}`,
  );
  const few = await judge(engine, 'z.j', names, n);
  expect(await judge(engine, 'z.j', names, n, { few: -1 })).toEqual(few);
  return Object.fromEntries(few.map((f) => [f.name, f]));
}
const decimal = (sign: '.' | ',', guess: boolean, scale: number): ColumnFacts['decimal'] => ({ sign, guess, scale });

onBothEngines('whole columns', (engine) => {
  test('numbers: signs, currencies, what decides the decimal sign', async () => {
    const f = await facts(engine(), {
      plain: ['1', '2', '2', null, '-3'],
      english: ['1,234.50', '¥12.50', '(12.00)', '12-', '3'],
      german: ['1.234,56 €', '12,5', '3', '0,99', '1.000'],
      guess: ['1.234', '5.678', '9.999', '1', '2'],
      comma: ['1,234', '5,678', '9', '1', '2'],
      led: ['0.125', '0.250', '0.375', '0.500', '0.625'],
      percent: ['12.5%', '3 %', '100%', '0%', '7%'],
      float: ['12.340000000000002', '1.5E-05', '2', '3', '4'],
      half: ['1', 'two', '3', 'four', '5'],
      sku: ['1E5', '007', 'A1', '85123A', '1E6'],
      inf: ['1', '2', 'INF', '-inf', '3'],
    });
    expect(f.plain).toMatchObject({
      known: 4,
      empty: 1,
      distinct: 3,
      number: 1,
      whole: 1,
      decimal: decimal('.', false, 0),
      range: [-3, 2],
      samples: ['2', '-3', '1'],
    });
    expect(f.english).toMatchObject({ number: 1, decimal: decimal('.', false, 2), range: [-12, 1234.5] });
    expect(f.german).toMatchObject({ number: 1, decimal: decimal(',', false, 2), range: [0.99, 1234.56] });
    expect(f.guess!.decimal).toEqual(decimal('.', true, 3));
    expect(f.comma).toMatchObject({ decimal: decimal('.', true, 0), range: [1, 5678] });
    expect(f.led!.decimal).toEqual(decimal('.', false, 3));
    expect(f.percent).toMatchObject({ number: 1, decimal: decimal('.', false, 3), range: [0, 1] });
    expect(f.float!.decimal!.scale).toBe(15);
    expect(f.half).toMatchObject({ number: 0.6, decimal: decimal('.', false, 0) });
    expect(f.sku).toMatchObject({ number: 0.2, decimal: null, range: null, min: '007', max: 'A1' });
    expect(f.inf).toMatchObject({
      known: 3,
      empty: 2,
      number: 1,
      lost: [
        { text: '-inf', n: 1 },
        { text: 'INF', n: 1 },
      ],
    });
  });

  test('dates: forms counted, ambiguity, offsets, what fits no calendar', async () => {
    const f = await facts(engine(), {
      iso: ['2024-01-05', '2024-02-29 10:00', '2023-02-29', '2024-01-05', null, null],
      both: ['01/02/2025', '03/04/2025', '05/05/2025', null, null, null],
      european: ['01/02/2025', '13/02/2025', '03/04/2025', null, null, null],
      american: ['01/02/2025', '02/13/2025', '03/04/2025', null, null, null],
      quarrel: ['13/02/2025', '02/13/2025', '03/04/2025', null, null, null],
      mixed: ['2024-01-05', '05.01.2024', '2024年1月6日', '2024-01-07T00:00:00+08:00', '20240108', 'soon'],
      epoch: ['1700000000', '1700000001', '1700000002', null, null, null],
      words: ['march', 'may be', 'decisive', 'june', 'augustus', 'sepia 5'],
    });
    expect(f.iso).toMatchObject({
      known: 4,
      date: 0.75,
      dates: [{ form: 'yyyy-mm-dd', n: 3 }],
      ambiguous: false,
      offset: false,
      min: '2024-01-05 00:00:00',
      max: '2024-02-29 10:00:00',
    });
    expect(f.both).toMatchObject({ date: 1, dates: [{ form: 'd/m/yyyy', n: 3 }], ambiguous: true });
    expect(f.european).toMatchObject({ dates: [{ form: 'd/m/yyyy', n: 3 }], ambiguous: false });
    expect(f.american).toMatchObject({ dates: [{ form: 'm/d/yyyy', n: 3 }], ambiguous: false });
    expect(f.quarrel).toMatchObject({ date: 1, ambiguous: true });
    expect(f.mixed!.dates.map((d) => d.form).sort()).toEqual(['d.m.yyyy', 'yyyy-mm-dd', 'yyyy-mm-dd with offset', 'yyyymmdd', 'yyyy年m月d日']);
    expect(f.mixed).toMatchObject({ offset: true, date: 5 / 6, max: '2024-01-08 00:00:00' });
    expect(f.epoch).toMatchObject({ number: 1, date: 1, dates: [{ form: 'seconds since 1970', n: 3 }] });
    expect(f.words).toMatchObject({ date: 0, dates: [] });
  });

  test('ids and nothings', async () => {
    const f = await facts(engine(), {
      float: ['17850.0', '13047.0', null, '17850.0'],
      nothing: ['NULL', ' n/a ', '-', 'unknown'],
      country: ['DE', 'NA', 'FR', 'DE'],
      answer: ['yes', 'NA', 'no', 'yes'],
      spoiled: ['1.23457E+17', '123457', '#REF!', '0000-00-00'],
      padded: [' 007', '007 ', '\u00a0007', '7'],
      empty: [null, ' ', '\t', null],
    });
    expect(f.float).toMatchObject({ dotZero: true, distinct: 2, number: 1 });
    expect(f.nothing).toMatchObject({ known: 1, empty: 3, samples: ['unknown'] });
    expect(f.nothing!.lost.map((l) => l.text)).toEqual(['-', 'NULL', 'n/a']);
    expect(f.country).toMatchObject({ known: 4, distinct: 3, keepsNA: true, lost: [] });
    expect(f.answer).toMatchObject({ known: 3, distinct: 2, lost: [{ text: 'NA', n: 1, reason: 'reads as nothing' }] });
    expect(f.answer!.keepsNA).toBeUndefined();
    expect(f.spoiled!.lost.map((l) => l.text)).toEqual(['#REF!', '0000-00-00', '1.23457E+17']);
    expect(f.padded).toMatchObject({ distinct: 2, min: '007', max: '7' });
    expect(f.empty).toMatchObject({ known: 0, empty: 4, distinct: 0, min: null, max: null, samples: [], number: 0, date: 0 });
  });

  test('forms beyond the sample are found: nothing is judged on the first rows', async () => {
    await engine().exec(
      `CREATE OR REPLACE TABLE z.j AS SELECT i::UINTEGER AS line, CASE WHEN i >= 9000 THEN strftime(DATE '2020-01-01' + i::INTEGER, '%d.%m.%Y') ELSE CAST(DATE '2020-01-01' + i::INTEGER AS VARCHAR) END AS c0, ` +
        `CASE WHEN i = 9999 THEN '1,5' ELSE CAST(i AS VARCHAR) END AS c1 FROM range(10000) t(i)`,
    );
    const [dates, numbers] = await judge(engine(), 'z.j', ['day', 'n'], 10_000);
    expect(dates!.dates).toEqual([
      { form: 'yyyy-mm-dd', n: 9000 },
      { form: 'd.m.yyyy', n: 1000 },
    ]);
    expect(numbers).toMatchObject({ number: 1, decimal: decimal(',', false, 1), distinct: 10_000 });
  });
});
