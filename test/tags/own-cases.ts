import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows } from '../../src/core/frame.ts';
import type { Value } from '../../src/core/frame.ts';
import type { OwnDef, OwnSource } from '../../src/core/own-tag.ts';
import type { DataFacts } from '../../src/core/tables.ts';
import type { Catalogue } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { rulesFor } from '../../src/project/own-tags.ts';
import { membersSql } from '../../src/segments/sql.ts';
import { computeOwn, ownTagSql } from '../../src/tags/own/compute.ts';
import { findCuts } from '../../src/tags/own/cuts.ts';
import { previewOwn } from '../../src/tags/own/preview.ts';
import { BASIS } from './fixture.ts';
import { print } from './print.ts';

const own = (id: string, source: OwnSource, entity: OwnDef['entity'] = 'user'): OwnDef => ({
  id,
  entity,
  version: '1.0',
  title: id.replaceAll('_', ' '),
  description: '',
  dimension: 'consumption needs',
  unit: '',
  source,
});
const shoes = { col: 'category', startsWith: 'Shoes/' };
/** Counted by hand from the rows of the fixture. u8 has no events and no sign-up date. */
const CASES: [OwnDef, string[]][] = [
  [
    own('spend_bands', { kind: 'bands', tag: 'monetary', by: 'fixed', edges: [60, 120], labels: ['low', 'mid', 'high'] }),
    ['high', 'low', 'mid', 'high', 'mid', 'mid', 'low', 'low'],
  ],
  [
    own('first_match', {
      kind: 'rule',
      lines: [
        { value: 'star', rule: { tag: 'orders', gte: 3 } },
        { value: 'woman', rule: { tag: 'gender', is: 'female' } },
      ],
      rest: 'other',
    }),
    ['star', 'woman', 'other', 'other', 'woman', 'other', 'other', 'woman'],
  ],
  [
    own('bought', { kind: 'rule', lines: [{ value: '', rule: { did: { event: 'purchase' } } }], rest: null }),
    ['true', 'true', 'true', 'true', 'true', 'true', 'false', 'false'],
  ],
  [own('basket', { kind: 'formula', text: 'round(monetary / orders, 2)' }), ['33.33', '60', '59', '66', '80', '60', 'null', 'null']],
  [
    own('core_city', { kind: 'formula', text: 'if(orders >= 2 and city in ("Paris", \'Lyon\'), "core", coalesce(city, "none"))' }),
    ['core', 'Lyon', 'core', 'core', 'Nice', 'Nice', 'Lyon', 'Paris'],
  ],
  [own('span', { kind: 'formula', text: 'days(first_purchase, last_active)' }), ['177', '16', '70', '41', '0', '183', 'null', 'null']],
  [own('on_top', { kind: 'formula', text: 'max(basket, 60) + 1' }), ['61', '61', '61', '67', '81', '61', '61', '61']],
  [
    own('food_lines', {
      kind: 'events',
      measure: 'count',
      of: null,
      did: { event: 'purchase', per: 'event', where: [{ col: 'category', startsWith: 'Food/' }] },
    }),
    ['7', '1', '2', '0', '0', '0', '0', '0'],
  ],
  [
    own('spend_90', { kind: 'events', measure: 'sum', of: 'amount', did: { event: 'purchase', within: { last: [90, 'day'] } } }),
    ['136', '60', '68', '0', '0', '90', '0', '0'],
  ],
  [
    own('products_bought', { kind: 'events', measure: 'distinct', of: 'product_id', did: { event: 'purchase' } }),
    ['3', '2', '3', '2', '1', '2', '0', '0'],
  ],
  [
    own('shoe_share', { kind: 'events', measure: 'share', of: 'amount', did: { event: 'purchase', where: [shoes] } }),
    ['0.4', '0.8', '0.661', '1', '1', '1', 'null', 'null'],
  ],
  [
    own('first_device', { kind: 'events', measure: 'first', of: 'device', did: { event: 'purchase' } }),
    ['mobile', 'mobile', 'mobile', 'desktop', 'desktop', 'mobile', 'null', 'null'],
  ],
  [
    own('last_view', { kind: 'events', measure: 'last', of: 'ts', did: { event: 'view' } }),
    ['2024-06-30 23:59:59', '2024-06-26 10:00:00', 'null', 'null', 'null', '2024-06-01 00:00:00', '2024-05-16 07:00:00', 'null'],
  ],
  [
    own('brand', { kind: 'events', measure: 'favourite', of: 'brand', did: { event: 'purchase' } }),
    ['Cima', 'Alto', 'Dulce', 'Alto', 'Alto', 'Bravo', 'null', 'null'],
  ],
  [
    own('early_orders', { kind: 'events', measure: 'count', of: null, did: { event: 'purchase', within: { after: 'signup_at', for: [30, 'day'] } } }),
    ['0', '1', '1', '1', '1', '1', '0', 'null'],
  ],
  [
    own('status', { kind: 'ids', list: 'user_id;status\nu1;gold\nu2;silver\nu9;gold\nu1;silver' }),
    ['gold', 'silver', 'null', 'null', 'null', 'null', 'null', 'null'],
  ],
  [own('invited', { kind: 'ids', list: 'u3\nu4' }), ['false', 'false', 'true', 'true', 'false', 'false', 'false', 'false']],
  [own('work', { kind: 'column', column: 'occupation' }), ['nurse', 'student', 'teacher', 'engineer', 'nurse', 'retired', 'null', 'student']],
];

/** Run in the suite that has the fixture and its tags; leaves them as they were. */
export function ownTags(engine: () => Engine, given: () => { facts: DataFacts; catalogue: Catalogue }): void {
  let facts: DataFacts;
  let base: Catalogue;
  let catalogue: Catalogue;
  let wide: Record<string, Value>[];
  const defs = CASES.map(([def]) => def);
  const on = () => ({ facts, basis: BASIS, rules: rulesFor(facts, BASIS) });
  const make = (of: OwnDef[]): Promise<Catalogue> => computeOwn(engine(), base, of, on(), {});
  beforeAll(async () => {
    ({ facts, catalogue: base } = given());
    catalogue = await make([...defs, own('dear', { kind: 'formula', text: 'price > 40' }, 'product')]);
    wide = rows(await engine().query('SELECT * FROM user_tags ORDER BY u'));
  });
  afterAll(async () => void (await make([])));
  const tag = (id: string) => catalogue.tags.find((t) => t.id === id)!;

  it.each(CASES.map(([def, values]) => [def.id, values] as const))('%s', (id, values) => {
    const printed = wide.map((r) =>
      r[id] === null
        ? 'null'
        : typeof r[id] === 'number'
          ? String(
              Number((r[id] as number).toFixed(4))
                .toString()
                .slice(0, 5),
            )
          : print(r[id]!),
    );
    expect(printed).toEqual(values);
  });
  it('the readable SQL of each gives its column', async () => {
    for (const def of defs) {
      const answer = rows<{ value: Value }>(await engine().query(`SELECT value FROM (${ownTagSql(def, catalogue.tags, on())}) ORDER BY u`));
      expect([def.id, answer.map((r) => r.value)]).toEqual([def.id, wide.map((r) => r[def.id])]);
    }
  });
  it('stand in the catalogue under their dimension, marked as own, with what they read', () => {
    expect(catalogue.tags.length).toBe(base.tags.length + CASES.length + 1);
    expect(tag('basket')).toMatchObject({
      type: 'money',
      kind: 'derived',
      dimension: 'consumption needs',
      known: 6,
      universe: 8,
      version: 'basket@1.0',
    });
    expect(tag('basket').own).toEqual({ kind: 'formula', uses: ['monetary', 'orders'] });
    expect(tag('spend_bands').values).toEqual([
      { value: 'low', n: 3 },
      { value: 'mid', n: 3 },
      { value: 'high', n: 2 },
    ]);
    expect(tag('last_view').freshness).toBe(17.5);
    expect(tag('basket').digest).toMatch(/^[0-9a-f]{12}$/);
    expect(catalogue.tags.find((t) => t.id === 'dear')).toMatchObject({ entity: 'product', type: 'boolean', known: 6 });
  });
  it('rules use them as any tag', async () => {
    const ctx = { tags: catalogue.tags, facts, basis: BASIS, segments: [] };
    const u = rows<{ user_id: string }>(
      await engine().query(
        `SELECT user_id FROM user_ids WHERE u IN (${membersSql(
          {
            rule: {
              all: [
                { tag: 'status', known: true },
                { tag: 'basket', lt: 50 },
              ],
            },
          },
          ctx,
        )})`,
      ),
    );
    expect(u.map((r) => r.user_id)).toEqual(['u1']);
  });
  it('circles and missing parts are told in words, and spare the others', async () => {
    const made = await make([
      own('a', { kind: 'formula', text: 'b + 1' }),
      own('b', { kind: 'formula', text: 'c + 1' }),
      own('c', { kind: 'rule', lines: [{ value: '', rule: { tag: 'a', gte: 1 } }], rest: null }),
      own('d', { kind: 'formula', text: 'nowhere + 1' }),
      own('e', { kind: 'formula', text: 'd * 2' }),
      own('f', { kind: 'bands', tag: 'gender', by: 'fixed', edges: [1], labels: ['x', 'y'] }),
      own('g', { kind: 'formula', text: 'top_campaign = "x"' }),
      own('ok', { kind: 'formula', text: 'orders * 2' }),
    ]);
    const why = Object.fromEntries(made.waiting.flatMap((t) => (t.problem === undefined ? [] : [[t.id, t.problem]])));
    expect(why).toMatchObject({
      a: 'It would be made of itself: “a” → “b” → “c” → “a”.',
      b: 'It would be made of itself: “a” → “b” → “c” → “a”.',
      d: 'There is no user tag “nowhere” in this data.',
      e: 'It is made of “d”, which cannot be made: There is no user tag “nowhere” in this data.',
      f: '“Gender” is not a number, so it has no bands.',
    });
    expect(made.tags.filter((t) => t.own).map((t) => t.id)).toEqual(['ok']);
    // The columns of before are gone, and the catalogue of before them is as it was.
    const names = rows<{ column_name: string }>(await engine().query('SELECT column_name FROM (DESCRIBE user_tags)')).map((r) => r.column_name);
    expect(names.includes('basket')).toBe(false);
    expect(names.at(-1)).toBe('ok');
    catalogue = await make(defs);
  });
  it('a preview says who moves from which value to which', async () => {
    const next = own('spend_bands', { kind: 'bands', tag: 'monetary', by: 'fixed', edges: [60, 119], labels: ['low', 'mid', 'high'] });
    const seen = await previewOwn(engine(), next, catalogue, defs, on(), {});
    // u6 spent 120.
    expect(seen.moves).toEqual({
      before: ['low', 'mid', 'high'],
      after: ['low', 'mid', 'high'],
      counts: [
        [3, 0, 0],
        [0, 2, 1],
        [0, 0, 2],
      ],
      stay: 7,
      move: 1,
    });
    const list = await previewOwn(engine(), { ...defs.find((d) => d.id === 'status')!, id: 'new' }, catalogue, defs, on(), {});
    expect([list.list, list.moves, list.info.known]).toEqual([{ matched: 2, unknown: 1, doubled: 1 }, null, 2]);
    await expect(previewOwn(engine(), own('basket', { kind: 'formula', text: 'on_top / 2' }), catalogue, defs, on(), {})).rejects.toThrow(
      'made of itself',
    );
  });
  it('finds cuts by quantiles and by natural breaks', async () => {
    // 0 0 60 80 118 120 132 200
    expect(await findCuts(engine(), tag('monetary'), 'quantile', 4, {})).toEqual([45, 99, 123]);
    expect(await findCuts(engine(), tag('monetary'), 'jenks', 3, {})).toEqual([30, 166]);
  });
  it('leave nothing behind', async () => {
    const left = await engine().query('SELECT table_name FROM duckdb_tables() WHERE temporary');
    expect(left.n).toBe(0);
  });
}
