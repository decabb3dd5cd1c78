import { getContext, setContext } from 'svelte';
import type { Draft } from 'mutative';
import type { AnalysisInfo } from '../../core/analysis.ts';
import { TesseraError } from '../../core/errors.ts';
import type { BuildReport } from '../../core/files.ts';
import type { Moment } from '../../core/moment.ts';
import type { ProjectDoc } from '../../core/project.ts';
import type { Baseline, ProfileRequest } from '../../core/profile.ts';
import { DEFAULT_SETTINGS, sameBasis, type Basis } from '../../core/settings.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Catalogue } from '../../core/tag.ts';
import { change, NO_HISTORY, redo, undo, type History } from '../../project/history.ts';
import { allOpened } from '../../project/opened.ts';
import { rememberSeen } from '../../project/stale.ts';
import { keepMoment, lastMoment, momentOf } from '../../tags/moment.ts';
import type { DroppedFile, StudioApi } from '../../project/studio-api.ts';
import { dataWords } from '../words/en-data.ts';
import type { Connection } from './connection.ts';
import { gated } from './gate.ts';
import { guessed } from './guessed.ts';
import { Keeping } from './keeping.svelte.ts';
import { LiveIndex } from './live-index.svelte.ts';
import { SegmentFigures, type Over } from './segment-figures.svelte.ts';
import { Sizes } from './sizes.svelte.ts';
import { dataKey, meaningKey, Pipeline } from './pipeline.svelte.ts';

/** What a project is kept as: the document, its undo steps, and what was last computed, so that a reload shows it at once. */
export interface Kept {
  doc: ProjectDoc;
  history: History;
  report: BuildReport | null;
  basis: Basis | null;
  catalogue: Catalogue | null;
  tables: KeptTables | null;
}
/** What a kept tables file holds: tables of this digest (of another: they must be made again from the raw rows), tags of this basis. */
export interface KeptTables {
  digest: string;
  tagged: string;
}
export interface Failure {
  name: string;
  error: unknown;
}

/** The page's whole state: one project document, changed only through `change`, and everything that follows from it. */
export class AppState {
  doc = $state.raw<ProjectDoc | null>(null);
  history = $state.raw<History>(NO_HISTORY);
  failures = $state.raw<Failure[]>([]);
  /** What views compare with; lives in the URL hash, not in the document. */
  baseline = $state.raw<Baseline>({ kind: 'everyone' });
  /** Single-key shortcuts. */
  keysOn = $state(true);
  connection = $state.raw<Connection | null>(null);
  /** What a demo comes to, shown until its rows are loaded. */
  snapshot = $state.raw<Snapshot | null>(null);
  /** Answers rules and profiles without the engine, once it is filled. */
  readonly index = new LiveIndex(() => this.connection?.index ?? null);
  readonly pipeline = new Pipeline(() => this.engine, this.index);
  readonly keeping = new Keeping(this);
  readonly sizes = new Sizes();
  readonly segmentFigures = new SegmentFigures();

  report = $derived(this.pipeline.report);
  basis = $derived(this.pipeline.basis);
  catalogue = $derived(this.pipeline.catalogue);
  /** False where nothing in the data has a date and none was chosen: what is told then is of no moment. */
  dated = $derived(!this.report || this.report.facts.lastEvent !== null || (this.doc?.settings.asOf ?? null) !== null);
  /** Every question, with what this data lacks for it; told by the shell once tables are there. */
  questions = $state.raw<AnalysisInfo[]>([]);
  /** Drops follow one another: each sees what the one before has opened. */
  #drops: Promise<void> = Promise.resolve();
  #dropping = $state(0);
  busy = $derived(this.#dropping > 0 || this.pipeline.stage !== 'idle');
  /** The last snapshot: what stability is told against. */
  since = $derived(lastMoment(this.doc?.moments));
  /** What segments are counted over. */
  over = $derived<Over | null>(
    this.catalogue && this.basis && this.report ? { catalogue: this.catalogue, basis: this.basis, facts: this.report.facts } : null,
  );
  currency = $derived(this.doc?.settings.currency ?? '');

  /** What fills the engine: calls of views wait for it. */
  #filling: Promise<unknown> = Promise.resolve();
  /** For views. */
  readonly studio: StudioApi = gated(
    () => this.engine,
    async (args) => {
      await this.ready();
      await this.#filling;
      await this.pipeline.rest();
      // Asked of a moment that is past by now: the view that asked follows the new one and asks again.
      const asked = args.find((a): a is Basis => typeof a === 'object' && a !== null && 'asOf' in a && 'zone' in a);
      if (asked && !sameBasis(asked, this.basis)) throw new TesseraError('CANCELLED', 'Stopped.');
    },
    (name, args) => (name === 'profile' ? this.#shown(args[0] as ProfileRequest) : undefined) ?? this.index.answer(name, args),
  );
  /** For what fills the engine itself: nothing is waited for. */
  get engine(): StudioApi {
    if (!this.connection) throw new TesseraError('INTERNAL', 'The engine has not started yet.', { next: 'Wait a moment.' });
    return this.connection.studio;
  }

  /** Drops files into the project (a new one if none is open). Files that cannot be opened are listed in `failures`; nothing else is touched. */
  async drop(files: DroppedFile[], demo: { id: string; name: string; currency: string } | null = null): Promise<void> {
    if (files.length === 0) return;
    this.#dropping++;
    const done = this.#drops.then(() => this.#drop(files, demo)).finally(() => this.#dropping--);
    this.#drops = done.catch(() => undefined);
    await done;
  }

  async #drop(files: DroppedFile[], demo: { id: string; name: string; currency: string } | null): Promise<void> {
    this.failures = [];
    await this.ready();
    await this.keeping.opening?.catch(() => undefined);
    const base = this.doc ?? blank(demo?.name ?? nameFrom(files[0]!.name), demo?.id ?? null, demo?.currency ?? '');
    if (!this.doc) {
      this.doc = base;
      this.history = NO_HISTORY;
      await this.keeping.claim(base.id);
    }
    this.pipeline.begin('opening');
    const stopped = this.pipeline.stopped();
    try {
      const opened = await this.engine.open(files, this.doc!.files, 'open', this.pipeline.track);
      this.failures = opened.flatMap((o) => (o.ok ? [] : [{ name: o.name, error: o.error }]));
      const fresh = opened.flatMap((o) => (o.ok ? [o.facts] : []));
      if (fresh.length > 0) {
        const next = await guessed(
          () => this.doc,
          (files, previous) => this.engine.guess(files, previous),
          ({ files, mapping }) => ({ files: [...files, ...fresh], previous: mapping }),
        );
        if (stopped() || !next) {
          for (const f of fresh) await this.engine.remove(f.id);
          throw new TesseraError('CANCELLED', 'Stopped.');
        }
        this.change(dataWords.added(fresh.map((f) => f.name)), (d) => {
          d.files = next.files;
          d.mapping = next.mapping;
        });
      } else if (this.doc!.files.length === 0) {
        // Nothing could be opened: the project just begun goes, its reasons stay on screen.
        const reasons = this.failures;
        await this.keeping.forget(this.doc!.id);
        this.failures = reasons;
        return;
      }
    } finally {
      if (this.pipeline.stage === 'opening') this.pipeline.stage = 'idle';
    }
    await this.pipeline.sync(this.doc ?? base);
  }

  /** Shows a demo at once from its snapshot and loads its rows behind it. Rejects where they cannot be loaded; the demo is then closed again. */
  async openDemo(demo: { id: string; name: string; currency: string }, snapshot: Snapshot, files: Promise<DroppedFile[]>): Promise<void> {
    const doc = { ...blank(demo.name, demo.id, demo.currency), files: snapshot.files, mapping: snapshot.mapping };
    this.failures = [];
    this.history = NO_HISTORY;
    this.doc = doc;
    this.snapshot = snapshot;
    this.pipeline.show(snapshot.report, snapshot.basis, snapshot.catalogue);
    this.#dropping++;
    const open = (): boolean => this.doc?.id === doc.id;
    try {
      await this.fill(async () => {
        this.pipeline.begin('opening');
        await this.keeping.claimFirst(doc.id);
        const known = (await files).map((f, i): DroppedFile => ({ ...f, known: snapshot.files[i]! }));
        allOpened(await this.engine.open(known, [], 'open', this.pipeline.track));
        if (open()) await this.pipeline.sync(this.doc!);
      });
      if (open()) await this.keeping.saveComputed();
    } catch (e) {
      if (open()) await this.keeping.forget(doc.id);
      throw e;
    } finally {
      if (this.snapshot === snapshot) this.snapshot = null;
      // The stage of another project, opened meanwhile, is not ours to end.
      if (open() && this.pipeline.stage === 'opening') this.pipeline.stage = 'idle';
      this.#dropping--;
    }
  }

  /** Runs what brings the document's tables into the engine; calls of views wait for its end, whatever that is. */
  fill(work: () => Promise<void>): Promise<void> {
    const filling = work();
    this.#filling = filling.catch(() => undefined);
    return filling;
  }

  /** The profile of everyone, while the snapshot stands for the rows. */
  #shown({ entity, segment, baseline, weight, tags }: ProfileRequest): unknown {
    if (!this.snapshot || segment || baseline.kind !== 'everyone' || weight !== 'users' || tags) return undefined;
    return this.snapshot.profiles[entity];
  }

  /** Resolves once the engine answers. */
  async ready(): Promise<void> {
    while (!this.connection) await new Promise((done) => setTimeout(done, 20));
  }

  /** Resolves when nothing is being loaded or computed. */
  async atRest(): Promise<void> {
    while (this.busy) await new Promise((done) => setTimeout(done, 500));
  }

  /**
   * The only way to change the document: recorded for undo, saved at once, and everything that depends on it follows. A change of files or mapping keeps the
   * figures of before in the same step, and a change of what tags mean what was known of segments, so that one undo takes back both.
   */
  change(label: string, recipe: (draft: Draft<ProjectDoc>) => void, key: string | null = null): void {
    const { doc, history } = this;
    if (!doc) return;
    const next = change(doc, history, label, recipe, key);
    const before = meaningKey(next.doc) === meaningKey(doc) ? null : this.figures();
    if (!before) return this.#become(next);
    const { tags } = this.catalogue!;
    const sizes = this.sizes.known(doc.segments, this.basis);
    const both = (d: Draft<ProjectDoc>): void => {
      recipe(d);
      if (dataKey(next.doc) !== dataKey(doc)) keepMoment((d.moments ??= {}), before);
      rememberSeen(d, doc, tags, sizes);
    };
    this.#become(change(doc, history, label, both, key));
  }
  /** The figures of all tags, and of the segments counted so far, as they stand; null while they are not those of the document. */
  figures(): Moment | null {
    const { doc, catalogue } = this;
    const { over } = this;
    if (!doc || !catalogue || !over || !this.pipeline.inLine(doc)) return null;
    return momentOf(
      catalogue,
      doc.files.map((f) => f.name),
      new Date().toISOString(),
      this.segmentFigures.known(doc.segments, over),
    );
  }
  undo(): string | null {
    const step = this.doc && undo(this.doc, this.history);
    if (step) this.#become(step);
    return step ? step.label : null;
  }
  redo(): string | null {
    const step = this.doc && redo(this.doc, this.history);
    if (step) this.#become(step);
    return step ? step.label : null;
  }

  /** Shows a kept project. */
  show(kept: Kept): void {
    this.doc = kept.doc;
    this.history = kept.history;
    this.failures = [];
    this.pipeline.adopt(kept.doc, kept.report, kept.basis, kept.catalogue);
  }

  /** Leaves the project: back to the first screen. It stays kept. */
  async leave(): Promise<void> {
    const id = this.doc?.id;
    this.doc = null;
    this.history = NO_HISTORY;
    this.failures = [];
    this.snapshot = null;
    this.pipeline.clear();
    if (id) await this.keeping.close(id);
    await this.connection?.studio.reset();
  }

  #become(next: { doc: ProjectDoc; history: History }): void {
    if (next.doc === this.doc) return;
    this.doc = next.doc;
    this.history = next.history;
    void this.keeping.save();
    void this.#follow();
  }

  /** Takes up again what was stopped or failed. */
  resume(): void {
    void this.#follow();
  }

  async #follow(): Promise<void> {
    await this.#filling;
    if (!this.doc) return;
    await this.pipeline.sync(this.doc);
    await this.keeping.saveComputed();
  }
}

const blank = (name: string, demo: string | null, currency: string): ProjectDoc => ({
  schema: 1,
  id: crypto.randomUUID(),
  name,
  createdAt: new Date().toISOString(),
  savedAt: '',
  demo,
  files: [],
  mapping: { files: [] },
  settings: { ...DEFAULT_SETTINGS, currency },
  segments: [],
  view: { theme: 'system', density: 'default' },
});
/** "orders_2026.csv.gz" → "Orders 2026". */
const nameFrom = (file: string): string => {
  const bare = file
    .replace(/(\.(csv|tsv|txt|parquet|gz))+$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim();
  return bare ? bare[0]!.toUpperCase() + bare.slice(1) : file;
};

const KEY = Symbol('app');
export const provideApp = (app: AppState): AppState => setContext(KEY, app);
export const useApp = (): AppState => getContext<AppState>(KEY);
