import { isCancelled } from '../../core/errors.ts';
import type { SegmentMoment } from '../../core/moment.ts';
import type { Segment } from '../../core/rule.ts';
import type { Basis } from '../../core/settings.ts';
import type { Catalogue } from '../../core/tag.ts';
import type { DataFacts } from '../../core/tables.ts';
import type { StudioApi } from '../../project/studio-api.ts';
import { meaningOf } from '../../segments/meaning.ts';

/** What figures are counted over: another object of any of them is other data. */
export interface Over {
  catalogue: Catalogue;
  facts: DataFacts;
  basis: Basis;
}
/** A rule is counted once nobody has changed it for this long. */
const STILL_MS = 300;

/** Figures of the saved segments as they stand, counted behind the page, so that they are there when a change of the document has to keep them at once. */
export class SegmentFigures {
  /** By the segment as it is in the document; null: cannot be counted. */
  #of = $state.raw<ReadonlyMap<Segment, SegmentMoment | null>>(new Map());
  #segments: readonly Segment[] = [];
  #over: Over | null = null;
  /** What was counted over the same data, by what it means: a name or another segment that changes costs no count. */
  #counted = new Map<string, SegmentMoment>();

  /** Counts them one after the other; the answer stops it. */
  follow(studio: StudioApi, segments: Segment[], over: Over): () => void {
    if (!this.#same(over)) {
      this.#counted = new Map();
      this.#over = over;
    }
    this.#segments = segments;
    this.#of = new Map();
    let stopped = false;
    const timer = setTimeout(() => void this.#count(studio, segments, over, () => stopped), STILL_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }

  async #count(studio: StudioApi, segments: Segment[], { catalogue, facts, basis }: Over, stopped: () => boolean): Promise<void> {
    for (const s of segments) {
      const digest = await meaningOf(s, { tags: catalogue.tags, facts, basis, segments });
      const made =
        this.#counted.get(digest) ??
        (await studio.segmentMoment(s, segments, basis, `figures ${s.id}`).catch((e: unknown) => (isCancelled(e) ? undefined : null)));
      if (stopped()) return;
      // Stopped by a newer question of the same segment, or counted over other tags than the page shows: it stays uncounted.
      if (made === undefined || (made && made.digest !== digest)) continue;
      if (made) this.#counted.set(digest, made);
      this.#of = new Map(this.#of).set(s, made);
    }
  }

  /** Those counted of just these segments over just this data, by id. */
  known(segments: readonly Segment[], over: Over): Record<string, SegmentMoment> {
    // A segment that names others is another one once any of them has changed: the list must be the one that was counted.
    if (!this.#same(over) || this.#segments !== segments) return {};
    return Object.fromEntries(
      segments.flatMap((s) => {
        const made = this.#of.get(s);
        return made ? [[s.id, made]] : [];
      }),
    );
  }

  /** How many of these are still to be counted. */
  waiting(segments: readonly Segment[]): number {
    return segments.filter((s) => !this.#of.has(s)).length;
  }

  #same(over: Over): boolean {
    const told = this.#over;
    return told !== null && told.catalogue === over.catalogue && told.facts === over.facts && told.basis === over.basis;
  }
}
