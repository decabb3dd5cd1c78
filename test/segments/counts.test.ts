import { beforeAll, expect, it } from 'vitest';
import type { Rule } from '../../src/core/rule.ts';
import { linesOf, sizeStrip } from '../../src/segments/alone.ts';
import { accountFor, loadLists } from '../../src/segments/id-list.ts';
import { sizeOf } from '../../src/segments/size.ts';
import { onBoth } from '../engine/both.ts';
import { type BUYERS, CTX, loadFixture } from './fixture.ts';

onBoth('counts', (engine) => {
  beforeAll(() => loadFixture(engine()));
  const rule: Rule = {
    all: [{ did: { event: 'purchase', count: { gte: 2 } } }, { tag: 'city', in: ['Lyon', 'Paris'] }, { not: { tag: 'gender', is: 'female' } }],
  };

  it('size and revenue in one go', async () => {
    const size = await sizeOf(engine(), { rule }, CTX);
    expect(size).toMatchObject({
      n: 2,
      universe: 8,
      revenue: 250,
      words: 'bought in at least 2 orders and city is Lyon or Paris and not (gender is female)',
    });
    expect(await sizeOf(engine(), { rule: { any: [] } }, CTX)).toMatchObject({ n: 0, revenue: 0 });
    const products = await sizeOf(engine(), { id: 's', name: 's', entity: 'product', rule: { tag: 'brand', is: 'Alto' } }, CTX);
    expect(products).toMatchObject({ n: 2, universe: 6, revenue: 448 });
  });
  it('limits keep the first by value, then id, unknown last; or a fixed sample', async () => {
    const ids = async (limit: NonNullable<typeof BUYERS.limit>) => {
      const { sql } = await sizeOf(engine(), { id: 's', name: 's', rule: { all: [] }, limit }, CTX);
      const frame = await engine().query(`SELECT user_id FROM user_ids WHERE u IN (${sql}) ORDER BY u`);
      return Array.from(frame.columns[0]!).join(' ');
    };
    expect(await ids({ top: 2, by: 'orders' })).toBe('u1 u3');
    expect(await ids({ top: 3, by: 'orders', dir: 'asc' })).toBe('u2 u7 u8');
    expect(await ids({ top: 7, by: 'age' })).toBe('u1 u2 u3 u4 u5 u6 u8');
    const some = await ids({ sample: 3, seed: 'a' });
    expect(some.split(' ')).toHaveLength(3);
    expect(await ids({ sample: 3, seed: 'a' })).toBe(some);
    const limited = { ...CTX, segments: [{ id: 'best', name: 'best', rule: { all: [] }, limit: { top: 2, by: 'orders' } }] };
    expect((await sizeOf(engine(), { rule: { not: { segment: 'best' } } }, limited)).n).toBe(6);
  });
  it('lines alone and left', async () => {
    expect(await linesOf(engine(), { rule }, CTX)).toEqual([
      { alone: 4, left: 4 },
      { alone: 6, left: 3 },
      { alone: 4, left: 2 },
    ]);
    expect(
      await linesOf(
        engine(),
        {
          rule: {
            any: [
              { tag: 'city', is: 'Nice' },
              { tag: 'gender', is: 'female' },
            ],
          },
        },
        CTX,
      ),
    ).toEqual([
      { alone: 2, left: 2 },
      { alone: 4, left: 5 },
    ]);
    expect(await linesOf(engine(), { rule: { tag: 'city', is: 'Nice' } }, CTX)).toEqual([{ alone: 2, left: 2 }]);
    expect(await linesOf(engine(), { rule: { all: [] } }, CTX)).toEqual([]);
  });
  it('sizes at neighbouring numbers', async () => {
    const strip = await sizeStrip(engine(), { rule }, 'all.0.did.count.gte', CTX);
    expect(strip.slice(0, 4)).toEqual([
      { value: 0, n: 3, current: false },
      { value: 1, n: 2, current: false },
      { value: 2, n: 2, current: true },
      { value: 3, n: 0, current: false },
    ]);
    expect(await sizeStrip(engine(), { rule }, 'all.1.in', CTX)).toEqual([]);
    const ages = await sizeStrip(engine(), { rule: { tag: 'age', between: [22, 36] } }, 'between.0', CTX);
    expect(ages.every((c) => Number.isInteger(c.value) && c.value <= 36)).toBe(true);
    expect(ages.find((c) => c.current)).toEqual({ value: 22, n: 4, current: true });
  });
  it('every listed id is accounted for', async () => {
    expect(await accountFor(engine(), ['u1', 'u99', ' u2 ', 'u1', '', "'=x"], 'user')).toEqual({
      listed: 5,
      matched: ['u1', 'u2'],
      unknown: ['u99', "'=x"],
      doubled: ['u1'],
    });
    expect(await accountFor(engine(), ['p1'], 'product')).toMatchObject({ matched: ['p1'] });
  });
  it('a long list is loaded once, and has the members of a short one', async () => {
    const ids = [...Array.from({ length: 20_000 }, (_, i) => `x${i}`), 'u3', 'u1'];
    const rule: Rule = { all: [{ ids }, { not: { tag: 'gender', is: 'female' } }] };
    const lists = await loadLists(engine(), [{ rule }, null]);
    const size = await sizeOf(engine(), { rule }, { ...CTX, lists });
    expect(size.n).toBe(1);
    expect(size.sql.length).toBeLessThan(500);
    // The same ids in another array are the same table.
    expect([...(await loadLists(engine(), [{ rule: { ids: [...ids] } }])).values()]).toEqual([...lists.values()]);
    expect((await sizeOf(engine(), { rule: { ids: ['u1', "u'9", ' u2'] } }, CTX)).n).toBe(2);
  });
  it('quotes values', async () => {
    expect((await sizeOf(engine(), { rule: { tag: 'city', is: 'Ly\'on" OR true --' } }, CTX)).n).toBe(0);
    expect((await sizeOf(engine(), { rule: { did: { event: 'view', where: [{ col: 'device', contains: "'%_" }] } } }, CTX)).n).toBe(0);
  });
});
