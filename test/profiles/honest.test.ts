import { expect, it } from 'vitest';
import { look, type LookOptions } from '../../src/profiles/look.ts';
import { mirror } from '../../src/profiles/mirror.ts';
import { both } from '../../src/profiles/planes.ts';
import { UNKNOWN, type Board, type BoardTag } from '../../src/profiles/board.ts';
import { rng } from '../../src/stats/random.ts';

const end = <T>(work: Generator<number, T>): T => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};
/** Tags of random values; every fourth one a number too. */
function boardOf(n: number, tags: number, values: number, seed: number): Board {
  const random = rng(seed, 'board');
  const made = Array.from({ length: tags }, (_, t): BoardTag => {
    const codes = Uint8Array.from({ length: n }, () => (random() < 0.05 ? UNKNOWN : Math.floor(random() * values)));
    // The codes of a number are its bands: known together.
    const numbers = t % 4 === 0 ? Float64Array.from(codes, (c) => (c === UNKNOWN ? NaN : 10 * c + Math.floor(random() * 10))) : null;
    return { id: `t${t}`, title: `Tag ${t}`, values: Array.from({ length: values }, (_, v) => `v${v}`), codes, numbers };
  });
  return { n, tags: made };
}
const members = (n: number, size: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => Number(i < size));

it('of the tags of random groups at most 5 % are flagged over 200 runs, small groups and large ones alike', () => {
  const board = boardOf(500, 16, 4, 1);
  for (const size of [60, 400]) {
    const m = end(mirror(board, members(500, size), { runs: 200, seed: 7, k: 5 }));
    expect(m.flagged).toHaveLength(200);
    expect(m.tags).toBe(16);
    expect(m.rate, 'chance does flag now and then').toBeGreaterThan(0);
    expect(m.rate, `size ${size}`).toBeLessThanOrEqual(0.05);
  }
});
it('the mirror repeats by its seed, and a segment that differs stands out of it', () => {
  const board = boardOf(600, 12, 4, 2);
  // Members 0 to 99 have value 0 of the first five tags.
  for (const tag of board.tags.slice(0, 5)) {
    tag.codes.fill(0, 0, 100);
    tag.numbers = null;
  }
  const run = (seed: number) => end(mirror(board, members(600, 100), { runs: 20, seed, k: 5 }));
  expect(run(3)).toEqual(run(3));
  expect(run(3).here).toBeGreaterThanOrEqual(5);
  expect(Math.max(...run(3).flagged)).toBeLessThan(5);
});
it('a group larger than half is counted by those outside it, with the same result', () => {
  const board = boardOf(400, 8, 3, 5);
  // The complement of a drawn group has the mirrored counts: flags of size s and of n − s agree where k hides nothing.
  const a = end(mirror(board, members(400, 100), { runs: 10, seed: 1, k: 1 }));
  const b = end(mirror(board, members(400, 300), { runs: 10, seed: 1, k: 1 }));
  expect(b.flagged).toEqual(a.flagged);
});
it('bits set in both: any words, full bytes', () => {
  const ones = new Uint32Array(100).fill(0xffffffff);
  expect(both(ones, ones, 0, 100)).toBe(3200);
  expect(
    both(
      ones,
      Uint32Array.from({ length: 100 }, (_, i) => i),
      3,
      77,
    ),
  ).toBe(Array.from({ length: 74 }, (_, i) => (i + 3).toString(2).replaceAll('0', '').length).reduce((s, x) => s + x, 0));
});

it('bits set in both: every length and start, against counting one by one', () => {
  const random = rng(3, 'words');
  const words = (): Uint32Array => Uint32Array.from({ length: 60 }, () => Math.floor(random() * 2 ** 32));
  const [a, b] = [words(), words()];
  const each = Array.from(a, (x, i) => ((x & b[i]!) >>> 0).toString(2).replaceAll('0', '').length);
  for (let from = 0; from < 10; from++)
    for (let to = from; to <= 60; to++) expect(both(a, b, from, to), `${from}..${to}`).toBe(each.slice(from, to).reduce((s, x) => s + x, 0));
});

/** A goal that 10 % have, and 60 % of those with v1 in tags 3, 7 and 11: neither alone nor in pairs is it as strong. */
function planted(board: Board, seed: number): Uint8Array {
  const random = rng(seed, 'goal');
  const [x, y, z] = [3, 7, 11].map((t) => board.tags[t]!.codes);
  return Uint8Array.from({ length: board.n }, (_, i) => Number(random() < (x![i] === 1 && y![i] === 1 && z![i] === 1 ? 0.6 : 0.1)));
}
const O: LookOptions = { least: 30 };

it('a planted three-way niche is found first, with its counts', () => {
  const board = boardOf(6000, 24, 3, 11);
  const goal = planted(board, 11);
  const found = end(look(board, goal, 'high value', O));
  expect(found.commoner[0]!.items.map((i) => `${i.tag} ${i.value}`)).toEqual(['t3 v1', 't7 v1', 't11 v1']);
  const inside = goal.filter((_, i) => [3, 7, 11].every((t) => board.tags[t]!.codes[i] === 1));
  expect(found.commoner[0]).toMatchObject({ n: inside.length, a: inside.reduce((s, x) => s + x, 0) });
  expect(found.commoner[0]!.nearest).toBeLessThan(found.commoner[0]!.rate);
  expect(found.triplesPossible).toBe(((24 * 23 * 22) / 6) * 27);
});
it('a goal of pure chance has no niche; groups under the least are none', () => {
  const board = boardOf(3000, 16, 4, 3);
  const random = rng(5, 'chance');
  const goal = Uint8Array.from({ length: 3000 }, () => Number(random() < 0.2));
  expect(end(look(board, goal, 'chance', O)).found).toBe(0);
  const real = end(look(board, planted(board, 4), 'x', { least: 200 }));
  expect(real.commoner.every((x) => x.n >= 200)).toBe(true);
});
it('members whose goal is unknown are not looked at', () => {
  const board = boardOf(2000, 14, 3, 9);
  const goal = planted(board, 9);
  goal.fill(UNKNOWN, 0, 500);
  const found = end(look(board, goal, 'x', O));
  expect([found.universe, found.goalMembers]).toEqual([1500, goal.filter((x) => x === 1).length]);
});
