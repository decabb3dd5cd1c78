import { describe, expect, it } from 'vitest';
import { idsIn, readList } from '../../src/segments/id-list.ts';
import { readyMade } from '../../src/segments/ready-made.ts';
import { problemsOf } from '../../src/segments/validate.ts';
import { CTX, tag } from './fixture.ts';

describe('lists of ids', () => {
  const read = (text: string): string[] => {
    const list = readList(text);
    return idsIn(list, list.at);
  };
  it('one a line, with or without a header, in quotes or not', () => {
    expect(read('u1\nu2\r\n\n u3 ')).toEqual(['u1', 'u2', 'u3']);
    expect(read('\uFEFFuser_id\r\nu1\r\n"u""2"\r\n')).toEqual(['u1', 'u"2']);
    expect(read('')).toEqual([]);
  });
  it('finds the column of ids in a CSV', () => {
    const list = readList('name;Customer ID;n\n"A; B";7;1\nC;8;2');
    expect(list.columns).toEqual(['name', 'Customer ID', 'n']);
    expect(idsIn(list, list.at)).toEqual(['7', '8']);
    expect(idsIn(list, 0)).toEqual(['A; B', 'C']);
    expect(readList('a,1\nb,2').columns).toEqual(['Column 1', 'Column 2']);
  });
});

describe('ready-made segments', () => {
  it('are offered only where the data has what they ask', () => {
    expect(readyMade([], { events: {}, products: 0, lastEvent: null })).toEqual([]);
    const values = (id: string, ...of: string[]) => ({ ...tag(id, 'enum'), known: 9, values: of.map((value) => ({ value, n: 3 })) });
    const tags = [values('lifecycle', 'new', 'at risk'), { ...tag('monetary', 'number'), known: 9 }, { ...tag('orders', 'int'), known: 0 }];
    const ready = readyMade(tags, { events: { cart: 2 }, products: 3, lastEvent: '2024-01-01' });
    expect(ready.map((r) => r.id)).toEqual(['high-value', 'valuable-leaving', 'stage-new', 'stage-at-risk']);
    expect(ready.every((r) => problemsOf({ rule: r.rule }, { ...CTX, tags }).length === 0)).toBe(true);
    const carts = readyMade([], { events: { cart: 2, purchase: 3 }, products: 3, lastEvent: '2024-01-01' });
    expect(carts.map((r) => r.id)).toEqual(['left-carts']);
    expect(problemsOf({ rule: carts[0]!.rule }, CTX)).toEqual([]);
  });
});
