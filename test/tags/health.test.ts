import { expect, it } from 'vitest';
import type { TagInfo } from '../../src/core/tag.ts';
import { ailments } from '../../src/tags/health.ts';
import { rolesNamed } from '../../src/tags/needs.ts';

const tag = (id: string, part: Partial<TagInfo>): TagInfo =>
  ({ id, type: 'enum', known: 100, universe: 100, distinct: 3, values: [{ value: 'a', n: 40 }], freshness: null, bands: null, ...part }) as TagInfo;

it('names the worst of each tag, worst first', () => {
  const found = ailments([
    tag('well', {}),
    tag('old', { freshness: 91 }),
    tag('rare', { known: 19, values: [{ value: 'a', n: 9 }] }),
    tag('same', { distinct: 1, values: [{ value: 'a', n: 100 }] }),
    tag('nearly', { values: [{ value: 'a', n: 99 }] }),
    tag('number', { type: 'int', bands: { edges: [], labels: ['0'], leftClosed: false }, values: [{ value: '0', n: 100 }] }),
    tag('none', { known: 0, distinct: 0, values: [] }),
  ]);
  expect(found.map((i) => [i.tag.id, i.ailment, i.figure])).toEqual([
    ['none', 'nobody', 0],
    ['same', 'one-value', 1],
    ['rare', 'rare', 0.19],
    ['old', 'stale', 91],
    ['nearly', 'almost-one', 0.99],
  ]);
});

it('knows the role that a waiting tag lacks', () => {
  expect(rolesNamed('a column with the gender of a user')).toEqual(['gender']);
  expect(rolesNamed('a column with an e-mail address, or a column with a phone number')).toEqual(['email', 'phone']);
  expect(rolesNamed('a column with the price of a product')).toEqual(['price']);
  expect(rolesNamed('links between users: referrals, follows, gifts')).toEqual([]);
});
