import { TesseraError } from '../core/errors.ts';
import type { Comparison } from '../core/findings.ts';
import type { SegmentMoment } from '../core/moment.ts';
import type { Profile, ProfileRequest, SegmentRef } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import { sameBasis, type Basis } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { Engine } from '../engine/engine.ts';
import { canProfile, compareBy, holds, profileBy } from '../profiles/by-index.ts';
import { segmentMomentBy } from '../profiles/segment-moment.ts';
import { comparison } from '../profiles/comparison.ts';
import type { LineCount } from '../segments/alone.ts';
import { entityOf, type RuleContext } from '../segments/context.ts';
import { linesBy, partitionBy, sizeBy } from '../segments/index/answers.ts';
import { Evaluator } from '../segments/index/evaluate.ts';
import { fillTable, type TagColumn } from '../segments/index/fill.ts';
import type { Partition } from '../segments/partition.ts';
import type { Size } from './studio-api.ts';
import { Tasks } from './tasks.ts';

/** The tags that an index stands for: as of one moment, over one state of the data. */
export interface Tagged {
  tags: TagInfo[];
  facts: DataFacts;
  basis: Basis;
  /** Where only one entity's are of that moment; the other is not answered. */
  only?: Entity;
}

/** Columns of one entity that can be read while their tags are still being described. */
export interface Ahead {
  tags: TagColumn[];
  basis: Basis;
  only: Entity;
}

/**
 * The tags as bitmaps and columns, beside the engine: answers rules and profiles while they are edited. The engine is asked only to fill it and, once
 * each, for leaves about events, lists and long texts. Its answers equal those of the studio. Calls reject with NEEDS_MISSING before it is filled.
 */
export class Indexer {
  readonly #engine: Engine;
  readonly #tasks = new Tasks();
  /** Null: they could not be read. */
  #ahead: { of: Ahead; read: Promise<Evaluator | null> } | null = null;
  #filled: { tagged: Tagged; of: Partial<Record<Entity, Evaluator>> } | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Reads the tag tables. A second call stops the first; what was there before is dropped at once. Answers in milliseconds. */
  fill(tagged: Tagged): Promise<number> {
    this.#filled = null;
    const ahead = this.#ahead;
    const mine = ahead && ahead.of.only === tagged.only && sameBasis(ahead.of.basis, tagged.basis) ? ahead.read : null;
    if (!mine) this.#tasks.cancel('ahead');
    this.#ahead = null;
    return this.#tasks.run('fill', async (signal) => {
      const started = performance.now();
      const of: Partial<Record<Entity, Evaluator>> = {};
      for (const entity of tagged.only ? [tagged.only] : (['user', 'product'] as const))
        of[entity] = (await mine) ?? (await this.#read(entity, tagged.tags, signal));
      if (!signal.aborted) this.#filled = { tagged, of };
      return performance.now() - started;
    });
  }

  /** Begins to read while the tags are described, which takes another worker as long; `fill` with the same basis then takes over what this has read. */
  ahead(of: Ahead): void {
    const read = this.#tasks.run('ahead', (signal) => this.#read(of.only, of.tags, signal)).catch(() => null);
    this.#ahead = { of, read };
  }

  /** Gives the memory back. */
  clear(): void {
    this.#tasks.cancel('fill');
    this.#tasks.cancel('ahead');
    this.#filled = this.#ahead = null;
  }

  async #read(entity: Entity, tags: TagColumn[], signal: AbortSignal): Promise<Evaluator> {
    return new Evaluator(await fillTable(this.#engine, entity, tags, { signal }), this.#engine);
  }

  size(ref: SegmentRef, segments: Segment[], task: string): Promise<Size> {
    return this.#tasks.run(task, (signal) => this.#with(entityOf(ref), segments, (index, ctx) => sizeBy(index, ref, ctx, { signal })));
  }

  lines(ref: SegmentRef, segments: Segment[], task: string): Promise<LineCount[]> {
    return this.#tasks.run(task, (signal) => this.#with(entityOf(ref), segments, (index, ctx) => linesBy(index, ref, ctx, { signal })));
  }

  partition(ids: string[], segments: Segment[], task: string): Promise<Partition> {
    const chosen = ids.flatMap((id) => segments.find((s) => s.id === id) ?? []);
    return this.#tasks.run(task, (signal) =>
      this.#with(chosen[0] ? entityOf(chosen[0]) : 'user', segments, (index, ctx) => partitionBy(index, chosen, ctx, { signal })),
    );
  }

  /** Null where the index does not hold what is asked. */
  comparison(chosen: Segment[], segments: Segment[], task: string): Promise<Comparison | null> {
    return this.#tasks.run(task, (signal) =>
      this.#with(chosen[0] ? entityOf(chosen[0]) : 'user', segments, async (index, ctx) =>
        holds(index, {}, ctx) ? comparison((a, b, options) => compareBy(index, a, b, ctx, { signal }, options), chosen, ctx) : null,
      ),
    );
  }

  /** Null where the index does not hold what is asked (weighing by lines, lists of very many values). */
  profile(request: ProfileRequest, segments: Segment[], task: string): Promise<Profile | null> {
    return this.#tasks.run(task, (signal) =>
      this.#with(request.entity, segments, async (index, ctx) =>
        canProfile(index, request, ctx) ? profileBy(index, request, ctx, { signal }) : null,
      ),
    );
  }

  /** Null where the index does not hold what is kept. */
  segmentMoment(segment: Segment, segments: Segment[], task: string): Promise<SegmentMoment | null> {
    return this.#tasks.run(task, (signal) =>
      this.#with(entityOf(segment), segments, (index, ctx) => segmentMomentBy(index, segment, ctx, { signal })),
    );
  }

  #with<T>(entity: Entity, segments: Segment[], work: (index: Evaluator, ctx: RuleContext) => Promise<T>): Promise<T> {
    const index = this.#filled?.of[entity];
    if (!this.#filled || !index) throw new TesseraError('NEEDS_MISSING', 'The index is not ready.', { next: 'Wait a moment.' });
    const { tagged } = this.#filled;
    return work(index, { ...tagged, segments });
  }
}
