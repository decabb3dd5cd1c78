import { isCancelled, TesseraError } from '../../core/errors.ts';
import type { BuildReport, Progress } from '../../core/files.ts';
import { withOwn } from '../../core/own-tag.ts';
import type { ProjectDoc } from '../../core/project.ts';
import type { Basis } from '../../core/settings.ts';
import type { Catalogue, Entity, TagInfo } from '../../core/tag.ts';
import { tagsInRule } from '../../profiles/in-rule.ts';
import type { Ahead, Tagged } from '../../project/indexer.ts';
import type { FirstMade, StudioApi } from '../../project/studio-api.ts';
import type { RuleContext } from '../../segments/context.ts';

export type Stage = 'idle' | 'opening' | 'building' | 'tagging';

/** Who hears of tags: `follow` of those that the engine holds, and of null once they are no more those of the document; what it promises is waited for before they show. */
interface Follower {
  follow(tagged: Tagged | null): void | Promise<void>;
  /** Of tags that the engine holds and that are still being described; `follow` comes after. */
  ahead(of: Ahead): void;
}

/** From the document to the catalogue: builds tables when files or mapping change, makes tags when the basis changes, nothing when neither did. */
export class Pipeline {
  report = $state.raw<BuildReport | null>(null);
  basis = $state.raw<Basis | null>(null);
  catalogue = $state.raw<Catalogue | null>(null);
  /** Why the last run stopped; what was there before stays on screen. */
  problem = $state.raw<unknown>(null);
  /** True where the last run was stopped or failed: what is shown is not, or not all, that of the document. */
  halted = $state(false);
  stage = $state<Stage>('idle');
  progress = $state.raw<Progress | null>(null);
  since = $state(0);

  readonly #studio: () => StudioApi;
  readonly #index: Follower | null;
  #built = '';
  #tagged = '';
  /** What the tags that are being made depend on. */
  #tagging = '';
  #run: Promise<void> | null = null;
  #stops = 0;
  #again: ProjectDoc | null = null;

  /** Whose tags are on screen: they follow a moving moment first. */
  looksAt: Entity = 'user';

  constructor(studio: () => StudioApi, index: Follower | null = null) {
    this.#studio = studio;
    this.#index = index;
  }

  /** Brings everything in line with a document; calls made meanwhile are joined into one more run with the newest document. */
  async sync(doc: ProjectDoc): Promise<void> {
    this.#again = doc;
    // Tags of a moment that is no longer asked for are not waited for: of a dragged date the last value counts.
    if (this.stage === 'tagging' && basisKey(doc) !== this.#tagging) void this.#studio().cancel('tags');
    this.#run ??= this.#loop().finally(() => (this.#run = null));
    await this.#run;
  }

  /** Stops what is under way, whichever stage it has come to by then; what was there before stays. */
  stop(): void {
    this.#stops++;
    for (const task of ['open', 'build', 'tags']) void this.#studio().cancel(task);
  }
  /** Says, whenever it is asked, whether `stop` was called since it was made: a press between two stages meets no task that it could end. */
  stopped(): () => boolean {
    const before = this.#stops;
    return () => this.#stops !== before;
  }

  /** Resolves when no run is under way, however it ended. */
  async rest(): Promise<void> {
    while (this.#run) await this.#run.catch(() => undefined);
  }

  /** True where catalogue and tables are those of this document, and nothing is under way. */
  inLine(doc: ProjectDoc): boolean {
    return this.#run === null && this.catalogue !== null && this.#tagged !== '' && this.#built === buildKey(doc);
  }

  /** Takes over what a kept project already knew, so that its pages show before the engine has answered. */
  adopt(doc: ProjectDoc, report: BuildReport | null, basis: Basis | null, catalogue: Catalogue | null): void {
    this.show(report, basis, catalogue);
    this.#built = report ? buildKey(doc) : '';
  }

  /** Shows what is known; the engine holds nothing of it yet. */
  show(report: BuildReport | null, basis: Basis | null, catalogue: Catalogue | null): void {
    this.report = report;
    this.basis = basis;
    this.catalogue = catalogue;
    this.problem = null;
    this.halted = false;
    this.#built = this.#tagged = '';
    void this.#index?.follow(null);
  }

  /** The engine holds the tags that `adopt` showed: they need not be made again. */
  settle(): void {
    this.#tagged = this.#tagsKey(this.basis);
    this.#tell();
  }

  #tell(): void {
    const { catalogue, report, basis } = this;
    void this.#index?.follow(catalogue && report && basis ? { tags: catalogue.tags, facts: report.facts, basis } : null);
  }

  clear(): void {
    this.report = this.basis = this.catalogue = this.problem = this.progress = null;
    this.#built = this.#tagged = '';
    this.halted = false;
    this.stage = 'idle';
    void this.#index?.follow(null);
  }

  readonly track = (p: Progress): void => {
    this.progress = p;
  };

  begin(stage: Stage): void {
    this.stage = stage;
    this.progress = null;
    this.since = performance.now();
  }

  async #loop(): Promise<void> {
    while (this.#again) {
      const doc = this.#again;
      this.#again = null;
      try {
        await this.#once(doc);
        this.problem = null;
        this.halted = false;
      } catch (e) {
        this.halted = true;
        if (!isCancelled(e)) this.problem = e;
      }
    }
    this.stage = 'idle';
    this.progress = null;
  }

  #tagsKey(basis: Basis | null): string {
    return JSON.stringify([basis, this.report?.facts.digest]);
  }

  async #once(doc: ProjectDoc): Promise<void> {
    if (doc.files.length === 0) return this.clear();
    const studio = this.#studio();
    const stopped = this.stopped();
    const build = buildKey(doc);
    if (build !== this.#built) {
      this.begin('building');
      void this.#index?.follow(null);
      this.report = await studio.build(doc.files, doc.mapping, doc.settings, 'build', this.track);
      this.#built = build;
      this.#tagged = '';
    }
    if (stopped()) throw cancelled();
    const basis = await studio.basis(withOwn(doc.settings, doc.ownTags));
    const tags = this.#tagsKey(basis);
    if (tags !== this.#tagged) {
      this.begin('tagging');
      void this.#index?.follow(null);
      this.#tagging = basisKey(doc);
      // Until it ends, and if it is stopped, the engine holds no tags that are known to be whole.
      this.#tagged = '';
      if (this.#onlyMoves(basis)) await this.#first(doc, basis);
      if (stopped()) throw cancelled();
      this.catalogue = await studio.tags(basis, 'tags', this.track);
      this.basis = basis;
      this.#tagged = tags;
      this.#tell();
    }
  }

  /** True where all tags take long and this basis is another moment of the tags that are shown. */
  #onlyMoves(basis: Basis): boolean {
    const { basis: shown, catalogue, report } = this;
    if (!shown || !catalogue || !report || catalogue.ms < LONG_MS) return false;
    return shown.asOf !== basis.asOf && JSON.stringify({ ...shown, asOf: basis.asOf }) === JSON.stringify(basis);
  }

  /** Shows the tags that are fast and those that segments and pinned tiles ask for; the others keep their figures, marked as pending. */
  async #first(doc: ProjectDoc, basis: Basis): Promise<void> {
    const { tags: shown, waiting, universe, ms } = this.catalogue!;
    const facts = this.report!.facts;
    const entity = this.looksAt;
    const wanted = wantedTags(doc, entity, { tags: shown, facts, basis });
    const before = new Map(shown.flatMap((t) => (t.entity === entity ? [[t.id, t.distinct] as const] : [])));
    const made = (tags: FirstMade[]): void =>
      this.#index?.ahead({ tags: tags.map((t) => ({ ...t, distinct: before.get(t.id) ?? 0 })), basis, only: entity });
    const first = await this.#studio().firstTags(basis, entity, wanted, 'tags', this.track, made);
    await this.#index?.follow({ tags: first.tags, facts, basis, only: entity });
    const byId = new Map(first.tags.map((t) => [t.id, t]));
    this.catalogue = {
      ...first,
      waiting,
      universe: { ...universe, [entity]: first.universe[entity] },
      ms,
      tags: shown.map((t): TagInfo => (t.entity === entity ? byId.get(t.id) : undefined) ?? { ...t, pending: true }),
    };
    this.basis = basis;
  }
}

const cancelled = (): TesseraError => new TesseraError('CANCELLED', 'Stopped.');

/** From here on a moved moment is shown in two steps. */
const LONG_MS = 1000;

/** Tags of an entity that segments ask for or that are pinned. */
const wantedTags = (doc: ProjectDoc, entity: Entity, at: Omit<RuleContext, 'segments'>): string[] => [
  ...(doc.pins ?? []).flatMap((pin) => (pin.startsWith(`${entity}:`) ? [pin.slice(entity.length + 1)] : [])),
  ...doc.segments.filter((s) => (s.entity ?? 'user') === entity).flatMap((s) => [...tagsInRule(s, { ...at, segments: doc.segments })]),
];

/** What decides the tags beside the tables. */
const basisKey = (doc: ProjectDoc): string => JSON.stringify([buildKey(doc), doc.settings, doc.ownTags]);

/** What decides the tables: files, mapping and the settings that ingest reads. */
const buildKey = (doc: ProjectDoc): string => JSON.stringify([dataKey(doc), doc.settings.zone, doc.settings.scope]);
/** What decides what tags mean, and their files: everything but the moment and how numbers are shown. */
export const meaningKey = (doc: ProjectDoc): string => {
  const { asOf: _moment, k: _smallest, currency: _sign, ...settings } = doc.settings;
  return JSON.stringify([dataKey(doc), settings, doc.ownTags?.map((t) => [t.id, t.entity, t.versions.at(-1)])]);
};
/** Which files, read how, mapped how. */
export const dataKey = (doc: ProjectDoc): string =>
  JSON.stringify([
    doc.files.map((f) => [f.id, f.dialect]),
    doc.mapping.files.map((m) => [m.file, m.shape, m.tables, m.columns.map((c) => c.role), m.options]),
  ]);
