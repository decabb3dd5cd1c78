import { expect, it } from 'vitest';
import { cellsOf } from '../../src/profiles/cells.ts';
import { gather } from '../../src/profiles/cells-sql.ts';

const raw = (v: string, n: number): Parameters<typeof gather>[1][number] =>
  ({
    i: 0,
    kind: 'v',
    v,
    ...Object.fromEntries([0, 1, 2].flatMap((g) => [`n${g}`, `w${g}`, `v${g}`, `x${g}`].map((c) => [c, n]))),
  }) as Parameters<typeof gather>[1][number];
const names = (tag: Parameters<typeof gather>[0], rows: ReturnType<typeof raw>[]): string[] =>
  cellsOf(gather(tag, rows), 'inside', 5, 'users', true).cells.map((c) => c.value);

it('where nothing tells values apart they stand in the order of the tag, else the commonest first', () => {
  const bands = { edges: [1000, 1750], labels: ['up to 1000', '1000 to 1750', 'over 1750'], leftClosed: false };
  expect(names({ bands, order: null }, [raw('2', 40), raw('0', 30), raw('1', 60)])).toEqual(bands.labels);
  expect(names({ bands: null, order: ['low', 'mid', 'high'] }, [raw('mid', 50), raw('high', 20), raw('low', 30), raw('new', 9)])).toEqual([
    'low',
    'mid',
    'high',
    'new',
  ]);
  expect(names({ bands: null, order: null }, [raw('b', 20), raw('a', 10), raw('c', 30)])).toEqual(['c', 'b', 'a']);
});
