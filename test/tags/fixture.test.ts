import { beforeAll, describe, expect, it } from 'vitest';
import { column, rows } from '../../src/core/frame.ts';
import type { Value } from '../../src/core/frame.ts';
import type { DataFacts } from '../../src/core/tables.ts';
import type { Catalogue } from '../../src/core/tag.ts';
import { computeTags, tagSql } from '../../src/tags/compute.ts';
import { momentOf } from '../../src/tags/moment.ts';
import { shiftsSince } from '../../src/tags/stability.ts';
import { profileOf } from '../../src/profiles/since.ts';
import { tgi } from '../../src/stats/proportion.ts';
import { tagValueExpr } from '../../src/tags/values.ts';
import { onBoth } from '../engine/both.ts';
import { ownTags } from './own-cases.ts';
import { PRODUCT_EXPECTED, USER_EXPECTED } from './expected.ts';
import { pairs, print } from './print.ts';
import { BASIS, FIXTURE, loadShop } from './fixture.ts';

onBoth('tags of the fixture', (engine) => {
  let facts: DataFacts;
  let catalogue: Catalogue;
  const wide = { user: [] as Record<string, Value>[], product: [] as Record<string, Value>[] };
  beforeAll(async () => {
    facts = await loadShop(engine(), FIXTURE);
    catalogue = await computeTags(engine(), facts, BASIS);
    wide.user = rows(await engine().query('SELECT * FROM user_tags ORDER BY u'));
    wide.product = rows(await engine().query('SELECT * FROM product_tags ORDER BY p'));
  }, 240_000);

  it('sees what the definitions see', async () => {
    const [seen] = rows(
      await engine().query('SELECT count(*) AS n, count(DISTINCT u) AS users, sum(buy::INT) AS buys, fsum(amount) FILTER (buy) AS paid FROM ev'),
    );
    expect(seen).toEqual({ n: 31, users: 7, buys: 20, paid: 710 });
    expect(wide.user.map((r) => r.user_id)).toEqual(['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']);
    expect(catalogue.universe).toEqual({ user: 8, product: 6 });
  });

  for (const [entity, expected] of [
    ['user', USER_EXPECTED],
    ['product', PRODUCT_EXPECTED],
  ] as const)
    describe(`${entity} tags`, () => {
      it.each(Object.entries(expected))('%s: %s', (id, text) => {
        const wanted = pairs(text);
        const got = wanted.map(([member]) => [member, print(wide[entity].find((r) => r[`${entity}_id`] === member)![id] ?? null)]);
        expect(got).toEqual(wanted);
      });
    });

  it('writes for every tag the SQL that gives its column', async () => {
    for (const tag of catalogue.tags) {
      const key = tag.entity === 'user' ? 'u' : 'p';
      const alone = await engine().query(`SELECT value FROM (${tagSql(tag.id, tag.entity, facts, BASIS)}\n) ORDER BY ${key}`);
      const column_ = wide[tag.entity].map((r) => r[tag.id] ?? null);
      expect({ id: tag.id, values: Array.from(column(alone, 'value')) }).toEqual({ id: tag.id, values: column_ });
    }
  }, 240_000);

  it('counts what there is now in the bins of a former state, as the columns do', async () => {
    const now = momentOf(catalogue, [], '');
    const same = await shiftsSince(engine(), now, catalogue.tags);
    expect(same.length).toBeGreaterThan(60);
    expect(same.every((s) => s.refused === null && s.psi === 0)).toBe(true);
    // Other cuts, fewer values, a list that does not hold them all, another definition.
    const then = structuredClone(now);
    const was = (id: string) => then.tags.find((t) => t.id === id && t.entity === 'user')!;
    Object.assign(was('orders').deciles!, { cuts: [0.5, 2], counts: [3, 3, 2] });
    Object.assign(was('city'), {
      values: [
        ['Nice', 1],
        ['Lyon', 4],
      ],
      rest: 1,
      known: 6,
    });
    was('gender').digest = 'other';
    then.tags = then.tags.filter((t) => t.id !== 'monetary');
    const partly = catalogue.tags.map((t) => (t.id === 'city' ? { ...t, values: t.values.slice(0, 1) } : t));
    const shifts = await shiftsSince(engine(), then, partly);
    const of = (id: string) => shifts.find((s) => s.id === id && s.entity === 'user')!;
    const column_ = (id: string) => wide.user.map((r) => r[id] ?? null);
    const orders = column_('orders')
      .filter((x) => x !== null)
      .map(Number);
    const unknown = 8 - orders.length;
    expect(of('orders').bins.map((b) => b.now)).toEqual([
      orders.filter((x) => x <= 0.5).length,
      orders.filter((x) => x > 0.5 && x <= 2).length,
      orders.filter((x) => x > 2).length,
      ...(unknown ? [unknown] : []),
    ]);
    const cities = column_('city');
    const others = cities.filter((c) => c !== null && c !== 'Nice' && c !== 'Lyon').length;
    expect(of('city').bins.map((b) => [b.kind, b.before, b.now])).toEqual([
      ['value', 1, cities.filter((c) => c === 'Nice').length],
      ['value', 4, cities.filter((c) => c === 'Lyon').length],
      ['rest', 1, others],
      ['unknown', 2, cities.filter((c) => c === null).length],
    ]);
    expect(of('gender')).toMatchObject({ refused: 'changed', version: 'gender@1.0', level: null });
    expect(of('monetary').refused).toBe('new');
  });

  it('profiles everyone now against everyone then', async () => {
    const since = momentOf(catalogue, [], '');
    // Weekdays are numbers that are no amounts: their names are kept, not deciles.
    const weekday = since.tags.find((t) => t.id === 'preferred_weekday')!;
    expect([weekday.deciles, weekday.values.map(([v]) => v)]).toEqual([undefined, expect.arrayContaining(['Monday'])]);
    const ctx = { tags: catalogue.tags, facts, basis: BASIS, segments: [] };
    const request = { entity: 'user', segment: null, baseline: { kind: 'snapshot' }, weight: 'users', since } as const;
    const same = await profileOf(engine(), request, ctx);
    expect(same.baseline).toEqual({ title: 'everyone at the last snapshot', n: 8 });
    expect(same.tags.length).toBeGreaterThan(40);
    expect(same.tags.flatMap((t) => t.cells).every((c) => c.a === c.K && (c.tgi === null || Math.abs(c.tgi - 100) < 1e-9) && !c.clear)).toBe(true);
    const then = structuredClone(since);
    const was = (id: string) => then.tags.find((t) => t.id === id && t.entity === 'user')!;
    // Twenty of forty from Lyon then; orders in two bands.
    Object.assign(then.universe, { user: 50 });
    Object.assign(was('city'), { values: [['Lyon', 20]], rest: 20, known: 40, universe: 50 });
    Object.assign(was('orders'), {
      bands: { edges: [2], labels: ['few', 'many'], leftClosed: false },
      values: [
        ['few', 30],
        ['many', 20],
      ],
      rest: 0,
      known: 50,
    });
    was('gender').digest = 'other';
    const made = await profileOf(engine(), { ...request, since: then }, ctx);
    const cells = (id: string) => Object.fromEntries(made.tags.find((t) => t.id === id)!.cells.map((c) => [c.value, c]));
    const cities = wide.user.map((r) => r.city).filter((c) => c !== null);
    const lyon = cities.filter((c) => c === 'Lyon').length;
    expect(cells('city').Lyon).toMatchObject({ a: lyon, K: 20, base: 0.5, ...tgi(lyon, cities.length, 20, 40, true)! });
    expect(cells('city')['(other)']).toMatchObject({ a: cities.length - lyon, K: 20 });
    const orders = wide.user.map((r) => r.orders).filter((x) => x !== null);
    expect([cells('orders').few!.a, cells('orders').many!.a]).toEqual([
      orders.filter((x) => Number(x) <= 2).length,
      orders.filter((x) => Number(x) > 2).length,
    ]);
    expect(made.tags.some((t) => t.id === 'gender')).toBe(false);
    await expect(profileOf(engine(), { ...request, since: null }, ctx)).rejects.toMatchObject({ code: 'NEEDS_MISSING' });
    const segment = { id: 's', name: 's', rule: { all: [] } };
    await expect(profileOf(engine(), { ...request, segment }, ctx)).rejects.toMatchObject({ code: 'NEEDS_MISSING' });
  });

  it('counts coverage and values as the columns do', async () => {
    for (const tag of catalogue.tags) {
      const values = wide[tag.entity].map((r) => r[tag.id] ?? null);
      expect({ id: tag.id, known: tag.known }).toEqual({ id: tag.id, known: values.filter((v) => v !== null).length });
      if (tag.type === 'map' || tag.type === 'text' || tag.type === 'set') continue;
      expect({ id: tag.id, n: tag.values.reduce((s, v) => s + v.n, 0) }).toEqual({ id: tag.id, n: tag.known });
      if (tag.histogram) expect(tag.histogram.counts.reduce((s, n) => s + n, 0)).toBe(tag.known);
      const table = `${tag.entity}_tags`;
      const counted = rows<{ v: string; n: number }>(
        await engine().query(`SELECT ${tagValueExpr(tag, 't')} AS v, count(*) AS n FROM ${table} t GROUP BY 1 HAVING v IS NOT NULL`),
      );
      expect(new Map(counted.map((c) => [c.v, c.n]))).toEqual(new Map(tag.values.filter((v) => v.n > 0).map((v) => [v.value, v.n])));
    }
  }, 240_000);

  it('says what waiting tags need', () => {
    expect(catalogue.waiting.find((t) => t.id === 'main_os')?.missing).toEqual(['a column with the operating system used']);
    expect(catalogue.waiting.find((t) => t.id === 'contactable')?.missing).toEqual([
      'a column with an e-mail address, or a column with a phone number',
    ]);
  });

  it('leaves nothing behind', async () => {
    const left = await engine().query('SELECT table_name FROM duckdb_tables() WHERE temporary');
    expect(left.n).toBe(0);
  });

  describe('own tags', () => ownTags(engine, () => ({ facts, catalogue })));
});
