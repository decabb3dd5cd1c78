import { beforeAll, expect, it } from 'vitest';
import { rows } from '../../src/core/frame.ts';
import type { DataFacts } from '../../src/core/tables.ts';
import { computeTags, tagSql } from '../../src/tags/compute.ts';
import { relationNamed } from '../../src/tags/catalogue.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, FIXTURE, loadShop } from './fixture.ts';
import { print } from './print.ts';
import { relationSql } from './relation-sql.ts';

/** Results of the definitions' SQL blocks on the fixture that are steps to a tag and no tag by themselves. */
onBoth('worked steps of the definitions', (engine) => {
  let facts: DataFacts;
  beforeAll(async () => {
    facts = await loadShop(engine(), FIXTURE);
    await computeTags(engine(), facts, BASIS);
  }, 240_000);
  const all = async (sql: string): Promise<Record<string, unknown>[]> => rows(await engine().query(sql));
  const relation = (name: string): string => relationSql(name, { facts, basis: BASIS });

  it('affinity of the favourite category', async () => {
    const made = await all(`SELECT user_id, v, affinity FROM (${relation('taste_category')}) JOIN user_ids USING (u) ORDER BY u`);
    expect(made.map((r) => `${String(r['user_id'])} ${String(r['v'])} ${print(r['affinity'] as number)}`)).toEqual([
      'u1 Food 0.878',
      'u2 Shoes 0.6875',
      'u3 Shoes 0.5',
      'u4 Shoes 1',
      'u5 Shoes 1',
      'u6 Shoes 1',
      'u7 Shoes 1',
    ]);
    // The map of one user holds every category; its largest share is the same affinity.
    const maps = await all(`SELECT user_id, value FROM (${tagSql('affinity:category', 'user', facts, BASIS)}) JOIN user_ids USING (u) ORDER BY u`);
    expect(maps.find((r) => r['user_id'] === 'u3')!['value']).toEqual([
      { value: 'Food', share: 0.5 },
      { value: 'Shoes', share: 0.5 },
    ]);
    expect(maps.find((r) => r['user_id'] === 'u8')!['value']).toBeNull();
  });

  it('the next category with a threshold of 3 transitions', async () => {
    const sql = relation('next_categories').replace('tot >= 20', 'tot >= 3');
    expect(sql).not.toBe(relation('next_categories'));
    const made = await all(`SELECT category, p FROM (${sql}) JOIN user_ids USING (u) WHERE user_id = 'u1'`);
    expect(made).toEqual([{ category: 'Shoes', p: 0.8 }]);
  });

  it('variation of units by month', async () => {
    const made = await all(`SELECT product_id, cv, xyz FROM (${relation('variations')}) JOIN product_ids USING (p) ORDER BY p`);
    expect(made.map((r) => [r['product_id'], print(r['cv'] as number), r['xyz']])).toEqual([
      ['p1', '1.5492', 'Z'],
      ['p2', '1.2247', 'Z'],
      ['p3', '1.5492', 'Z'],
      ['p4', '0', 'X'],
    ]);
  });

  it('TGI of the buyers of p2 by gender', async () => {
    const sql = relationNamed('gender_audience').sql({ facts, basis: BASIS, probe: { folded: [], edgeKinds: [], levels: 2, pairs: 0 } });
    const made = await all(
      `SELECT value, a, 100 * a * total / (n * k) AS tgi FROM (${sql}) JOIN product_ids USING (p) WHERE product_id = 'p2' ORDER BY value`,
    );
    expect(made.map((r) => [r['value'], Number(r['a']), print(Number(r['tgi']))])).toEqual([
      ['female', 1, '55.5556'],
      ['male', 2, '166.6667'],
    ]);
  });

  it('nothing where the data is too short: trend, season, partner, cannibalised', async () => {
    for (const name of ['trends', 'seasons', 'partners']) expect(await all(`FROM (${relation(name)})`)).toEqual([]);
    expect(await all('SELECT cannibalised_by FROM product_tags WHERE cannibalised_by IS NOT NULL')).toEqual([]);
  });
});
