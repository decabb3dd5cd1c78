import { beforeAll, describe, expect, it } from 'vitest';
import type { Rule, Segment } from '../../src/core/rule.ts';
import { combined, partition, partitionOf, partRule } from '../../src/segments/partition.ts';
import { idleSets, liftFinding, overlapFinding, partFinding, partName, sharedFinding, splitFinding } from '../../src/segments/partition-words.ts';
import { sizeOf } from '../../src/segments/size.ts';
import { onBoth } from '../engine/both.ts';
import { BUYERS, CTX, loadFixture } from './fixture.ts';

const seg = (id: string, rule: Rule): Segment => ({ id, name: id, rule });
const WOMEN = seg('women', { tag: 'gender', is: 'female' });
const LYON = seg('lyon', { tag: 'city', is: 'Lyon' });
const TOP: Segment = { ...seg('top', { all: [] }), limit: { top: 2, by: 'orders' } };

onBoth('partition', (engine) => {
  beforeAll(() => loadFixture(engine()));
  it('cuts everyone into the parts of three segments, limits included', async () => {
    const p = await partition(engine(), [WOMEN, LYON, BUYERS], CTX);
    // women u1 u2 u5 u8; Lyon u1 u2 u7; buyers u1 to u6.
    expect(p.sizes).toEqual([4, 3, 6]);
    expect(Object.fromEntries(p.parts.map((x) => [x.mask, x.n]))).toEqual({ 0: 0, 1: 1, 2: 1, 4: 3, 5: 1, 7: 2 });
    expect(p).toMatchObject({ universe: 8, none: 0, one: 5, several: 3 });
    expect(p.pairs[0]).toEqual({ i: 0, j: 1, both: 2, lift: 2 / ((4 * 3) / 8), clear: false });
    const limited = await partition(engine(), [TOP, WOMEN], CTX);
    expect(limited.sizes).toEqual([2, 4]);
  });
  it('the rule of a part has exactly its members', async () => {
    const sets = [WOMEN, LYON, BUYERS];
    const p = await partition(engine(), sets, CTX);
    const ctx = { ...CTX, segments: sets };
    for (const part of p.parts) expect((await sizeOf(engine(), { rule: partRule(p.ids, part.mask) }, ctx)).n).toBe(part.n);
    const n = async (how: 'both' | 'either' | 'without'): Promise<number> =>
      (await sizeOf(engine(), { rule: combined(how, 'women', 'lyon') }, ctx)).n;
    expect([await n('both'), await n('either'), await n('without')]).toEqual([2, 5, 2]);
  });
  it('refuses mixed kinds', async () => {
    const products: Segment = { id: 'p', name: 'p', entity: 'product', rule: { all: [] } };
    await expect(partition(engine(), [WOMEN, products], CTX)).rejects.toMatchObject({ code: 'PARAM_INVALID' });
  });
});

describe('findings of a partition', () => {
  const make = (cells: Record<number, number>, k = 5, sets = 2) =>
    ({
      ...partitionOf(
        ['a', 'b', 'c'].slice(0, sets),
        Object.entries(cells).map(([mask, n]) => ({ mask: Number(mask), n })),
        k,
      ),
      sql: '',
      ms: 0,
    }) as const;
  it('hides parts below k, and a second one lest the first follow', () => {
    const p = make({ 0: 100, 1: 3, 2: 40, 3: 20 });
    expect(p.parts.map((x) => [x.mask, x.n])).toEqual([
      [0, 100],
      [1, null],
      [2, 40],
      [3, null],
    ]);
    expect(make({ 0: 100, 1: 2, 2: 40, 3: 3 }).pairs[0]).toMatchObject({ both: null, lift: null });
  });
  it('a lift is clear only where chance does not give it', () => {
    expect(make({ 0: 40, 1: 10, 2: 10, 3: 40 }).pairs[0]).toMatchObject({ lift: 1.6, clear: true });
    expect(make({ 0: 25, 1: 25, 2: 25, 3: 26 }).pairs[0]!.clear).toBe(false);
    expect(make({ 0: 500, 1: 5, 2: 5, 3: 5 }).pairs[0]!.clear).toBe(false);
  });
  it('says what is so, and claims nothing of flat data', () => {
    expect(overlapFinding(make({ 0: 10, 1: 10, 2: 20, 3: 30 }), ['A', 'B'], 'user')).toBe('75\u202f% of A are in B too');
    expect(overlapFinding(make({ 1: 10, 2: 20 }), ['A', 'B'], 'user')).toBe('A and B share nobody');
    expect(overlapFinding(make({ 1: 10, 2: 20, 3: 2 }), ['A', 'B'], 'user')).toBe('Any two of these segments share fewer than 5 users');
    expect(overlapFinding(make({ 3: 7, 5: 9, 4: 30 }, 5, 3), ['A', 'B', 'C'], 'user')).toBe('A and C share most: 9 users');
    expect(splitFinding(make({ 1: 10, 2: 20 }), 'user')).toBe('A clean split: each of the 30 users is in exactly one');
    expect(splitFinding(make({ 0: 60, 1: 10, 2: 20, 3: 10 }), 'user')).toBe(
      'Not a clean split: 60 users (60\u202f%) are in none, 10 users (10\u202f%) are in more than one',
    );
    expect(splitFinding(make({ 0: 2, 1: 10 }), 'product')).toBe('Not a clean split: fewer than 5 products are in none');
    const long = overlapFinding(make({ 3: 7, 5: 9 }, 5, 3), ['A'.repeat(80), 'B', 'C'.repeat(80)], 'user');
    expect(long.length).toBeLessThanOrEqual(90);
  });
  it('titles of the charts are findings', () => {
    const p = make({ 0: 40, 1: 10, 2: 12, 3: 40 });
    expect(sharedFinding(p, 'user')).toBe('40 of the 62 users in these segments are in more than one');
    expect(partFinding(p, ['A', 'B'], 'user')).toBe('The largest part, 40 users: A and B');
    expect(liftFinding(p, ['A', 'B'])).toBe('A and B share 1.6 times what chance would give');
    expect(liftFinding(make({ 0: 25, 1: 25, 2: 25, 3: 25 }), ['A', 'B'])).toBe('No two of them share more or fewer than chance would give');
    expect(sharedFinding(make({ 1: 10, 2: 20 }), 'user')).toBe('No part is shared');
  });
  it('names parts and segments that add nothing', () => {
    expect(partName(['A', 'B', 'C'], 3)).toBe('A and B, not C');
    expect(partName(['A', 'B', 'C'], 1)).toBe('A, not B or C');
    expect(partName(['A', 'B'], 0)).toBe('In none of them');
    expect(idleSets(make({ 1: 10, 3: 20 }), ['A', 'B'])).toEqual([{ name: 'B', inside: 'A' }]);
    expect(idleSets(make({ 1: 10 }), ['A', 'B'])).toEqual([{ name: 'B', inside: null }]);
    expect(idleSets(make({ 3: 10 }), ['A', 'B'])).toEqual([{ name: 'B', inside: 'A' }]);
  });
});
