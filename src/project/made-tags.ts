import type { Basis } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Catalogue, Entity } from '../core/tag.ts';
import type { Engine } from '../engine/engine.ts';
import { computeTags, prepareTags } from '../tags/compute.ts';
import type { TagDef } from '../tags/define.ts';
import { isFirst } from '../tags/first.ts';
import { computeOwn, readBy } from '../tags/own/compute.ts';
import { rulesFor } from './own-tags.ts';
import type { FirstMade, OnProgress } from './studio-api.ts';

interface Options {
  signal?: AbortSignal;
  on?: OnProgress | undefined;
}

/** The tags that the engine holds: made where they are not yet those asked for. */
export class MadeTags {
  readonly #engine: Engine;
  readonly #facts: () => DataFacts;
  /** Without own tags, and with them. */
  #base: { key: string; value: Catalogue } | null = null;
  #catalogue: { key: string; value: Catalogue } | null = null;

  /** `facts` of the tables that are built; throws where there are none. */
  constructor(engine: Engine, facts: () => DataFacts) {
    this.#engine = engine;
    this.#facts = facts;
  }

  /** What is held now; null while nothing is, or is being made. */
  get held(): Catalogue | null {
    return this.#catalogue?.value ?? null;
  }

  /** All tags of a basis. Own tags stand on the others: where those are current, only own tags are made again. */
  async all(basis: Basis, { signal, on }: Options = {}): Promise<Catalogue> {
    const { own = [], ...plain } = basis;
    const key = this.#key(basis);
    if (this.#catalogue?.key === key) return this.#catalogue.value;
    const baseKey = this.#key(plain);
    if (this.#base?.key !== baseKey) {
      this.#base = null;
      const run = computeTags(this.#engine, this.#facts(), plain, { ...(signal ? { signal } : {}), ...(on ? { on } : {}) });
      const value = await run.catch((e: unknown) => {
        // Stopped half-way, the engine holds neither the old moment nor the new one.
        this.#catalogue = null;
        throw e;
      });
      this.#base = { key: baseKey, value };
    }
    this.#catalogue = null;
    const value = await computeOwn(this.#engine, this.#base!.value, own, this.own(basis), signal ? { signal } : {});
    this.#catalogue = { key, value };
    return value;
  }

  /** Those tags of one entity that are made fast, are `wanted` or read by own tags: as `StudioApi.firstTags`. Nothing is held after it. */
  async first(
    basis: Basis,
    entity: Entity,
    wanted: readonly string[],
    { signal, on, made }: Options & { made?: ((tags: FirstMade[]) => void) | undefined } = {},
  ): Promise<Catalogue> {
    const own = (basis.own ?? []).filter((def) => def.entity === entity);
    const needed = new Set([...wanted, ...own.flatMap((def) => readBy(def, this.own(basis).rules))]);
    this.forget();
    const { own: _all, ...plain } = basis;
    const passing = own.length === 0;
    const only = { entity, tag: (def: TagDef) => isFirst(def) || needed.has(def.id), passing };
    const tell = { ...(on ? { on } : {}), ...(made && passing ? { made } : {}), ...(signal ? { signal } : {}) };
    const base = await computeTags(this.#engine, this.#facts(), plain, { only, ...tell });
    return computeOwn(this.#engine, base, own, this.own(basis), signal ? { signal } : {});
  }

  /** Takes over tags that came with a kept database; what they are made over is prepared again. */
  async adopt(basis: Basis, catalogue: Catalogue): Promise<void> {
    await prepareTags(this.#engine, basis, this.#facts());
    this.#catalogue = { key: this.#key(basis), value: catalogue };
    const { own, ...plain } = basis;
    this.#base = { key: this.#key(plain), value: own ? withoutOwn(catalogue) : catalogue };
  }

  forget(): void {
    this.#base = this.#catalogue = null;
  }

  /** What own tags are made over. */
  own(basis: Basis): { facts: DataFacts; basis: Basis; rules: ReturnType<typeof rulesFor> } {
    return { facts: this.#facts(), basis, rules: rulesFor(this.#facts(), basis) };
  }

  #key(basis: Basis): string {
    return JSON.stringify([basis, this.#facts().digest]);
  }
}

/** The catalogue as it was before own tags. */
const withoutOwn = (c: Catalogue): Catalogue => ({
  ...c,
  tags: c.tags.filter((t) => !t.own),
  waiting: c.waiting.filter((t) => t.problem === undefined),
});
