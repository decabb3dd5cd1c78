import type { CutMethod } from '../../core/own-tag.ts';
import type { Entity, TagInfo } from '../../core/tag.ts';
import type { Engine, QueryOptions } from '../../engine/engine.ts';
import { ident } from '../../engine/sql.ts';
import { ckmeans } from '../../stats/ckmeans.ts';
import { quantile } from '../../stats/quantile.ts';
import { bandLabels } from '../bands.ts';

/** Distinct values that natural breaks look at one by one; more are taken in as many groups of neighbours of about equal size. */
const MOST_POINTS = 4000;

/**
 * Edges, (lo, hi], that cut the known values of a number tag into `n` bands: at equal shares of members (type-7 quantiles, equal edges merged), or at
 * natural breaks. Fewer where the values do not allow as many. Empty for a tag known for nobody or of one value.
 */
export async function findCuts(
  engine: Engine,
  tag: Pick<TagInfo, 'id' | 'entity'>,
  by: Exclude<CutMethod, 'fixed'>,
  n: number,
  opts: QueryOptions,
): Promise<number[]> {
  const x = ident(tag.id);
  const frame = await engine.query(`SELECT ${x}::DOUBLE AS x FROM ${table(tag.entity)} WHERE ${x} IS NOT NULL`, opts);
  const sorted = Float64Array.from(frame.columns[0] as ArrayLike<number>).sort();
  if (sorted.length === 0) return [];
  return by === 'quantile' ? quantileEdges(sorted, n) : breaksOf(sorted, n);
}
const table = (entity: Entity): string => `${entity}_tags`;

/** @param sorted values in ascending order */
export function quantileEdges(sorted: Float64Array, n: number): number[] {
  const edges = Array.from({ length: n - 1 }, (_, i) => quantile(sorted, (i + 1) / n));
  return [...new Set(edges)].filter((e) => e < sorted.at(-1)!);
}

/** Midway between the runs that ckmeans finds. @param sorted values in ascending order */
export function breaksOf(sorted: Float64Array, n: number): number[] {
  const values: number[] = [];
  const weights: number[] = [];
  for (const x of sorted) {
    if (values.at(-1) === x) weights[weights.length - 1]!++;
    else {
      values.push(x);
      weights.push(1);
    }
  }
  const step = Math.ceil(values.length / MOST_POINTS);
  const starts = Array.from({ length: Math.ceil(values.length / step) }, (_, i) => i * step);
  const points = starts.map((s) => {
    const part = weights.slice(s, s + step);
    const weight = part.reduce((a, b) => a + b, 0);
    return { weight, mean: part.reduce((a, w, i) => a + w * values[s + i]!, 0) / weight };
  });
  const found = ckmeans(
    points.map((p) => p.mean),
    points.map((p) => p.weight),
    n,
  );
  return found.map((i) => {
    const [below, above] = [values[starts[i]! - 1]!, values[starts[i]!]!];
    return Number(((below + above) / 2).toPrecision(6)) > below ? Math.min(Number(((below + above) / 2).toPrecision(6)), above) : below;
  });
}

/** Names for bands of a tag that nobody named yet. */
export function cutLabels(edges: number[], { figures, type, distinct }: Pick<TagInfo, 'figures' | 'type' | 'distinct'>): string[] {
  const [min, max] = [figures?.min ?? 0, figures?.max ?? 0];
  const whole = type === 'int' && distinct > 0;
  const labels = bandLabels(edges, Math.min(min, edges[0] ?? min), Math.max(max, edges.at(-1) ?? max), whole ? 'int' : type);
  // Cuts between the same whole numbers would be named alike.
  return labels.map((l, i) => (labels.indexOf(l) === i ? l : `${l} (${i + 1})`));
}
