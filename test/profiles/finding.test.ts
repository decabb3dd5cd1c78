import { describe, expect, it } from 'vitest';
import type { Profile, ProfileCell, ProfileTag } from '../../src/core/profile.ts';
import {
  cellDetail,
  cellSentence,
  figureFinding,
  headline,
  numbersTitle,
  phrase,
  pictureTitle,
  standouts,
  standoutTitle,
  tagTitle,
  testedLine,
} from '../../src/profiles/finding.ts';

const plain = (s: string) => s.replaceAll('\u202f', ' ');
const cell = (value: string, share: number, base: number, over: Partial<ProfileCell> = {}): ProfileCell => ({
  value,
  a: 100,
  K: 200,
  share,
  base,
  tgi: (100 * share) / base,
  lo: 0,
  hi: 0,
  p: 0.001,
  q: 0.001,
  clear: true,
  term: Math.abs(share - base),
  hidden: false,
  ...over,
});
const tag = (id: string, title: string, cells: ProfileCell[], over: Partial<ProfileTag> = {}): ProfileTag => ({
  id,
  title,
  dimension: 'demographic',
  kind: 'static',
  type: 'enum',
  unit: '',
  n: 1,
  N: 2,
  unknown: 0,
  cells,
  D: 1,
  inRule: false,
  numbers: null,
  ...over,
});
const BASE: Profile = {
  entity: 'user',
  n: 1483,
  universe: 20000,
  baseline: { title: 'everyone', n: 20000 },
  tags: [],
  figures: [{ id: 'monetary', title: 'Revenue per user', unit: 'EUR', value: 406, lo: 391, hi: 420, base: 104, shareOfTotal: 0.29 }],
  tested: 39,
  clear: 27,
  tooFew: false,
  weight: 'users',
  asOf: '2026-09-01 00:00:00',
  sql: [],
  ms: 1,
};
const RICH: Profile = {
  ...BASE,
  tags: [
    tag('preferred_hour', 'Preferred hour', [cell('evening', 0.976, 0.689), cell('afternoon', 0.05, 0.2, { term: 0.2 })], {
      type: 'int',
      dimension: 'activity',
    }),
    tag('age_band', 'Age band', [cell('25-34', 0.567, 0.43), cell('55+', 0.1, 0.101, { clear: false, q: 0.8 })]),
    tag('city', 'City', [cell('Lyon', 0.471, 0.339)]),
    tag('favourite_category', 'Favourite category', [cell('Books', 0.011, 0.037)]),
    tag('lifecycle', 'Lifecycle', [cell('active', 1, 0.2)], { inRule: true }),
  ],
};
const FLAT: Profile = { ...BASE, tags: RICH.tags.map((t) => ({ ...t, cells: t.cells.map((c) => ({ ...c, clear: false, q: 0.5 })) })), clear: 0 };
const NAMED = { name: 'Flash regulars' };

describe('headline', () => {
  it.each<[string, Profile, Parameters<typeof headline>[1], string]>([
    ['named', BASE, NAMED, 'Flash regulars: 7 % of users, 29 % of revenue'],
    ['without a name', BASE, { name: null, noun: 'customers' }, 'This segment is 7 % of customers and brings 29 % of revenue'],
    ['without money', { ...BASE, figures: [] }, NAMED, 'Flash regulars: 7 % of users'],
    [
      'a long name',
      BASE,
      { name: 'Everyone who bought at least twice in the flash sale in the last 180 days' },
      'They are 7 % of users and bring 29 % of revenue',
    ],
    ['everyone', { ...BASE, n: 20000 }, { name: null, everyone: true }, '20,000 users bring €406 each'],
    ['everyone without money', { ...BASE, n: 20000, figures: [] }, { name: null, everyone: true }, '20,000 users'],
    ['nobody', { ...BASE, n: 0 }, NAMED, 'Nobody is in Flash regulars'],
    ['too few', { ...BASE, tooFew: true }, NAMED, 'Too few to show: a group here has fewer users than the smallest group'],
    [
      'small shares',
      { ...BASE, n: 90, figures: [{ ...BASE.figures[0]!, shareOfTotal: 0.0002 }] },
      NAMED,
      'Flash regulars: 0.5 % of users, under 0.1 % of revenue',
    ],
    ['one of a singular name', BASE, { name: 'New segment' }, 'New segment: 7 % of users, 29 % of revenue'],
    ['signs that are one value', BASE, { name: 'RFM +--' }, 'RFM +\u2060-\u2060-: 7 % of users, 29 % of revenue'],
    ['products', { ...BASE, entity: 'product' }, { name: 'Stars' }, 'Stars: 7 % of products, 29 % of revenue'],
  ])('%s', (_name, p, say, want) => expect(plain(headline(p, say))).toBe(want));
});

describe('picture and list', () => {
  it('names what is more often so, the strongest first, one value per tag, the rule left out', () => {
    expect(pictureTitle(RICH)).toBe('They are more often active in the evening, aged 25–34 and in Lyon');
    expect(standoutTitle(RICH)).toBe('evening (Preferred hour) stands out; afternoon (Preferred hour) is rarer');
    expect(standouts(RICH).map((s) => s.cell.value)).toEqual(['evening', 'afternoon', '25-34', 'Lyon', 'Books']);
    expect(plain(testedLine(RICH))).toBe('27 clear of 39 tested, at a false discovery rate of 5 %');
  });
  it('turns to what is rarer where nothing is more often so', () => {
    const less = { ...RICH, tags: RICH.tags.slice(3) };
    expect(pictureTitle(less)).toBe('They are less often with favourite category Books');
    expect(standoutTitle(less)).toBe('Books (Favourite category) is rarer');
  });
  it('flat data gives no claim', () => {
    for (const title of [pictureTitle, standoutTitle]) expect(title(FLAT)).toBe('No clear difference from everyone');
    expect(tagTitle(FLAT.tags[0]!, FLAT)).toBe('No clear difference from everyone');
    expect(numbersTitle(tag('age', 'Age', []), FLAT)).toBe('No clear difference from everyone');
  });
  it('stays under 90 characters', () => {
    const long = {
      ...RICH,
      tags: RICH.tags.map((t, i) => ({
        ...t,
        id: `x${i}`,
        title: 'A rather long title of a tag',
        cells: [cell(`a rather long value ${i}`, 0.9, 0.1)],
      })),
    };
    expect(pictureTitle(long).length).toBeLessThanOrEqual(90);
    expect(standoutTitle(long).length).toBeLessThanOrEqual(90);
  });
});

describe('one tag, one bar, one number', () => {
  it('says both shares, and chance where it may be', () => {
    expect(plain(tagTitle(RICH.tags[2]!, RICH))).toBe('47.1 % are in Lyon, against 33.9 % of everyone');
    expect(plain(cellDetail(RICH.tags[2]!, RICH.tags[2]!.cells[0]!, RICH))).toBe(
      '47.1 % are in Lyon, against 33.9 % of everyone: 1.4 times as often',
    );
    expect(plain(cellSentence(RICH.tags[1]!, RICH.tags[1]!.cells[1]!, RICH))).toBe(
      '10.0 % are aged 55+, against 10.1 % of everyone: could be chance',
    );
    expect(tagTitle({ ...RICH.tags[4]!, cells: [cell('active', 1, 0.2, { clear: false })] }, RICH)).toBe('Part of the rule itself, so no finding');
    expect(plain(cellSentence(RICH.tags[2]!, RICH.tags[2]!.cells[0]!, { ...RICH, weight: 'revenue' }))).toBe(
      '47.1 % of revenue comes from those who are in Lyon, against 33.9 % of everyone',
    );
  });
  it('numbers by their medians', () => {
    const numbers = { median: 258, baseMedian: 448, delta: -0.2, size: 'small' as const, z: -27, p: 1e-9, q: 1e-9, d: -0.2 };
    const balance = tag('balance', 'Balance', [], { type: 'number', numbers });
    expect(numbersTitle(balance, RICH)).toBe('Half have balance over 258, against 448 for everyone');
    expect(tagTitle(balance, RICH)).toBe('Half have balance over 258, against 448 for everyone');
    expect(numbersTitle(tag('orders', 'Orders', [], { type: 'int', numbers: { ...numbers, median: 1, baseMedian: 1 } }), RICH)).toBe(
      'Lower orders than everyone, with the same median of 1',
    );
  });
  it('figures with the baseline beside them', () => {
    expect(figureFinding(BASE.figures[0]!, BASE)).toBe('Revenue per user is €406, 3.9 times the €104 of everyone');
    expect(figureFinding({ ...BASE.figures[0]!, lo: 90, hi: 500 }, BASE)).toBe(
      'Revenue per user is €406; against €104 of everyone the difference could be chance',
    );
    expect(figureFinding({ ...BASE.figures[0]!, value: null }, BASE)).toBe('Revenue per user is unknown here');
    expect(
      figureFinding({ id: 'orders', title: 'Orders per user', unit: '', value: 8.84, lo: 8.5, hi: 9.1, base: 0, shareOfTotal: null }, BASE),
    ).toBe('Orders per user is 8.84');
  });
  it.each([
    ['gender', 'Gender', 'enum', 'female', 'women'],
    ['x', 'RFM score', 'enum', '555', 'with RFM score 555'],
    ['c', 'Can be contacted', 'boolean', 'false', 'without “can be contacted”'],
    ['monetary', 'Spend', 'money', '100-200', 'with spend 100–200'],
  ] as const)('%s reads well', (id, title, type, value, want) => expect(phrase({ id, title, type }, value)).toBe(want));
});
