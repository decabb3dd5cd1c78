import type { Analysis, AnalysisContext, Answer, Answered, Frames, Params } from '../core/analysis.ts';
import { TesseraError } from '../core/errors.ts';
import { completeParams } from '../core/params.ts';
import type { Engine, QueryOptions } from './engine.ts';

/** What is not mapped of an analysis' needs, in words. Handed in, as the words of needs belong to the tags. */
export type MissingOf = (needs: readonly string[]) => string[];

/**
 * The only place that awaits a query for an analysis: checks needs and parameters, asks stage by stage, shapes, and keeps where the numbers came from.
 * Throws NEEDS_MISSING, PARAM_INVALID, CANCELLED.
 */
export async function runAnalysis<P extends Params, A extends Answer>(
  engine: Engine,
  analysis: Analysis<P, A>,
  given: Params,
  ctx: AnalysisContext,
  missingOf: MissingOf,
  opts: QueryOptions = {},
): Promise<Answered<A>> {
  const started = performance.now();
  const missing = missingOf(analysis.needs);
  if (missing.length)
    throw new TesseraError('NEEDS_MISSING', `“${analysis.title}” needs ${missing.join('; ')}.`, { next: 'Map a column or add a file.' });
  const params = completeParams(analysis, given);
  const frames: Frames = {};
  const sql: { name: string; text: string }[] = [];
  for (const stage of analysis.stages) {
    for (const [name, text] of Object.entries(stage.sql(params, ctx, frames))) {
      if (name in frames) throw new Error(`${analysis.id} asks ${name} twice`);
      frames[name] = await engine.query(text, opts);
      sql.push({ name, text });
    }
  }
  const answer = analysis.shape(frames, params, ctx);
  return {
    answer,
    tables: analysis.tables(answer, params),
    provenance: {
      id: analysis.id,
      params,
      asOf: ctx.basis.asOf,
      zone: ctx.basis.zone,
      k: ctx.basis.k,
      here: ctx.here?.name ?? null,
      base: ctx.base?.name ?? null,
      sql,
      formulas: analysis.formulas,
      ms: performance.now() - started,
    },
  };
}
