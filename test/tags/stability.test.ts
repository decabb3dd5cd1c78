import { describe, expect, it } from 'vitest';
import type { Moment, TagMoment, TagShift } from '../../src/core/moment.ts';
import type { Catalogue, TagInfo } from '../../src/core/tag.ts';
import { change, NO_HISTORY, redo, undo } from '../../src/project/history.ts';
import { ailments } from '../../src/tags/health.ts';
import { keepMoment, lastMoment, momentOf } from '../../src/tags/moment.ts';
import { freshValues, levelOf, movedMost, shiftOf, stabilityIndex } from '../../src/tags/stability.ts';
import { summarise } from '../../src/tags/summary.ts';

const bins = (before: number[], now: number[]) => before.map((b, i) => ({ before: b, now: now[i]! }));
const tag = (part: Partial<TagInfo>): TagInfo =>
  ({
    id: 'x',
    entity: 'user',
    type: 'enum',
    version: 'x@1.0',
    digest: 'd',
    known: 0,
    universe: 0,
    distinct: 0,
    values: [],
    figures: null,
    bands: null,
    ...part,
  }) as TagInfo;
const then = (part: Partial<TagMoment>): TagMoment => ({
  id: 'x',
  entity: 'user',
  type: 'enum',
  version: 'x@1.0',
  digest: 'd',
  known: 100,
  universe: 100,
  values: [],
  rest: 0,
  ...part,
});

describe('stability', () => {
  it('is the definition’s example', () => expect(stabilityIndex(bins([20, 30, 50], [25, 25, 50])).psi).toBeCloseTo(0.020273, 6));
  it('has the noise that chance gives: (B − 1)(1/n + 1/m)', () =>
    expect(stabilityIndex(bins(Array(10).fill(20), Array(10).fill(30))).noise).toBeCloseTo(9 * (1 / 200 + 1 / 300), 12));
  it('gives the published numbers of online_retail', () => {
    // lifecycle, as of 2011-11-10 (4,122 users) and 2011-12-10 (4,372); recency of buyers in the deciles of 2011-06-10 (2,800), six months later.
    const lifecycle = stabilityIndex(bins([345, 815, 293, 1134, 676, 823, 36], [252, 1061, 315, 1261, 588, 861, 34]));
    expect([lifecycle.psi, lifecycle.noise].map((x) => x.toFixed(4))).toEqual(['0.0256', '0.0028']);
    const recency = bins([317, 260, 291, 277, 255, 283, 282, 285, 272, 278], [416, 554, 421, 357, 428, 377, 294, 239, 222, 1030]);
    expect(stabilityIndex(recency).psi).toBeCloseTo(0.211885, 6);
  });
  it('adds a half to all counts if a bin is empty, and leaves out bins empty in both', () => {
    const want = (10.5 / 101 - 0.5 / 101) * Math.log(10.5 / 0.5) + (90.5 / 101 - 100.5 / 101) * Math.log(90.5 / 100.5);
    expect(stabilityIndex(bins([0, 100, 0], [10, 90, 0])).psi).toBeCloseTo(want, 12);
  });
  it('has its limits where Siddiqi puts them', () =>
    expect([0, 0.0999, 0.1, 0.2499, 0.25, 3].map(levelOf)).toEqual(['stable', 'stable', 'shifting', 'shifting', 'shifted', 'shifted']));

  it('cuts a number at its type-7 deciles, equal ones once', () => {
    const { deciles } = summarise(Float64Array.from([...Array(6).fill(1), 2, 2, 3, 5, 9]), 'int', 'quantiles');
    // .1 to .5 are 1, .6 and .7 are 2, .8 is 3, .9 is 5.
    expect(deciles).toEqual({ cuts: [1, 2, 3, 5], counts: [6, 2, 1, 1, 1] });
  });
  it('counts unknown as a bin, and values not listed as one', () => {
    const shift = shiftOf(
      then({
        known: 90,
        values: [
          ['a', 40],
          ['b', 30],
        ],
        rest: 20,
      }),
      { known: 150, universe: 200, counts: [50, 60] },
    );
    expect(shift.bins.map((b) => [b.kind, b.before, b.now])).toEqual([
      ['value', 40, 50],
      ['value', 30, 60],
      ['rest', 20, 40],
      ['unknown', 10, 50],
    ]);
    const sum = [
      [0.4, 0.25],
      [0.3, 0.3],
      [0.2, 0.2],
      [0.1, 0.25],
    ].reduce((s, [e, a]) => s + (a! - e!) * Math.log(a! / e!), 0);
    expect(shift.psi).toBeCloseTo(sum, 12);
    const most = movedMost({ ...shift, n: 100, m: 200 } as TagShift)!;
    expect([most.bin.value, most.before, most.now]).toEqual(['a', 0.4, 0.25]);
  });
  it('lists a value that is new, with nobody then', () => {
    const now = tag({
      known: 12,
      universe: 12,
      distinct: 2,
      values: [
        { value: 'a', n: 8 },
        { value: 'c', n: 4 },
      ],
    });
    const before = then({
      universe: 10,
      known: 10,
      values: [
        ['a', 6],
        ['b', 4],
      ],
    });
    expect(freshValues(now, before)).toEqual([['c', 4]]);
    expect(freshValues(now, { ...before, rest: 1 })).toEqual([]);
    const { bins: made } = shiftOf(before, { known: 12, universe: 12, counts: [8, 0], fresh: [['c', 4]] });
    expect(made.map((b) => [b.value, b.before, b.now])).toEqual([
      ['a', 6, 8],
      ['b', 4, 0],
      ['c', 0, 4],
    ]);
  });
  it('makes a shifted tag ill', () => {
    const well = tag({ known: 100, universe: 100, distinct: 3, values: [{ value: 'a', n: 40 }], freshness: null });
    const shift = { id: 'x', entity: 'user', psi: 0.3, level: 'shifted' } as TagShift;
    expect(ailments([well], [shift]).map((i) => [i.ailment, i.figure])).toEqual([['shifted', 0.3]]);
    expect(ailments([well], [{ ...shift, psi: 0.2, level: 'shifting' }])).toEqual([]);
  });
});

describe('kept figures', () => {
  const catalogue: Catalogue = {
    tags: [
      tag({
        id: 'many',
        known: 60,
        universe: 60,
        distinct: 55,
        values: Array.from({ length: 55 }, (_, i) => ({ value: `v${i}`, n: i < 5 ? 2 : 1 })),
      }),
      tag({ id: 'who', type: 'id', known: 1, universe: 60 }),
    ],
    waiting: [],
    asOf: '2024-07-01 00:00:00',
    universe: { user: 60, product: 0 },
    ms: 0,
  };
  const at = (i: number): Moment => ({ ...momentOf(catalogue, [`f${i}.csv`], `2026-01-0${i}T00:00:00.000Z`) });
  it('are counts: fifty values, the rest summed; no ids', () => {
    const { tags, files } = at(1);
    expect(files).toEqual(['f1.csv']);
    expect(tags.map((t) => [t.id, t.values.length, t.rest])).toEqual([['many', 50, 5]]);
  });
  it('are at most six, the same ones once, and belong to the step that made them', () => {
    let state: { doc: { moments?: Record<string, Moment> }; history: typeof NO_HISTORY } = { doc: {}, history: NO_HISTORY };
    const first = state.doc;
    for (let i = 1; i <= 8; i++) state = change(state.doc, state.history, 'kept', (d) => keepMoment((d.moments ??= {}), at(i)));
    expect(Object.keys(state.doc.moments!)).toEqual([3, 4, 5, 6, 7, 8].map((i) => at(i).at));
    expect(lastMoment(state.doc.moments)?.files).toEqual(['f8.csv']);
    const same = change(state.doc, state.history, 'again', (d) => keepMoment(d.moments!, { ...at(8), at: '2026-01-09T00:00:00.000Z' }));
    expect(same.doc).toBe(state.doc);
    const whole = state.doc;
    for (let i = 0; i < 8; i++) state = undo(state.doc, state.history)!;
    expect(state.doc).toEqual(first);
    for (let i = 0; i < 8; i++) state = redo(state.doc, state.history)!;
    expect(state.doc).toEqual(whole);
  });
});
