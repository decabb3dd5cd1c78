import { expect, it } from 'vitest';
import { complete } from '../../src/tags/own/formula-complete.ts';
import { readIdList, writeIdList } from '../../src/tags/own/id-list.ts';
import { matches } from '../../src/ui/tags/summary.ts';

const tag = (id: string, title: string, values: string[] = []) =>
  ({ id, title, type: values.length ? 'enum' : 'int', distinct: values.length, values: values.map((value) => ({ value, n: 1 })) }) as const;
const TAGS = [
  tag('orders', 'Orders'),
  tag('city', 'City', ['Lyon', 'Paris']),
  tag('attr:Job title', 'Job title', ['nurse']),
  tag('aov', 'Average order'),
];
const at = (text: string) => complete(text.replace('|', ''), text.indexOf('|'), TAGS);
const inserts = (text: string) => at(text).items.map((i) => i.insert);

it('completes tags, functions and values where they may stand', () => {
  expect(inserts('1 + or|')).toEqual(['orders', 'aov']);
  expect(inserts('m|')).toContain('max(');
  expect(inserts('tod|')).toEqual(['today()']);
  expect(inserts('job|')).toEqual(['[attr:Job title]']);
  expect(at('city = "P|"')).toMatchObject({ from: 8, to: 10, items: [{ insert: 'Paris"' }] });
  expect(inserts("city in ('Lyon', 'P|")).toEqual(["Paris'"]);
  expect(inserts('[attr:Job title] = "|')).toEqual(['nurse"']);
  expect(inserts('orders |')).toEqual([]);
  expect(inserts('orders|')).toEqual([]);
});

it('reads pasted lists', () => {
  const read = readIdList('\ufeffuser_id;tier\r\n0012;gold\r\n"a;b";silver\n0012;x\n\n7');
  expect([read.rows.map((r) => r.id), read.doubled, read.valued]).toEqual([['0012', '"a', '7'], 1, true]);
  expect(writeIdList(readIdList('u1\nu2 '))).toBe('u1\nu2');
});

it('finds tags by Chinese and English words', () => {
  const found = (id: string, search: string): boolean => matches({ id, title: id, description: '' }, search);
  expect(found('gender', '性别')).toBe(true);
  expect(found('aov', '客单价')).toBe(true);
  expect(found('aov', 'basket size')).toBe(true);
  expect(found('repeat_rate', '复购')).toBe(true);
  expect(found('out_degree:follow', '社交')).toBe(true);
  expect(found('gender', '年龄')).toBe(false);
  expect(found('gender', ' ')).toBe(true);
});
