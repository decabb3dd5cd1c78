import { expect, test } from 'vitest';
import { readArguments } from '../../src/cli-args.ts';
import type { Arguments } from '../../src/cli-args.ts';
import { withheld } from '../../src/cli-report.ts';
import { TesseraError } from '../../src/core/errors.ts';

const read = (...argv: string[]): Arguments => readArguments(argv) as Arguments;
const fault = (...argv: string[]): TesseraError => {
  try {
    readArguments(argv);
  } catch (e) {
    return e as TesseraError;
  }
  throw new Error('no error');
};

test('reads a whole command', () => {
  expect(
    read(
      'segment',
      'a.csv',
      'b.csv',
      '--rule',
      '{"tag":"country","is":"France"}',
      '--tag',
      'gender,age',
      '--tag',
      'orders',
      '--out',
      'x.CSV',
      '--as-of',
      '2024-07-01',
      '--k',
      '3',
    ),
  ).toMatchObject({
    command: 'segment',
    files: ['a.csv', 'b.csv'],
    rule: { tag: 'country', is: 'France' },
    tags: ['gender', 'age', 'orders'],
    out: { path: 'x.CSV', format: 'csv' },
    asOf: '2024-07-01 00:00:00',
    k: 3,
    baseline: 'everyone',
    entity: 'user',
    weight: 'users',
  });
  expect(read('inspect', 'a.csv', '--as-of', '2024-07-01T12:30').asOf).toBe('2024-07-01 12:30:00');
  expect(readArguments(['--help'])).toBe('help');
  expect(readArguments(['tags', '--version'])).toBe('version');
});

test.each([
  ['orders.csv:Buyer=user_id', { file: 0, column: 'Buyer', role: 'user_id' }],
  ['data/orders.csv:a:b=c=amount', { file: 0, column: 'a:b=c', role: 'amount' }],
  ['media.csv:mix:gender=female=mix:gender=female', { file: 1, column: 'mix:gender=female', role: 'mix:gender=female' }],
  ['media.csv:Note=none', { file: 1, column: 'Note', role: null }],
])('--role %s', (text, role) => {
  expect(read('inspect', 'data/orders.csv', 'media.csv', '--role', text).roles).toEqual([role]);
});

test.each([
  [[], 'USAGE', 'no command'],
  [['paint', 'a.csv'], 'USAGE', 'paint is none of inspect, tags, profile, segment'],
  [['tags'], 'USAGE', 'needs at least one file'],
  [['tags', 'a.csv', '--colour', 'red'], 'USAGE', "Unknown option '--colour'"],
  [['segment', 'a.csv', '--segment', 'x'], 'USAGE', '--project is missing'],
  [['segment', 'a.csv', '--rule', '{'], 'RULE_INVALID', 'not JSON'],
  [['segment', 'a.csv', '--rule', '[]'], 'RULE_INVALID', 'not a rule'],
  [['tags', 'a.csv', '--out', 'x.xlsx'], 'USAGE', 'neither in .csv nor in .parquet'],
  [['tags', 'a.csv', '--out', 'x.csv', '--json'], 'USAGE', 'exclude each other'],
  [['tags', 'a.csv', '--as-of', '2024-02-30'], 'USAGE', 'not a date'],
  [['tags', 'a.csv', '--as-of', 'yesterday'], 'USAGE', 'not a date'],
  [['tags', 'a.csv', '--k', '0'], 'USAGE', 'whole number from 1'],
  [['tags', 'a.csv', '--role', 'b.csv:x=age'], 'USAGE', 'names none of the files'],
  [['tags', 'a.csv', '--role', 'a.csv:x=shoe size'], 'USAGE', 'shoe size is not a role'],
])('%j is refused in a sentence', (argv, code, words) => {
  const e = fault(...argv);
  expect(e).toBeInstanceOf(TesseraError);
  expect(e.code).toBe(code);
  expect(e.message).toContain(words);
  expect(e.message).toMatch(/\.$/);
  expect(e.next).not.toBe('');
});

test('counts below k are withheld, and never just one', () => {
  const values = [
    { value: 'a', n: 90 },
    { value: 'b', n: 8 },
    { value: 'c', n: 2 },
  ];
  expect(withheld(values, 5)).toEqual([
    { value: 'a', n: 90 },
    { value: 'b', n: null, hidden: true },
    { value: 'c', n: null, hidden: true },
  ]);
  expect(
    withheld(
      [
        { value: 'a', n: 90 },
        { value: 'b', n: 3 },
        { value: 'c', n: 2 },
      ],
      5,
    ).filter((v) => v.hidden),
  ).toHaveLength(2);
  expect(withheld(values, 1)).toEqual(values);
});

test('reads a question with its parameters', () => {
  expect(read('insight', 'retention', 'a.csv', '--param', 'clock=rolling', '--param', 'brackets=1-3', '--table', 'curve')).toMatchObject({
    command: 'insight',
    question: 'retention',
    files: ['a.csv'],
    params: { clock: 'rolling', brackets: '1-3' },
    table: 'curve',
  });
  expect(fault('insight').message).toContain('retention');
  expect(fault('decide', 'horoscope', 'a.csv').next + fault('decide', 'horoscope', 'a.csv').message).toContain('channel-mix');
  expect(fault('insight', 'retention').code).toBe('USAGE');
  expect(fault('insight', 'retention', 'a.csv', '--param', 'clock').code).toBe('USAGE');
});
