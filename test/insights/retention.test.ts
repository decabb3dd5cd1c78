import { beforeAll, expect, it } from 'vitest';
import type { AnalysisContext, Params } from '../../src/core/analysis.ts';
import { rows } from '../../src/core/frame.ts';
import { runAnalysis } from '../../src/engine/run.ts';
import { retention } from '../../src/insights/retention.ts';
import { membersSql } from '../../src/segments/sql.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { missing } from '../../src/tags/needs.ts';
import { onBoth } from '../engine/both.ts';
import { BASIS, loadShop } from '../tags/fixture.ts';

const DAYS: Record<string, number[]> = { A: [0, 1, 3], B: [0, 2, 3], C: [0], D: [2, 3], E: [3] };
const view = (user: string, day: number) => ({
  at: `2024-06-0${day + 1} 10:00:00`,
  user,
  event: 'view',
  product: null,
  quantity: null,
  amount: null,
  discount: null,
  order: null,
  session: null,
  device: null,
  channel: null,
});

onBoth('retention of five users', (engine) => {
  let ctx: AnalysisContext;
  beforeAll(async () => {
    const facts = await loadShop(engine(), {
      users: [],
      products: [],
      edges: [],
      events: Object.entries(DAYS).flatMap(([u, d]) => d.map((x) => view(u, x))),
    });
    const basis = { ...BASIS, asOf: '2024-06-06 00:00:00', k: 1 };
    const { tags } = await computeTags(engine(), facts, basis);
    ctx = { facts, basis, tags, here: null, base: null };
  });
  const ask = (params: Params, over: Partial<AnalysisContext> = {}) =>
    runAnalysis(engine(), retention, { period: 'day', ...params }, { ...ctx, ...over }, (n) => missing(ctx.facts, n));
  const points = async (params: Params) => (await ask(params)).answer.curve.points.slice(1, 4).map((x) => `${x.returned}/${x.eligible}`);

  it.each([
    [{}, ['2/5', '1/4', '2/3']],
    [{ count: 'after' }, ['3/5', '2/4', '2/3']],
    [{ clock: 'rolling', days: 1 }, ['2/5', '1/4', '2/3']],
    // All come at ten: by midnight of the sixth day, the last of their 24 hours has not ended.
    [{ clock: 'rolling-24h', days: 1 }, ['2/4', '1/3', '2/3']],
  ])('%o', async (params, want) => expect(await points(params)).toEqual(want));
  it('recurring: 3 of 10 come back the next day', async () => expect((await points({ entry: 'recurring' }))[0]).toBe('3/10'));
  it('bracket 1-3: 2 of 3', async () => expect((await ask({ brackets: '1-3' })).answer.brackets[0]).toMatchObject({ returned: 2, eligible: 3 }));
  it('over those of the period before', async () => expect(await points({ reference: 'previous' })).toEqual(['2/5', '0/2', '1/1']));
  it('the first period of the file can be left out', async () => expect(await points({ leftCut: 'exclude' })).toEqual(['1/2', '0/1']));
  it('says it by template', async () => {
    const { answer } = await ask({});
    expect(answer.title).toBe('40\u202f% of new users come back in day 1');
    expect(answer.verdict.status).toBe('weak');
    expect(answer.cohorts.some((c) => c.cells.some((x) => x.partial))).toBe(false);
  });
  it('a cell is a segment of exactly its people', async () => {
    for (const params of [{}, { count: 'after' }, { clock: 'rolling', days: 1 }, { entry: 'recurring' }] as Params[]) {
      const { answer, provenance } = await ask(params);
      for (const c of answer.cohorts)
        for (const cell of c.cells.filter((x) => x.returned > 0)) {
          const people = retention.people({ cohort: c.index, n: cell.n }, provenance.params as never, ctx, answer)!;
          const sql = 'sql' in people ? people.sql : membersSql({ rule: people.rule }, { ...ctx, segments: [] });
          expect(
            rows<{ n: number }>(await engine().query(`SELECT count(*) AS n FROM (${sql})`))[0]!.n,
            JSON.stringify([params, c.index, cell.n]),
          ).toBe(cell.returned);
          if (Object.keys(params).length) continue;
          const away = retention.people({ cohort: c.index, n: cell.n, away: 1 }, provenance.params as never, ctx, answer) as { sql: string };
          expect(rows<{ n: number }>(await engine().query(`SELECT count(*) AS n FROM (${away.sql})`))[0]!.n).toBe(cell.eligible - cell.returned);
        }
    }
  });
  it('refuses what cannot be', async () => {
    await expect(ask({ entry: 'recurring', clock: 'rolling' })).rejects.toMatchObject({ code: 'PARAM_INVALID' });
    await expect(ask({ period: 'year' })).rejects.toMatchObject({ code: 'PARAM_INVALID' });
    await expect(ask({ colour: 'red' })).rejects.toMatchObject({ code: 'PARAM_INVALID' });
  });
  it('withholds what is below the smallest group', async () => {
    const { answer } = await ask({}, { basis: { ...ctx.basis, k: 3 } });
    expect(answer.cohorts.filter((c) => c.hidden).map((c) => c.cells.every((x) => x.rate === null))).toEqual([true, true]);
  });
  it('the people of a bracket', async () => {
    const { answer, provenance } = await ask({ brackets: '1-3' });
    const people = retention.people({ bracket: 0 }, provenance.params as never, ctx, answer) as { sql: string };
    expect(rows<{ n: number }>(await engine().query(`SELECT count(*) AS n FROM (${people.sql})`))[0]!.n).toBe(2);
  });
  it('by every way to count, where asked for (R12)', async () => {
    expect((await ask({})).answer.range).toBeNull();
    // Twenty new ones a day for five days, fifteen of each twenty back the next day.
    const events = Array.from({ length: 100 }, (_, i) => [view(`u${i}`, i % 5), ...(i < 75 ? [view(`u${i}`, (i % 5) + 1)] : [])]).flat();
    const facts = await loadShop(engine(), { users: [], products: [], edges: [], events });
    const { tags } = await computeTags(engine(), facts, ctx.basis);
    const { answer, tables } = await ask({ range: 'always', periods: 1 }, { facts, tags });
    expect(answer.range!.cells.map((c) => `${c.clock} ${c.count} ${c.here.returned}/${c.here.eligible}${c.own ? ' own' : ''}`)).toEqual([
      'calendar on 60/80 own',
      'calendar after 60/80',
      'rolling on 60/80',
      'rolling after 60/80',
      // All come at ten: of the fourth day's, the second 24 hours have not ended.
      'rolling-24h on 45/60',
      'rolling-24h after 45/60',
    ]);
    expect(tables.find((t) => t.id === 'range')!.rows).toHaveLength(6);
    const group = { name: 'half', rule: { all: [] }, members: 'SELECT u FROM universe WHERE u % 2 = 0' };
    const two = (await ask({ periods: 1 }, { facts, tags, here: group, base: { ...group, members: 'SELECT u FROM universe' } })).answer;
    expect(two.range!.cells).toHaveLength(6);
    expect(two.difference!.fragile).toBe(two.range!.cells.some((c) => (c.difference ?? 0) * two.difference!.difference < 0));
  });
});
