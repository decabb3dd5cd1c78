import { expect, test } from 'vitest';
import { column } from '../../src/core/frame.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { literal } from '../../src/engine/sql.ts';
import { cellSql } from '../../src/ingest/cell.ts';
import { DATE_FORMS } from '../../src/ingest/date-forms.ts';
import { formSql, parseDate } from '../../src/ingest/parse-date.ts';
import { parseNumber } from '../../src/ingest/parse-number.ts';
import { onBothEngines } from './engines.ts';

/** One expression over many values, as a column so that nothing is folded away before it runs. */
async function over(engine: Engine, values: string[], expr: (v: string) => string): Promise<unknown[]> {
  const rows = values.map((v, i) => `(${i}, ${literal(v).text})`).join(', ');
  const frame = await engine.query(`SELECT CAST(${expr('v')} AS VARCHAR) AS r FROM (VALUES ${rows}) t(i, v) ORDER BY i`);
  return Array.from(column(frame, 'r'));
}

const DOT: Record<string, string | null> = {
  '1,234.50': '1234.5000',
  '¥12.50': '12.5000',
  '(12.00)': '-12.0000',
  '12-': '-12.0000',
  '-5': '-5.0000',
  '−5': '-5.0000',
  '12.5%': '0.1250',
  '1E5': null,
  '1.5E+02': '150.0000',
  '1\u00a0234.50': '1234.5000',
  "1'234.50": '1234.5000',
  US$5: '5.0000',
  'USD 5.00': '5.0000',
  '(EUR 5.00)': '-5.0000',
  '-$5.00': '-5.0000',
  '$-5': '-5.0000',
  C536379: null,
  SKU12: null,
  '12,34,567.00': '1234567.0000',
  '1.234.567': null,
  '.5': '0.5000',
  '+7': '7.0000',
  '1-2': null,
  '85123A': null,
  ' 0012 ': '12.0000',
  '1,2': null,
  '': null,
  $: null,
  '2024-01-05': null,
  '12.50 kr.': '12.5000',
  'R$ 5': '5.0000',
  nan: null,
  inf: null,
};
const COMMA: Record<string, string | null> = {
  '1.234,56 €': '1234.5600',
  '12,5 %': '0.1250',
  '1 234,50': '1234.5000',
  'R$ 12,00': '12.0000',
  '1,234.50': null,
  '1.234.567': '1234567.0000',
  '(12,00)': '-12.0000',
  '1.234': '1234.0000',
  '12.5': null,
  '-7': '-7.0000',
};
const DATES: Record<string, Record<string, string>> = {
  '2024-01-05': { 'yyyy-mm-dd': '2024-01-05 00:00:00' },
  '2024-01-05T10:00:00': { 'yyyy-mm-dd': '2024-01-05 10:00:00' },
  '2024-01-05 10:00:00.123456': { 'yyyy-mm-dd': '2024-01-05 10:00:00.123456' },
  '2024-01-05 10:00:00,123': { 'yyyy-mm-dd h:m:s,ms': '2024-01-05 10:00:00.123' },
  '2024-01-05T10:00:00Z': { 'yyyy-mm-dd with offset': '2024-01-05 10:00:00' },
  '2024-01-05 10:00:00+08:00': { 'yyyy-mm-dd with offset': '2024-01-05 02:00:00' },
  '2024-01-05T10:00:00.5-0330': { 'yyyy-mm-dd with offset': '2024-01-05 13:30:00.5' },
  '2024-01-05 10:00:00 UTC': { 'yyyy-mm-dd with offset': '2024-01-05 10:00:00' },
  '2024-02-30': {},
  '2024-13-01': {},
  '0000-00-00': {},
  '1234': {},
  '99999999': {},
  '1.5': {},
  '10:00:00': {},
  '20240105': { yyyymmdd: '2024-01-05 00:00:00' },
  '20240105123456': { yyyymmddhhmmss: '2024-01-05 12:34:56' },
  '2024/1/5': { 'yyyy/m/d': '2024-01-05 00:00:00' },
  '2024/01/05 10:00': { 'yyyy/m/d': '2024-01-05 10:00:00' },
  '2024年1月5日': { yyyy年m月d日: '2024-01-05 00:00:00' },
  '2024年01月05日10时05分30秒': { yyyy年m月d日: '2024-01-05 10:05:30' },
  '31.12.2024': { 'd.m.yyyy': '2024-12-31 00:00:00' },
  '05.01.2024, 10:30': { 'd.m.yyyy': '2024-01-05 10:30:00' },
  '01/02/2025': { 'd/m/yyyy': '2025-02-01 00:00:00', 'm/d/yyyy': '2025-01-02 00:00:00' },
  '31-12-2024 8:05': { 'd/m/yyyy': '2024-12-31 08:05:00' },
  '12/31/2024': { 'm/d/yyyy': '2024-12-31 00:00:00' },
  '12/31/2024 1:05 PM': { 'm/d/yyyy, 12 hours': '2024-12-31 13:05:00' },
  '12/31/2024 12:05 am': { 'm/d/yyyy, 12 hours': '2024-12-31 00:05:00' },
  '12-Jan-2024': { 'd-Mon-yyyy': '2024-01-12 00:00:00' },
  '12 September 2024 10:00': { 'd-Mon-yyyy': '2024-09-12 10:00:00' },
  '12-Jax-2024': {},
  'Dec 12, 2024': { 'Mon d, yyyy': '2024-12-12 00:00:00' },
  '13/1/75': { 'd/m/yy': '1975-01-13 00:00:00' },
  '31.12.10': { 'd.m.yy': '2010-12-31 00:00:00' },
  '1700000000': { 'seconds since 1970': '2023-11-14 22:13:20' },
  '1700000000.5': { 'seconds since 1970': '2023-11-14 22:13:20.5' },
  '900000000': {},
  '1700000000123': { 'milliseconds since 1970': '2023-11-14 22:13:20.123' },
  '1700000000123456': { 'microseconds since 1970': '2023-11-14 22:13:20.123456' },
};

onBothEngines('casts', (engine) => {
  test.each([
    ['.', DOT],
    [',', COMMA],
  ] as const)('numbers under the decimal sign %s', async (sign, table) => {
    const facts = { decimal: { sign, guess: false, scale: 2 } };
    const got = await over(engine(), Object.keys(table), (v) => parseNumber(facts, v, 'DECIMAL(18, 4)'));
    expect(Object.fromEntries(Object.keys(table).map((k, i) => [k, got[i]]))).toEqual(table);
  });

  test('dates in every form', async () => {
    const values = Object.keys(DATES);
    const found: Record<string, Record<string, string>> = Object.fromEntries(values.map((v) => [v, {}]));
    for (const form of DATE_FORMS) {
      const got = await over(engine(), values, (v) => formSql(form, v));
      values.forEach((v, i) => got[i] !== null && (found[v]![form.id] = got[i] as string));
    }
    expect(found).toEqual(DATES);
  });

  test('a column of several forms takes the first that fits; the answer to d/m or m/d changes only what it is about', async () => {
    const dates = [
      { form: 'd/m/yyyy', n: 3 },
      { form: 'yyyy-mm-dd with offset', n: 2 },
    ];
    const values = ['01/02/2025', '2025-02-01 00:30:00+01:00', 'soon', '12/31/2024'];
    const open = parseDate({ dates }, 'v');
    expect(await over(engine(), values, () => open.ts)).toEqual(['2025-02-01 00:00:00', '2025-01-31 23:30:00', null, null]);
    expect(await over(engine(), values, () => open.instant)).toEqual(['false', 'true', 'false', 'false']);
    const american = parseDate({ dates }, 'v', false);
    expect(await over(engine(), values, () => american.ts)).toEqual(['2025-01-02 00:00:00', '2025-01-31 23:30:00', null, '2024-12-31 00:00:00']);
    expect(parseDate({ dates: [] }, 'v')).toMatchObject({ ts: 'CAST(NULL AS TIMESTAMP)', noneInstant: true });
  });

  test('cells that say nothing', async () => {
    const values = [' NULL ', ' 007 ', '\\N', 'NA', '—', '?', '', ' \t', 'unknown', 'none', 'n/a', '#N/A'];
    const none = [null, '007', null, null, null, null, null, null, 'unknown', 'none', null, null];
    expect(await over(engine(), values, (v) => cellSql(v))).toEqual(none);
    expect((await over(engine(), values, (v) => cellSql(v, { keepsNA: true })))[3]).toBe('NA');
  });
});
