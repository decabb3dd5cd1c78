import { expect, test } from 'vitest';
import { column } from '../../src/core/frame.ts';
import { openFile, peek } from '../../src/ingest/open.ts';
import { parseNumber } from '../../src/ingest/parse-number.ts';
import { onBothEngines } from './engines.ts';

/** What an engine's own reader changes on the way in: here nothing may change. */
onBothEngines('nothing changes on the way in', (engine) => {
  test('300,000 lines: ids with zeros in front and cents only after line 200,000, a time of day after dates', async () => {
    // Lines 2 … 200,001: ids 1 … 200000, whole amounts. Then ids 001 … 1000 over and over, amounts with cents, days with a time.
    const lines = ['id,amount,day'];
    for (let i = 1; i <= 200_000; i++) lines.push(`${i},${(i % 90) + 1},2024-01-0${(i % 9) + 1}`);
    for (let i = 0; i < 100_000; i++) lines.push(`00${(i % 1000) + 1},${i % 90}.25,2024-02-01 13:45:10`);
    const facts = await openFile(engine(), { name: 'big.csv', source: new TextEncoder().encode(`${lines.join('\n')}\n`) });
    const [id, amount, day] = facts.columns;
    expect([facts.rows, facts.rejected]).toEqual([300_000, 0]);
    expect(id!.distinct).toBe(201_000);
    expect(amount).toMatchObject({ number: 1, decimal: { sign: '.', guess: false, scale: 2 }, range: [0.25, 90] });
    expect(day).toMatchObject({ date: 1, dates: [{ form: 'yyyy-mm-dd', n: 300_000 }], max: '2024-02-01 13:45:10' });
    const sums = await engine().query(
      `SELECT CAST(sum(${parseNumber(amount!, 'c1', 'DECIMAL(18, 2)')}) AS VARCHAR) AS s, min(line) AS first, max(line) AS last, count(DISTINCT line) AS lines, ` +
        `count(*) FILTER (c0 LIKE '00%') AS zeros, min(line) FILTER (c0 LIKE '00%') AS at FROM z.f_${facts.id}`,
    );
    let cents = 0;
    for (let i = 1; i <= 200_000; i++) cents += ((i % 90) + 1) * 100;
    for (let i = 0; i < 100_000; i++) cents += (i % 90) * 100 + 25;
    expect(column(sums, 's')[0]).toBe((cents / 100).toFixed(2));
    expect(['first', 'last', 'lines', 'zeros', 'at'].map((k) => Number(column(sums, k)[0]))).toEqual([2, 300_001, 300_000, 100_000, 200_002]);
  });

  test('ids of 20 digits, SKU 1E5, a date that may be read two ways, money in three writings, offsets', async () => {
    const text =
      'id;sku;day;usd;cny;eur;stamp\n' +
      '12345678901234567890;1E5;01/02/2025;1,234.50;¥12.50;1.234,50;2025-01-01T00:00:00+08:00\n' +
      '12345678901234567891;007;02/03/2025;(12.00);￥3;99,00;2025-01-01T00:00:00+08:00\n';
    const facts = await openFile(engine(), { name: 'ids.csv', source: new TextEncoder().encode(text) });
    const { rows } = await peek(engine(), facts, 0, 9);
    expect(rows.map((r) => r.cells.slice(0, 3))).toEqual([
      ['12345678901234567890', '1E5', '01/02/2025'],
      ['12345678901234567891', '007', '02/03/2025'],
    ]);
    const by = Object.fromEntries(facts.columns.map((c) => [c.name, c]));
    expect(by.id!.distinct).toBe(2);
    expect(by.sku).toMatchObject({ distinct: 2, number: 0.5 });
    expect(by.day).toMatchObject({ date: 1, ambiguous: true });
    expect([by.usd!.range, by.cny!.range, by.eur!.range]).toEqual([
      [-12, 1234.5],
      [3, 12.5],
      [99, 1234.5],
    ]);
    expect(by.eur!.decimal!.sign).toBe(',');
    expect(by.stamp).toMatchObject({ offset: true, date: 1, min: '2024-12-31 16:00:00' });
  });
});
