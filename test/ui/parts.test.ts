import { describe, expect, test } from 'vitest';
import { TesseraError } from '../../src/core/errors.ts';
import { cellText, csv, sortRows, tsv, type Column } from '../../src/ui/parts/cells.ts';
import { marked, matching } from '../../src/ui/parts/match.ts';
import { parseNumber } from '../../src/ui/parts/number.ts';
import { problem } from '../../src/ui/parts/problem.ts';
import { fileName } from '../../src/ui/parts/save.ts';
import { explanationText } from '../../src/ui/parts/explanation.ts';

test.each([
  ['40', 40],
  ['1,234.5', 1234.5],
  ['1 234', 1234],
  ['−3', -3],
  ['45 %', 45],
  ['€ 45', 45],
  ['3,5', 3.5],
  ['1,234', 1234],
  ['.5', 0.5],
  ['1e3', 1000],
  ['forty', null],
  ['', null],
  ['1.2.3', null],
  ['-', null],
])('typed number %s', (text, want) => expect(parseNumber(text)).toBe(want));

describe('finding options', () => {
  const options = ['Café visits', 'Last visit', 'Discount', 'Buys at a discount', 'Visit hour'].map((label) => ({ value: label, label }));
  test('words in any order, accents aside, starts of the text first', () => {
    expect(matching(options, 'disc').map((o) => o.label)).toEqual(['Discount', 'Buys at a discount']);
    expect(matching(options, 'cafe').map((o) => o.label)).toEqual(['Café visits']);
    expect(matching(options, 'visit last').map((o) => o.label)).toEqual(['Last visit']);
    expect(matching(options, '')).toHaveLength(5);
  });
  test('hits are marked without changing the text', () => {
    expect(marked('Buys at a discount', 'disc')).toEqual([
      { text: 'Buys at a ', hit: false },
      { text: 'disc', hit: true },
      { text: 'ount', hit: false },
    ]);
    expect(marked('straße', 'x')).toEqual([{ text: 'straße', hit: false }]);
  });
});

describe('tables', () => {
  test('sorting keeps nulls last both ways and ties in order', () => {
    const rows = [
      [2, 'a'],
      [null, 'b'],
      [1, 'c'],
      [2, 'd'],
    ];
    expect(sortRows(rows, 0, 'asc').map((r) => r[1])).toEqual(['c', 'a', 'd', 'b']);
    expect(sortRows(rows, 0, 'desc').map((r) => r[1])).toEqual(['a', 'd', 'c', 'b']);
    expect(sortRows([['u-10'], ['u-9']], 0, 'asc')).toEqual([['u-9'], ['u-10']]);
  });
  test('CSV quotes, and disarms formulas in texts but never numbers', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['=1+1', -5],
          ['x"y', null],
          ['-3', 'p,q'],
        ],
      ),
    ).toBe('a,b\r\n\'=1+1,-5\r\n"x""y",\r\n\'-3,"p,q"\r\n');
  });
  test('text for the clipboard has one line per row', () => expect(tsv([['a\tb', 'c\nd']])).toBe('a b\tc d'));
  test('cells are written in the words of their column', () => {
    const share: Column = { id: 's', label: 'Share', type: 'share' };
    expect(cellText(share, 0.25, [])).toBe('25.0\u202f%');
    expect(cellText({ ...share, type: 'int' }, 12345, [])).toBe('12,345');
    expect(cellText({ ...share, type: 'mono' }, '007', [])).toBe('007');
    expect(cellText({ ...share, type: 'text' }, null, [])).toBe('–');
  });
});

test('a problem is its sentence, what to do, and where', () => {
  const e = new TesseraError('FILE_UNREADABLE', 'Wrong number of columns: 14, expected 13.', {
    next: 'Fix the line.',
    where: { file: 'events.csv', line: 48211, column: 'ts' },
    cause: new Error('parser'),
  });
  expect(problem(e)).toEqual({
    message: 'Wrong number of columns: 14, expected 13.',
    next: 'Fix the line.',
    where: 'events.csv, line 48,211, column ts',
    detail: 'parser',
  });
  expect(problem({ code: 'INTERNAL', message: 'm', next: 'n' }).message).toBe('m');
  expect(problem(new Error('plain')).message).toBe('plain');
});

test('file names', () => {
  expect(fileName('They buy in the evening, at 25–34!', 'svg')).toBe('they-buy-in-the-evening-at-25-34.svg');
  expect(fileName('…', 'csv')).toBe('tessera.csv');
});

test('an explanation as text holds all its parts', () => {
  const text = explanationText({
    value: '139',
    of: 'TGI',
    sentence: 'S.',
    calculation: {
      parts: [
        { figure: '699', of: 'here', share: '47', tone: 'seg' },
        { figure: '6,785', of: 'all', tone: 'base' },
      ],
      ops: ['÷', '× 100'],
    },
    counted: [['Users', '1']],
    sql: 'select 1',
  });
  expect(text).toBe('139 TGI\nS.\n699 here (47) ÷ 6,785 all × 100\nUsers: 1\nselect 1');
});
