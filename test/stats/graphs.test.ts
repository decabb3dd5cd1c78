import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { louvain } from '../../src/stats/louvain.ts';
import { pagerank } from '../../src/stats/pagerank.ts';

/** Undirected neighbour lists from pairs. */
function neighbours(n: number, pairs: readonly (readonly [number, number])[]): number[][] {
  const sets = Array.from({ length: n }, () => new Set<number>());
  for (const [a, b] of pairs) {
    if (a === b) continue;
    sets[a]!.add(b);
    sets[b]!.add(a);
  }
  return sets.map((s) => [...s].sort((a, b) => a - b));
}
const graph = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    pairs: fc.array(fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.integer({ min: 0, max: n - 1 })), { maxLength: 30 }),
  }),
);

/** Q of a partition, straight from its formula. */
function modularity(links: readonly (readonly number[])[], of: ArrayLike<number>): number {
  const two = links.reduce((s, l) => s + l.length, 0);
  let q = 0;
  for (let i = 0; i < links.length; i++)
    for (let j = 0; j < links.length; j++) if (of[i] === of[j]) q += (links[i]!.includes(j) ? 1 : 0) - (links[i]!.length * links[j]!.length) / two;
  return two === 0 ? 0 : q / two;
}

describe('pagerank', () => {
  it('ranks the fixture of the definitions', () => {
    // u1…u8 as 0…7: u2, u3, u4 follow u1; referred users point at their referrers.
    const rank = pagerank([[], [0], [0], [0], [], [], [0], [1]]);
    expect(Array.from(rank, (r) => Number((8 * r).toFixed(4)))).toEqual([3.159, 1.1409, 0.6167, 0.6167, 0.6167, 0.6167, 0.6167, 0.6167]);
  });
  it('solves its own equation and sums to 1', () => {
    fc.assert(
      fc.property(graph, ({ n, pairs }) => {
        const links = Array.from({ length: n }, (_, i) => [...new Set(pairs.filter(([a]) => a === i).map(([, b]) => b))]);
        const rank = pagerank(links);
        expect(rank.reduce((s, r) => s + r, 0)).toBeCloseTo(1, 10);
        const dangling = links.reduce((s, l, i) => s + (l.length ? 0 : rank[i]!), 0);
        for (let j = 0; j < n; j++) {
          const into = links.reduce((s, l, i) => s + (l.includes(j) ? rank[i]! / l.length : 0), 0);
          expect(rank[j]!).toBeCloseTo(0.15 / n + 0.85 * (into + dangling / n), 10);
        }
      }),
    );
  });
  it('is empty for an empty graph', () => expect(pagerank([])).toHaveLength(0));
});

describe('louvain', () => {
  it('finds the communities of the fixture', () => {
    const links = neighbours(8, [
      [2, 0],
      [3, 0],
      [1, 0],
      [0, 1],
      [0, 6],
      [1, 7],
      [4, 5],
    ]);
    expect([...louvain(links)]).toEqual([0, 1, 0, 0, 4, 4, 0, 1]);
  });
  it('parts a ring of cliques at its bridges', () => {
    const pairs: [number, number][] = [];
    for (let c = 0; c < 6; c++) {
      for (let a = 0; a < 5; a++) for (let b = a + 1; b < 5; b++) pairs.push([5 * c + a, 5 * c + b]);
      pairs.push([5 * c, (5 * c + 9) % 30]);
    }
    expect([...louvain(neighbours(30, pairs))]).toEqual(Array.from({ length: 30 }, (_, i) => 5 * Math.floor(i / 5)));
  });
  it('names communities by their smallest member and beats standing alone and standing together', () => {
    fc.assert(
      fc.property(graph, ({ n, pairs }) => {
        const links = neighbours(n, pairs);
        const of = louvain(links);
        for (let i = 0; i < n; i++) expect(of[i]).toBe(Math.min(...[...of.keys()].filter((j) => of[j] === of[i])));
        const q = modularity(links, of);
        expect(q).toBeGreaterThanOrEqual(modularity(links, [...of.keys()]) - 1e-9);
        expect(q).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});
