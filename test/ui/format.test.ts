import { describe, expect, test } from 'vitest';
import {
  ago,
  asOf,
  bytes,
  date,
  dateTime,
  duration,
  fixed,
  int,
  money,
  month,
  num,
  pct,
  pctShort,
  perTile,
  range,
  signed,
  tagValue,
  tgi,
} from '../../src/ui/format.ts';

const T = '\u202f';
describe('numbers as people read them', () => {
  test.each([
    [int(19507), '19,507'],
    [int(-3), '−3'],
    [int(null), '–'],
    [int(NaN), '–'],
    [int(-0.4), '0'],
    [num(0.01634), '0.0163'],
    [num(1234.5), '1,235'],
    [num(12), '12'],
    [fixed(-0.04, 1), '0.0'],
    [fixed(-2.25, 1), '−2.3'],
    [pct(0.4713), `47.1${T}%`],
    [pct(null), '–'],
    [pctShort(0.07), `7${T}%`],
    [pctShort(0.004), `0.4${T}%`],
    [pctShort(0.0004), `under 0.1${T}%`],
    [pctShort(0), `0${T}%`],
    [money(406, 'EUR'), '€406'],
    [money(67.54, '€'), '€67.54'],
    [money(-12, 'GBP'), '−£12.00'],
    [money(5, 'CHF'), `CHF${T}5.00`],
    [money(5, ''), '5.00'],
    [money(0, 'EUR'), '€0'],
    [signed(2.5), '+2.5'],
    [signed(-0.2), '−0.2'],
    [range(131, 146), '131–146'],
    [range(-1.4, 1, num), '−1.4 to 1'],
    [tgi(139.2), '139'],
    [tgi(104, false), `≈${T}100`],
    [bytes(0), '0 bytes'],
    [bytes(1000), '1 kB'],
    [bytes(6_800_000), '6.8 MB'],
    [bytes(212_000_000), '212 MB'],
    [bytes(999_600), '1 MB'],
    [duration(6), '6 ms'],
    [duration(1240), '1.2 s'],
    [duration(200_000), '3 min'],
  ])('%s', (got, want) => expect(got).toBe(want));
});

describe('dates', () => {
  test('wall clocks are shown as written, whatever the zone of the device', () => {
    expect(date('2026-09-01')).toBe('1 Sep 2026');
    expect(dateTime('2026-08-31 20:14:07')).toBe('31 Aug 2026, 20:14');
    expect(month('2026-02-01')).toBe('Feb 2026');
    expect(asOf('2026-09-01 00:00:00')).toBe('1 Sep 2026');
    expect(asOf('2026-09-01 08:30:00')).toBe('1 Sep 2026, 08:30');
    expect(date('yesterday')).toBe('–');
  });
  test('instants are told from now', () => {
    const now = new Date(2026, 10, 25, 12);
    expect(ago(new Date(2026, 10, 24, 17, 42).toISOString(), now)).toBe('yesterday, 17:42');
    expect(ago(new Date(2026, 10, 25, 8, 5).toISOString(), now)).toBe('today, 08:05');
    expect(ago(new Date(2026, 10, 12, 8, 5).toISOString(), now)).toBe('12 Nov 2026');
  });
});

test('a tag value takes the words of its type', () => {
  expect(tagValue(0.611, 'share')).toBe(`61.1${T}%`);
  expect(tagValue(38.2, 'money', '', 'EUR')).toBe('€38.20');
  expect(tagValue(12, 'int', 'days')).toBe('12 days');
  expect(tagValue(1, 'int', 'days')).toBe('1 day');
  expect(tagValue(1, 'int', 'weekday')).toBe('Monday');
  expect(tagValue(7, 'int', 'weekday')).toBe('Sunday');
  expect(tagValue('2026-08-31', 'date')).toBe('31 Aug 2026');
  expect(tagValue(true, 'boolean')).toBe('yes');
  expect(tagValue(null, 'number')).toBe('–');
});

test('a tile of a waffle stands for 1, 2 or 5 times a power of ten, and no more than 400 are drawn', () => {
  expect(perTile(20000)).toBe(50);
  expect(perTile(300)).toBe(1);
  expect(perTile(401)).toBe(2);
  for (const n of [1, 7, 399, 400, 5000, 123456, 10_000_000]) expect(n / perTile(n)).toBeLessThanOrEqual(400.001);
});
