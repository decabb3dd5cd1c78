import { beforeAll, expect, it } from 'vitest';
import type { Segment } from '../../src/core/rule.ts';
import { pictureTitle, tagTitle } from '../../src/profiles/finding.ts';
import { profile } from '../../src/profiles/profile.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, loadShop } from '../tags/fixture.ts';

/** A tutorial's table of buyers by city, from which it sends more budget to the city of the largest TGI. */
const CITIES = { Beijing: [30, 93], Shanghai: [40, 123], Guangzhou: [50, 153] } as const;

onBoth('a table of the tutorials', (engine) => {
  let ctx: RuleContext;
  beforeAll(async () => {
    const people = Object.entries(CITIES).flatMap(([city, [buyers, all]]) =>
      Array.from({ length: all }, (_, i) => ({ user: `${city} ${i}`, city, buys: i < buyers })),
    );
    const facts = await loadShop(engine(), {
      users: people.map(({ user, city }) => [user, null, null, city, null, null, null, null]),
      products: [],
      edges: [],
      events: people
        .filter((p) => p.buys)
        .map(({ user }) => ({
          at: '2024-06-01 10:00:00',
          user,
          event: 'purchase',
          product: null,
          quantity: 1,
          amount: 10,
          discount: null,
          order: null,
          session: null,
          device: null,
          channel: null,
        })),
    });
    ctx = { tags: (await computeTags(engine(), facts, BASIS)).tags, facts, basis: BASIS, segments: [] };
  });

  it('holds no difference: every interval contains 100 and the titles say so', async () => {
    const segment: Segment = { id: 'b', name: 'Buyers', rule: { did: { event: 'purchase' } } };
    const made = await profile(engine(), { entity: 'user', segment, baseline: { kind: 'everyone' }, weight: 'users', tags: ['city'] }, ctx);
    const [city] = made.tags;
    const of = (value: string) => city!.cells.find((c) => c.value === value)!;
    expect(Object.keys(CITIES).map((c) => Math.round(of(c).tgi! * 10) / 10)).toEqual([99.2, 100, 100.5]);
    for (const cell of city!.cells) {
      expect([cell.lo! < 100, cell.hi! > 100, cell.clear]).toEqual([true, true, false]);
      expect(cell.q).toBeGreaterThan(0.9);
    }
    expect(made.clear).toBe(0);
    expect([tagTitle(city!, made), pictureTitle(made)]).toEqual(Array(2).fill('No clear difference from everyone'));
  });
});
