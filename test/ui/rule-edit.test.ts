import { describe, expect, it } from 'vitest';
import type { Rule, Where } from '../../src/core/rule.ts';
import { change, NO_HISTORY, redo, undo } from '../../src/project/history.ts';
import { settle } from '../../src/ui/segments/settle.ts';
import { clauseOf, whereOf } from '../../src/ui/segments/where.ts';

describe('a rule brought to another', () => {
  const ids = Array.from({ length: 5000 }, (_, i) => `u${i}`);
  const old: Rule = { all: [{ ids }, { tag: 'age', gte: 30 }, { not: { tag: 'city', is: 'Lyon' } }] };
  const [list, age, not] = old.all as [Rule, Rule, Rule];
  const cases: [string, Rule][] = [
    ['another number', { all: [list, { tag: 'age', gte: 31 }, not] }],
    ['another operator', { all: [list, { tag: 'age', between: [1, 2] }, not] }],
    ['a line more', { all: [list, age, { sample: { percent: 1, seed: 'a' } }, not] }],
    ['a line less', { all: [list, not] }],
    ['any instead of all', { any: [list, age, not] }],
    ['the list in a group', { all: [{ any: [list] }, age, not] }],
    ['something else', { tag: 'age', gte: 1 }],
  ];
  it.each(cases)('%s: reached, taken back, made again', (_, next) => {
    const doc: { rule: Rule } = { rule: old };
    const step = change(doc, NO_HISTORY, 'x', (d) => {
      if (!settle(d.rule, old, next)) d.rule = next;
    });
    expect(step.doc.rule).toEqual(next);
    const back = undo(step.doc, step.history)!;
    expect(back.doc.rule).toEqual(old);
    expect(redo(back.doc, back.history)!.doc.rule).toEqual(next);
  });
  it('a step of undo does not hold the list that stays', () => {
    const step = change({ rule: old }, NO_HISTORY, 'x', (d) => void settle(d.rule, old, cases[0]![1]));
    expect(JSON.stringify(step.history).length).toBeLessThan(400);
  });
});

describe('conditions as the builder shows them', () => {
  const a: Where = { col: 'brand', is: 'Alto' };
  const b: Where = { col: 'price', gte: 3 };
  it.each<[Where]>([[a], [{ not: a }], [{ any: [a, b] }], [{ not: { any: [a, b] } }]])('%j comes back', (where) => {
    expect(whereOf(clauseOf(where)!)).toEqual(where);
  });
  it('deeper ones are only said', () => expect(clauseOf({ any: [a, { any: [a, { not: b }] }] })).toBeNull());
});
