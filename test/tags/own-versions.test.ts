import { describe, expect, it } from 'vitest';
import type { OwnSource, OwnTag } from '../../src/core/own-tag.ts';
import { bringBack, ownId, withVersion } from '../../src/tags/own/version.ts';

describe('versions of an own tag', () => {
  const words = { title: 'Spend', description: '', dimension: 'consumption needs', unit: '', at: '2026-01-01T00:00:00Z' } as const;
  const bands = (edges: number[], tag = 'monetary'): OwnSource => ({ kind: 'bands', tag, by: 'fixed', edges, labels: ['a', 'b'] });
  it('count minor for cuts, major for a new meaning, and lose nothing', () => {
    let tag: OwnTag = { id: 'own_spend', entity: 'user', versions: [] };
    tag = withVersion(tag, { ...words, source: bands([1]) });
    tag = withVersion(tag, { ...words, source: bands([2]) });
    tag = withVersion(tag, { ...words, source: bands([2]), at: 'later' });
    tag = withVersion(tag, { ...words, source: bands([2], 'orders') });
    tag = bringBack(tag, '1.0', 'today');
    expect(tag.versions.map((v) => [v.version, v.back ?? null])).toEqual([
      ['1.0', null],
      ['1.1', null],
      ['2.0', null],
      ['3.0', '1.0'],
    ]);
    expect(tag.versions.at(-1)!.source).toEqual(bands([1]));
    expect(ownId('高价值 Kunden!', ['own_高价值_kunden'])).toBe('own_高价值_kunden_2');
  });
});
