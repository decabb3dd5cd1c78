import type { Progress } from '../core/files.ts';
import { TesseraError } from '../core/errors.ts';
import type { Basis } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Catalogue, Entity, TagInfo, WaitingTag } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { definitions } from './catalogue.ts';
import { namesOf } from './compile.ts';
import type { TagContext, TagDef } from './define.ts';
import { digestOf } from './digest.ts';
import { prepareEv } from './ev.ts';
import { describe } from './figures.ts';
import { exists, missing } from './needs.ts';
import { planWide } from './planner.ts';
import { probe } from './probe.ts';
import { writeBack } from './write-back.ts';

export { prepareEv as prepareTags } from './ev.ts';
export { resolveBasis } from './basis.ts';
export { tagSql } from './tag-sql.ts';

export interface ComputeOptions {
  signal?: AbortSignal;
  on?: (p: Progress) => void;
  /**
   * Some tags of one entity; all of both where it is not given. `passing`: the table is soon made again whole, and takes no columns of own tags: it is
   * written as it is, without the time that compressing takes.
   */
  only?: { entity: Entity; tag: (def: TagDef) => boolean; passing?: boolean };
  /** Called once the wide table of `only` can be read, with its tags, before they are described. */
  made?: (tags: Pick<TagInfo, 'id' | 'entity' | 'type'>[]) => void;
}

/**
 * Computes every tag whose needs are met, as of basis.asOf, into `user_tags` and `product_tags`, and describes them. Rejects with CANCELLED after the
 * signal: the wide tables of before are then still there or gone as a whole, never half made. One call at a time per engine.
 */
export async function computeTags(
  engine: Engine,
  facts: DataFacts,
  basis: Basis,
  { signal, on, only, made }: ComputeOptions = {},
): Promise<Catalogue> {
  const startedAt = performance.timeOrigin + performance.now();
  const opts: QueryOptions = signal ? { signal } : {};
  const progress = (phase: string, done: number, of: number) => on?.({ task: 'tags', phase, done, of, unit: 'steps', startedAt });
  progress('what happened when', 0, 1);
  const entities = only ? [only.entity] : (['user', 'product'] as const);
  await prepareEv(engine, basis, facts, opts, entities);
  const ctx: TagContext = { facts, basis, probe: await probe(engine, facts, entities, opts) };

  const tags: TagInfo[] = [];
  const waiting: WaitingTag[] = [];
  const universe = { user: 0, product: 0 };
  const plans = entities.map((entity) => {
    const all = definitions(entity, ctx).map((d) => (entity === 'user' ? { ...d, needs: ['user', ...d.needs] } : d));
    const published = all.filter((d) => exists(facts, d.needs) && !d.onDemand && (!only || only.tag(d)));
    for (const d of all) if (!exists(facts, d.needs)) waiting.push(waitingTag(d, missing(facts, d.needs)));
    return { published, plan: planWide(entity, published, all, ctx, only?.passing) };
  });
  const of = plans.reduce((n, p) => n + p.plan.steps.length + 1, 1);
  let done = 1;
  for (const { published, plan } of plans) {
    const names = namesOf(plan.entity, basis);
    try {
      for (const step of plan.steps) {
        if (signal?.aborted) throw new TesseraError('CANCELLED', 'Stopped.');
        if (step.label) progress(step.label, done, of);
        if (step.relation?.compute) await writeBack(engine, step.table!, step.relation.compute, await engine.query(step.sql, opts), ctx, opts);
        else await engine.exec(step.sql, opts);
        done++;
      }
      made?.(published.map(({ id, entity, type }) => ({ id, entity, type })));
      progress('how many, and of which value', done++, of);
      const infos = await describe(engine, names.table, published, { cells: plan.cells, key: names.key, columns: plan.fresh }, opts);
      for (const [i, info] of infos.entries()) info.digest = await digestOf(published[i]!, ctx);
      tags.push(...infos);
      universe[plan.entity] = infos[0]?.universe ?? 0;
    } finally {
      // Without the signal: a stopped run must not leave its temporary tables behind.
      await engine.exec(plan.leftovers.map((t) => `DROP TABLE IF EXISTS temp.${ident(t)}`).join(';\n'));
    }
  }
  progress('done', of, of);
  return { tags, waiting, asOf: basis.asOf, universe, ms: performance.timeOrigin + performance.now() - startedAt };
}

function waitingTag(
  d: { id: string; entity: Entity; title: string; description: string; dimension: WaitingTag['dimension']; kind: WaitingTag['kind'] },
  lacks: string[],
): WaitingTag {
  return { id: d.id, entity: d.entity, title: d.title, description: d.description, dimension: d.dimension, kind: d.kind, missing: lacks };
}
