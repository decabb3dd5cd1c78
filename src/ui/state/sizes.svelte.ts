import { isCancelled } from '../../core/errors.ts';
import type { Segment } from '../../core/rule.ts';
import type { Basis } from '../../core/settings.ts';
import type { StudioApi } from '../../project/studio-api.ts';
import { plain } from './plain.ts';

export interface KnownSize {
  n: number;
  universe: number;
}
/** Sizes of the kept segments as they stand, asked for behind the page: the list shows them, and a change of tags says what they were before. */
export class Sizes {
  /** By id; null: could not be counted. Those of before stay until the new ones are there. */
  of = $state.raw<Readonly<Record<string, KnownSize | null>>>({});
  #told: { segments: readonly Segment[]; basis: Basis; ids: Set<string> } | null = null;

  /** Counts them one after the other; the answer stops it. */
  follow(studio: StudioApi, segments: Segment[], basis: Basis): () => void {
    let over = false;
    const told = (this.#told = { segments, basis, ids: new Set<string>() });
    void (async () => {
      for (const s of segments) {
        const size = await studio.size(plain(s), segments, basis, `list size ${s.id}`).catch((e: unknown) => {
          if (isCancelled(e)) over = true;
          return null;
        });
        if (over) return;
        told.ids.add(s.id);
        this.of = { ...this.of, [s.id]: size && { n: size.n, universe: size.universe } };
      }
    })();
    return () => {
      over = true;
    };
  }

  /** Those counted of just these segments on this basis. */
  known(segments: readonly Segment[], basis: Basis | null): ReadonlyMap<string, number> {
    const told = this.#told;
    if (!told || told.segments !== segments || told.basis !== basis) return new Map();
    return new Map([...told.ids].flatMap((id) => (this.of[id] ? [[id, this.of[id].n]] : [])));
  }
}
