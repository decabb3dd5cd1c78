import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisContext } from '../../src/core/analysis.ts';
import { rows } from '../../src/core/frame.ts';
import type { Value } from '../../src/core/frame.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Catalogue, Entity } from '../../src/core/tag.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { openFile } from '../../src/ingest/open.ts';
import { computeTags, resolveBasis } from '../../src/tags/compute.ts';
import { prepareEv } from '../../src/tags/ev.ts';
import { stagesOf } from '../../src/tags/parameters.ts';
import { onBoth } from '../engine/both.ts';
import { publishedCohorts } from '../insights/cohorts.ts';
import { DATA, hasData } from '../ingest/data.ts';
import { relationSql } from './relation-sql.ts';

/** Acceptance numbers of definitions-tags, section 8: a year of a real shop, from the file as published to every tag. */
describe.skipIf(!hasData)('online retail', () => {
  onBoth('acceptance', (engine) => {
    let catalogue: Catalogue;
    let asOf: string;
    let ctx: AnalysisContext;
    beforeAll(async () => {
      const source = new Uint8Array(readFileSync(`${DATA}online_retail/online_retail.csv.gz`));
      const file = await openFile(engine(), { name: 'online_retail.csv.gz', source });
      const { facts } = await buildTables(engine(), [file], await guessMapping(engine(), [file]), DEFAULT_SETTINGS);
      const basis = resolveBasis(DEFAULT_SETTINGS, facts);
      asOf = basis.asOf;
      catalogue = await computeTags(engine(), facts, basis);
      ctx = { facts, basis, tags: catalogue.tags, here: null, base: null };
    }, 600_000);

    const one = async (sql: string) => rows(await engine().query(sql))[0]!;
    const tag = (id: string, entity: Entity = 'user') => catalogue.tags.find((t) => t.id === id && t.entity === entity)!;
    const counts = (id: string, entity: Entity = 'user') => Object.fromEntries(tag(id, entity).values.map((v) => [v.value, v.n]));
    const near = (got: Value | undefined, want: number, by = 0.01) =>
      expect(Math.abs(Number(got) - want), `${got} for ${want}`).toBeLessThanOrEqual(by);

    it('is seen as of the midnight after its last event', () => {
      expect(asOf).toBe('2011-12-10 00:00:00');
      expect(catalogue.universe.user).toBe(4372);
      expect(tag('last_active').freshness).not.toBeNull();
    });

    it('adds up', async () => {
      const t =
        await one(`SELECT count(*) FILTER (orders > 0) AS buyers, sum(orders) AS orders, fsum(monetary) AS gross, fsum(refunds) AS refunds, fsum(revenue_net) AS net,
        count(*) FILTER (return_rate > 0) AS returned, count(*) FILTER (active_days_30 > 0) AS recent, avg(active_days) AS days, max(active_days) AS most, max(longest_streak) AS streak FROM user_tags`);
      expect(t).toMatchObject({ buyers: 4338, orders: 18532, returned: 1556, recent: 1628, most: 132, streak: 6 });
      near(t.gross, 8911407.9);
      near(t.refunds, 611342.09);
      near(t.net, 8300065.81);
      near(t.days, 3.8342, 1e-4);
      expect((await one('SELECT count(*) FILTER (units > 0) AS sold FROM product_tags')).sold).toBe(3665);
    });

    it('splits its money and its orders as published', async () => {
      const t = await one(`SELECT fsum(monetary) / sum(orders) AS aov, count(*) FILTER (orders = 1) AS once, count(*) FILTER (orders > 1) AS again,
        count(*) FILTER (orders = 0) AS none, count(*) FILTER (orders > 1) / count(*) FILTER (orders > 0) AS repeat FROM user_tags`);
      expect(t).toMatchObject({ once: 1493, again: 2845, none: 34 });
      near(t.aov, 480.866, 1e-3);
      near(t.repeat, 0.6558, 1e-4);
      for (const [percent, users, share] of [
        [20, 868, 0.7462],
        [1, 43, 0.3178],
      ] as const) {
        const top =
          await one(`WITH b AS (SELECT monetary, row_number() OVER (ORDER BY monetary DESC, user_id) AS k, count(*) OVER () AS n FROM user_tags WHERE orders > 0)
          SELECT count(*) FILTER (k <= floor(n * ${percent} / 100 + .5)) AS users, fsum(monetary) FILTER (k <= floor(n * ${percent} / 100 + .5)) / fsum(monetary) AS share FROM b`);
        expect(top.users).toBe(users);
        near(top.share, share, 1e-4);
      }
      expect((await one(`SELECT median(g) AS m FROM (${relationSql('gaps', ctx)})`)).m).toBe(28);
    });

    it('proposes its own stages of the lifecycle', async () => {
      expect(await stagesOf(engine(), ctx)).toEqual({ active: 58, atRisk: 110, dormant: 155 });
    });

    it('cuts RFM where published', async () => {
      const q =
        await one(`SELECT quantile_cont(recency, [.2, .4, .6, .8]) AS r, quantile_cont(orders, [.2, .4, .6, .8]) AS f, quantile_cont(monetary, [.2, .4, .6, .8]) AS m,
        avg(recency) AS ar, avg(orders) AS af, avg(monetary) AS am FROM user_tags WHERE orders > 0`);
      const edges = (x: Value | undefined) => (x as number[]).map((e) => Number(e.toFixed(3)));
      expect([edges(q.r), edges(q.f), edges(q.m)]).toEqual([
        [13.8, 33, 72, 180],
        [1, 2, 3, 6],
        [250.194, 490.096, 942.276, 2058.426],
      ]);
      near(q.ar, 93.0595, 1e-4);
      near(q.af, 4.272, 1e-4);
      near(q.am, 2054.2665, 1e-4);
    });

    it('scores RFM', async () => {
      expect(counts('rfm_group')).toEqual({
        hibernating: 1335,
        loyal: 688,
        champion: 604,
        'potential loyalist': 484,
        'about to sleep': 478,
        'at risk': 357,
        promising: 169,
        'need attention': 121,
        new: 67,
        'cannot lose': 35,
      });
      expect(counts('rfm_value')).toEqual({ '+++': 689, '+-+': 117, '-++': 27, '--+': 38, '++-': 358, '+--': 1750, '-+-': 40, '---': 1319 });
      for (const [place, want] of [
        [1, [861, 866, 863, 880, 868]],
        [2, [1493, 835, 508, 802, 700]],
        [3, [868, 867, 868, 867, 868]],
      ] as const)
        expect(
          rows(
            await engine().query(
              `SELECT count(*) AS n FROM user_tags WHERE rfm_score IS NOT NULL GROUP BY rfm_score[${place}] ORDER BY rfm_score[${place}]`,
            ),
          ).map((r) => r.n),
        ).toEqual(want);
      near((await one("SELECT fsum(monetary) AS m FROM user_tags WHERE rfm_group = 'champion'")).m, 4303871.89);
    });

    it('knows the life of its customers', () => {
      expect({ ...counts('lifecycle'), known: tag('lifecycle').known }).toEqual({
        new: 252,
        active: 1061,
        'at risk': 1261,
        dormant: 588,
        lost: 861,
        returned: 315,
        known: 4338,
      });
      expect(counts('lifecycle_personal')).toEqual({ new: 550, active: 1945, 'at risk': 409, dormant: 468, lost: 822, returned: 144 });
      expect(counts('purchasing_power')).toEqual({ low: 215, 'lower middle': 1600, 'upper middle': 2052, high: 471 });
      expect(counts('buyer_status')).toEqual({ none: 34, 'one-time': 1493, repeat: 2845 });
      expect(counts('preferred_weekday').Thursday).toBe(1001);
      expect(tag('price_sensitivity').known).toBe(4203);
      expect(counts('price_sensitivity').high).toBe(277);
      expect(tag('replenish_due').known).toBe(3124);
      expect(counts('country')).toMatchObject({ 'United Kingdom': 3950, Germany: 95, France: 87 });
    });

    it('knows single customers', async () => {
      expect((await one('SELECT count(*) FILTER (preferred_hour = 12) AS n FROM user_tags')).n).toBe(742);
      const customer = async (id: string) => one(`SELECT * FROM user_tags WHERE user_id = '${id}'`);
      const a = await customer('12347');
      expect(a).toMatchObject({
        recency: 3,
        orders: 7,
        monetary: 4310,
        rfm_score: '555',
        rfm_group: 'champion',
        lifecycle: 'active',
        cadence: 50.875,
      });
      near(a.purchasing_power, 77.35);
      expect(await customer('12346')).toMatchObject({
        recency: 326,
        orders: 1,
        monetary: 77183.6,
        revenue_net: 0,
        rfm_score: '115',
        rfm_group: 'hibernating',
        lifecycle: 'lost',
        return_rate: 1,
      });
      expect(await customer('17850')).toMatchObject({ recency: 373, orders: 34, monetary: 5391.21, rfm_score: '155', rfm_group: 'cannot lose' });
      expect(await customer('14646')).toMatchObject({ recency: 2, orders: 73, monetary: 280206.02 });
      const e = await customer('18102');
      expect(e).toMatchObject({ recency: 1, orders: 60, monetary: 259657.3 });
      near(e.purchasing_power, 95.02);
    });

    it('classes its products', async () => {
      expect(counts('abc', 'product')).toEqual({ A: 777, B: 922, C: 1966 });
      expect(counts('xyz', 'product')).toEqual({ X: 395, Y: 1028, Z: 1848 });
      expect(counts('trend', 'product')).toEqual({ rising: 196, flat: 2176, falling: 120 });
      expect(counts('stage', 'product')).toEqual({ introduction: 227, growth: 794, maturity: 833, decline: 1086 });
      expect(counts('seasonal', 'product')).toEqual({ true: 758, false: 1382 });
      expect(counts('supply_hint', 'product')).toMatchObject({ 'stock-out suspected': 230, discontinued: 139, 'slow mover': 636, none: 2660 });
      expect(counts('price_band', 'product')).toEqual({ low: 1000, mid: 1474, high: 1191 });
      const unknown =
        await one(`SELECT count(*) FILTER (xyz IS NULL) AS xyz, count(*) FILTER (trend IS NULL) AS trend, count(*) FILTER (stage IS NULL) AS stage
        FROM product_tags WHERE sold_orders > 0`);
      expect(unknown).toEqual({ xyz: 394, trend: 1173, stage: 725 });
      expect(tag('seasonal', 'product').known).toBe(2140);
      for (const [cls, revenue] of Object.entries({ A: 7129596.3, B: 1336777.76, C: 445033.84 }))
        near((await one(`SELECT fsum(revenue) AS r FROM product_tags WHERE abc = '${cls}'`)).r, revenue);
    });

    it('knows single products', async () => {
      const product = async (id: string) => one(`SELECT * FROM product_tags WHERE product_id = '${id}'`);
      const a = await product('22423');
      expect(a).toMatchObject({ units: 12402, revenue: 142592.95, buyers: 881, stage: 'maturity', attach_partner: '22698' });
      near(a.revenue_net, 132870.4);
      near(a.return_rate, 0.0691, 1e-4);
      near(a.penetration, 0.2031, 1e-4);
      near(a.revenue_share, 0.016, 1e-4);
      near(a.attach_rate, 0.9877, 1e-4);
      const b = await product('85123A');
      expect(b).toMatchObject({ units: 36782, revenue: 100603.5, buyers: 856, xyz: 'X', trend: 'flat' });
      near(b.repeat_rate, 0.4755, 1e-4);
      expect(await product('23843')).toMatchObject({ units: 80995, revenue: 168469.6, buyers: 1, stage: 'introduction' });
      const d = await product('22086');
      expect(d).toMatchObject({ trend: 'rising', stage: 'growth', seasonal: true });
      near(d.season_peak, 0.7892, 1e-4);
      near(d.trend_per_week, 0.0758, 1e-4);
    });

    it('takes the published steps to trend, season, variation and partner', async () => {
      const step = async (name: string, id: string) => one(`FROM (${relationSql(name, ctx)}) JOIN product_ids USING (p) WHERE product_id = '${id}'`);
      const [bag, light] = [await step('trends', '22086'), await step('trends', '85123A')];
      expect([bag.trend, light.trend]).toEqual(['rising', 'flat']);
      near(bag.z, 2.5372, 1e-4);
      near(light.per_week, 0.0509, 1e-4);
      near(light.z, 1.3029, 1e-4);
      near((await step('variations', '85123A')).cv, 0.4345, 1e-4);
      expect((await step('variations', '22086')).xyz).toBe('Z');
      near((await step('variations', '22086')).cv, 1.533, 1e-4);
      expect(await step('seasons', '22086')).toMatchObject({ from_month: 9, seasonal: true });
      const even = await step('seasons', '22423');
      expect(even).toMatchObject({ from_month: 10, seasonal: false });
      near(even.peak, 0.2949, 1e-4);
      near((await step('repeats', '22423')).repeat_rate, 0.3746, 1e-4);
      const partner = await step('partners', '22423');
      expect(partner.partner).toBe('22698');
      near(partner.lift, 6.0477, 1e-4);
    });

    // Here, as the year is loaded here.
    publishedCohorts(engine, () => ctx);

    // Last, as it sets the moment back.
    it('knows a month earlier only those who had come by then', async () => {
      await prepareEv(engine(), { ...ctx.basis, asOf: '2011-11-10 00:00:00' }, ctx.facts);
      expect(Number((await one('SELECT count(*) AS n FROM universe')).n)).toBe(4122);
    });
  });
});
