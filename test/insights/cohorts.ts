import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { AnalysisContext, Params } from '../../src/core/analysis.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { runAnalysis } from '../../src/engine/run.ts';
import { retention } from '../../src/insights/retention.ts';
import { DATA } from '../ingest/data.ts';

/** A2 and A3 of the definitions, and the cohort table published beside online retail, on an engine that holds it. */
export function publishedCohorts(engine: () => Engine, ctx: () => AnalysisContext): void {
  const ask = async (params: Params) => (await runAnalysis(engine(), retention, params, ctx(), () => [])).answer;

  it('every cohort by month (A2)', async () => {
    const published = (JSON.parse(readFileSync(`${DATA}expected.json`, 'utf8')) as { online_retail: { cohorts_clean: Record<string, number[]> } })
      .online_retail.cohorts_clean;
    const got = (await ask({})).cohorts;
    expect(Object.fromEntries(got.map((c) => [c.label, c.cells.map((x) => x.returned)]))).toEqual(published);
    expect(got[1]!.cells.at(-1)).toMatchObject({ returned: 49, eligible: 417, partial: true });
    expect(got[0]!.leftCut).toBe(true);
  });
  it('rolling 30 days (A3)', async () => {
    for (const [count, want] of [
      ['on', ['953/3754', '901/3221', '739/2580']],
      ['after', ['2556/3754', '2169/3221', '1604/2580']],
    ] as const) {
      const { curve } = await ask({ clock: 'rolling', count });
      expect([1, 3, 6].map((n) => `${curve.points[n]!.returned}/${curve.points[n]!.eligible}`)).toEqual(want);
    }
    expect((await ask({ clock: 'rolling', days: 1, brackets: '1-90' })).brackets[0]).toMatchObject({ returned: 1533, eligible: 3370 });
  });
}
