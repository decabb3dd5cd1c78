import { describe, expect, it } from 'vitest';
import type { OwnSource, OwnVersion } from '../../src/core/own-tag.ts';
import { versionDiff, wordDiff } from '../../src/ui/tags/own/version-diff.ts';

const version = (source: OwnSource, more: Partial<OwnVersion> = {}): OwnVersion => ({
  version: '1.0',
  title: 'Big',
  description: '',
  dimension: 'interests',
  unit: '',
  at: '2026-01-01T00:00:00Z',
  source,
  ...more,
});
const said = (before: OwnVersion, after: OwnVersion): string[] =>
  versionDiff(before, after, (rule) => JSON.stringify(rule)).map(
    ({ what, pieces }) =>
      `${what}: ${pieces.map((p) => (p.mark === 'same' ? p.text : p.mark === 'gone' ? `[-${p.text}]` : `[+${p.text}]`)).join('')}`,
  );
const ids = (...lines: string[]): OwnSource => ({ kind: 'ids', list: lines.join('\n') });

describe('what a version changed', () => {
  it('is told word by word, by part', () => {
    const formula = (text: string): OwnSource => ({ kind: 'formula', text });
    expect(said(version(formula('monetary / orders')), version(formula('monetary / visits'), { title: 'Bigger' }))).toEqual([
      'Title: [-Big][+Bigger]',
      'Definition: monetary / [-orders][+visits]',
    ]);
    expect(said(version(formula('orders')), version(formula('orders')))).toEqual([]);
  });
  it('tells a rule and its value, the rest, and cuts', () => {
    const rule = (value: string, gte: number, rest: string | null): OwnSource => ({
      kind: 'rule',
      lines: [{ value, rule: { tag: 'orders', gte } }],
      rest,
    });
    expect(said(version(rule('many', 3, null)), version(rule('many', 5, 'few')))).toEqual([
      'Definition: many: {"tag":"orders","gte":[-3][+5]}[+; everyone else few]',
    ]);
    const bands = (...edges: number[]): OwnSource => ({ kind: 'bands', tag: 'orders', by: 'fixed', edges, labels: ['low', 'high'] });
    expect(said(version(bands(2)), version(bands(4)))).toEqual(['Definition: orders cut at [-2][+4]: low and high']);
  });
  it('counts the lines of a list that came and went', () => {
    expect(said(version(ids('u1\t', 'u2\t')), version(ids('u2\t', 'u3\t', 'u4\t')))).toEqual(['Definition: 2 lines came, 1 line went']);
    expect(said(version(ids('u1\t')), version(ids('u1\t')))).toEqual([]);
  });
  it('put together again gives both texts', () => {
    const [a, b] = ['a b  c d', 'b c e d f'];
    const pieces = wordDiff(a, b);
    const text = (drop: string): string => pieces.flatMap((p) => (p.mark === drop ? [] : [p.text])).join('');
    expect([text('new'), text('gone')]).toEqual([a, b]);
  });
});
