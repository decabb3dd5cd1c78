import { DEFAULT_SETTINGS, type Basis, type Settings } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Entity } from '../core/tag.ts';
import { column } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ASSUMED } from './probe.ts';
import { closure } from './planner.ts';

/** Settings that decide what some tags mean: changed per project, part of the tag's digest. */
export type Parameter = 'lifecycle' | 'rfmCut' | 'ageBands';
export type Parameters = Pick<Settings, Parameter>;

const OF: Record<string, Parameter> = {
  'user:lifecycle': 'lifecycle',
  'user:rfm_value': 'rfmCut',
  'user:age': 'ageBands',
  'user:age_band': 'ageBands',
  'product:audience_age_band': 'ageBands',
};
/** The parameter behind a tag of the catalogue, if it has one. */
export const parameterOf = (id: string, entity: Entity): Parameter | null => OF[`${entity}:${id}`] ?? null;

/** True where it is what the definitions start with. */
export const isDefault = (parameter: Parameter, settings: Parameters): boolean =>
  JSON.stringify(settings[parameter]) === JSON.stringify(DEFAULT_SETTINGS[parameter]);

/** Why these days cannot be the stages of a lifecycle; null where they can. */
export function stagesProblem({ new: fresh, active, atRisk, dormant }: Settings['lifecycle']): 'whole' | 'order' | null {
  if (![fresh, active, atRisk, dormant].every((d) => Number.isInteger(d) && d >= 1)) return 'whole';
  return active < atRisk && atRisk < dormant ? null : 'order';
}

/** First ages of the bands as typed ("18, 25, 35"): ascending whole years, one to twenty of them; null where they are not. */
export function ageBandsOf(text: string): number[] | null {
  const edges = text
    .split(/[,;\s]+/)
    .filter((x) => x !== '')
    .map(Number);
  const fit = edges.every((e, i) => Number.isInteger(e) && e >= 1 && e <= 120 && (i === 0 || e > edges[i - 1]!));
  return fit && edges.length >= 1 && edges.length <= 20 ? edges : null;
}

/**
 * Days that this data proposes for active, at risk and dormant: the quantiles .75, .90 and .95 of all gaps between days that count (definitions,
 * "lifecycle"), rounded and ascending; null where nobody came back. Runs after prepareEv.
 */
export async function stagesOf(
  engine: Engine,
  ctx: { facts: DataFacts; basis: Basis },
  opts?: QueryOptions,
): Promise<Omit<Settings['lifecycle'], 'new'> | null> {
  const steps = closure(['gaps']).map((r) => `${r.name} AS (\n${r.sql({ ...ctx, probe: ASSUMED })}\n)`);
  const frame = await engine.query(`WITH ${steps.join(',\n')}\nSELECT unnest(quantile_cont(g, [.75, .90, .95])) AS q FROM gaps`, opts);
  const [a, b, c] = Array.from(column(frame, 'q'), (q) => (q === null ? null : Math.floor(Number(q) + 0.5)));
  if (a === null || a === undefined) return null;
  const active = Math.max(1, a);
  const atRisk = Math.max(active + 1, b!);
  return { active, atRisk, dormant: Math.max(atRisk + 1, c!) };
}
