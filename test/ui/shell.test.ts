import { describe, expect, test } from 'vitest';
import { COLUMNS, mosaic, ROWS } from '../../src/ui/first/mosaic.ts';
import { pasted } from '../../src/ui/first/choose.ts';
import { baselineName, baselineOf, baselineParam } from '../../src/ui/shell/baseline.ts';
import { find } from '../../src/ui/shell/palette.ts';
import { typedDate, typedTime } from '../../src/ui/shell/typed-date.ts';
import type { Catalogue, TagInfo } from '../../src/core/tag.ts';
import type { Action } from '../../src/ui/actions.ts';

test.each([
  ['1 Sep 2026', '2026-09-01'],
  ['1 September 2026', '2026-09-01'],
  ['01/09/2026', '2026-09-01'],
  ['1.9.2026', '2026-09-01'],
  ['2026-9-1', '2026-09-01'],
  ['31 Feb 2026', null],
  ['29/02/2028', '2028-02-29'],
  ['soon', null],
  ['', null],
])('typed day %s', (t, want) => expect(typedDate(t)).toBe(want));
test.each([
  ['8', '08:00:00'],
  ['08:30', '08:30:00'],
  ['20:15:30', '20:15:30'],
  ['24:00', null],
  ['8:5', null],
])('typed time %s', (t, want) => expect(typedTime(t)).toBe(want));

describe('the baseline in the hash', () => {
  const segments = [{ id: 's1', name: 'Flash regulars', rule: { all: [] } }];
  test.each(['everyone', 'complement', 'snapshot', 'segment:s1'])('%s there and back', (p) => {
    const b = baselineOf(p, segments)!;
    expect(baselineParam(b) ?? 'everyone').toBe(p);
  });
  test('a segment that is gone is no baseline', () => expect(baselineOf('segment:x', segments)).toBeNull());
  test('said in words', () => expect(baselineName({ kind: 'segment', id: 's1' }, segments)).toBe('Flash regulars'));
});

describe('the palette', () => {
  const tag = (id: string, title: string, values: string[] = []): TagInfo => ({
    id,
    title,
    entity: 'user',
    description: '',
    dimension: 'interests',
    kind: 'dynamic',
    type: 'enum',
    unit: '',
    version: '1',
    order: null,
    values: values.map((value) => ({ value, n: 1 })),
    distinct: 1,
    known: 1,
    universe: 2,
    figures: null,
    histogram: null,
    bands: null,
    freshness: null,
    needs: [],
    nullRule: '',
  });
  const catalogue: Catalogue = {
    tags: [tag('fav', 'Favourite category', ['Beauty']), tag('disc', 'Buys at a discount'), tag('saved', 'Discount saved')],
    waiting: [],
    asOf: '',
    universe: { user: 2, product: 0 },
    ms: 0,
  };
  const action = (id: string, label: string, more: Partial<Action> = {}): Action => ({
    id,
    label,
    keywords: '',
    group: 'go',
    icon: (() => ({})) as unknown as Action['icon'],
    run: () => undefined,
    ...more,
  });
  const actions = [
    action('go-data', 'Go to Data'),
    action('open', 'Open files', { keywords: 'csv upload' }),
    action('undo', 'Undo', { possible: () => false }),
    action('q', 'Quiet', { quiet: true }),
  ];
  const segments = [{ id: 's', name: 'Price hunters', rule: { tag: 'disc', gte: 1 } as const }];
  test('titles first, then what is said about them, with the text that matched', () => {
    expect(find('disc', catalogue, segments, actions).tags.map((t) => t.label)).toEqual(['Discount saved', 'Buys at a discount']);
    expect(find('beauty', catalogue, segments, actions).tags[0]).toMatchObject({ label: 'Favourite category', why: 'Beauty' });
    expect(find('disc', catalogue, segments, actions).segments[0]).toMatchObject({ label: 'Price hunters', why: 'disc' });
  });
  test('without a query: places and acts, and nothing impossible', () => {
    const all = find('', catalogue, [], actions);
    expect(all.tags).toEqual([]);
    expect([...all.places, ...all.actions].map((a) => a.label)).toEqual(['Go to Data', 'Open files']);
    expect(find('csv', null, [], actions).actions.map((a) => a.label)).toEqual(['Open files']);
  });
});

describe('the first screen', () => {
  test('the mosaic is always the same, has its head, halo and ground, and stays inside its frame', () => {
    const a = mosaic(),
      b = mosaic();
    expect(a).toEqual(b);
    expect(new Set(a.map((l) => l.part))).toEqual(new Set(['head', 'halo', 'ground']));
    expect(a.flatMap((l) => [...l.d.matchAll(/M([\d.-]+) ([\d.-]+)/g)]).every((m) => Number(m[1]) < COLUMNS * 10 && Number(m[2]) < ROWS * 10)).toBe(
      true,
    );
  });
  test('a table copied from a spreadsheet is a file; a sentence is not', () => {
    const paste = (text: string): DataTransfer => ({ files: [], getData: () => text }) as unknown as DataTransfer;
    expect(pasted(paste('id\tname\n1\tx')).map((f) => f.name)).toEqual(['pasted.tsv']);
    expect(pasted(paste('id,name\n1,x')).map((f) => f.name)).toEqual(['pasted.csv']);
    expect(pasted(paste('hello, world'))).toEqual([]);
    expect(pasted(null)).toEqual([]);
  });
});
