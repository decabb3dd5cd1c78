import * as Comlink from 'comlink';
import { isCancelled } from '../../core/errors.ts';
import type { Loaded, Summary } from '../../project/store.ts';
import type { AppState, Kept, KeptTables } from './app.svelte.ts';
import { forgetProject } from './last-project.ts';
import { plain } from './plain.ts';

export type SaveState = 'saved' | 'saving' | 'failed' | 'read-only';
/** Tables are written once more only after this long without a change to them: the file is immutable and written whole. */
const TABLES_AFTER_MS = 1500;

/** Keeping the project on this device: saved after every change, tables in the background, one writing tab. */
export class Keeping {
  state = $state<SaveState>('saved');
  problem = $state.raw<unknown>(null);
  /** Said once after opening, where the newest saved copy could not be read. */
  warning = $state<string | null>(null);
  projects = $state.raw<Summary[]>([]);
  persisted = $state(false);
  /** A kept project on its way to the screen. */
  opening: Promise<void> | null = null;

  readonly #app: AppState;
  #queue: Promise<void> = Promise.resolve();
  #pending = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the kept file holds. */
  tables = $state.raw<KeptTables | null>(null);

  constructor(app: AppState) {
    this.#app = app;
  }

  get writable(): boolean {
    return this.state !== 'read-only';
  }

  /** Projects on this device, newest first. */
  async refresh(): Promise<void> {
    const keeper = this.#app.connection?.keeper;
    if (keeper) this.projects = await keeper.list();
  }

  /** Takes the right to write; false (and read-only) where another tab has it. */
  async claim(id: string): Promise<boolean> {
    const keeper = this.#app.connection!.keeper;
    const mine = await keeper.claim(
      id,
      Comlink.proxy(() => this.#queue),
      Comlink.proxy(() => void (this.state = 'read-only')),
    );
    this.state = mine ? 'saved' : 'read-only';
    this.tables = null;
    return mine;
  }

  /** As `claim`, as soon as there is somebody to ask; what is saved before waits for it. */
  async claimFirst(id: string): Promise<void> {
    const claimed = this.#queue.then(async () => {
      await this.#app.ready();
      await this.claim(id);
    });
    this.#queue = claimed.catch(() => undefined); // told by who waits for it; saves after it go on
    await claimed;
  }

  /** Opens a kept project: what it knew shows at once, tables are attached behind. */
  open(id: string): Promise<void> {
    const opening = this.#open(id).finally(() => {
      if (this.opening === opening) this.opening = null;
    });
    return (this.opening = opening);
  }

  async #open(id: string): Promise<void> {
    await this.#app.ready();
    const { keeper } = this.#app.connection!;
    if (this.#app.doc && this.#app.doc.id !== id) await this.#app.leave();
    await this.claim(id);
    // Comlink cannot carry a method's type parameter.
    const loaded = (await keeper.open(id)) as Loaded<Kept> | null;
    if (!loaded) return;
    const kept = loaded.definitions;
    this.warning = loaded.warning;
    this.#app.show(kept);
    const { doc } = kept;
    await this.#app.fill(async () => {
      await this.#attach(loaded);
      await this.#app.pipeline.sync(doc);
    });
  }

  /** The kept tables, where there are any, into the engine. */
  async #attach(loaded: Loaded<Kept>): Promise<void> {
    const { studio } = this.#app.connection!;
    const { doc, report, basis, catalogue, tables } = loaded.definitions;
    if (loaded.tables && report) {
      const whole = tables?.digest === report.facts.digest;
      const tagged = whole && basis && catalogue && tables.tagged === JSON.stringify(basis) ? { basis, catalogue } : null;
      this.tables = tables;
      await studio.restore(loaded.tables, { files: doc.files, mapping: doc.mapping, settings: doc.settings, report, tagged });
      if (tagged) this.#app.pipeline.settle();
      if (!whole) this.#app.pipeline.adopt(doc, null, basis, catalogue);
    }
  }

  /** Makes this tab the writer and shows what the other one saved last. */
  async takeOver(): Promise<void> {
    const id = this.#app.doc?.id;
    if (!id) return;
    await this.#app.connection!.keeper.takeOver(id);
    await this.open(id);
  }

  /** Saves the document now. Saves follow one another; the state is 'saved' only after the last one is on disk. */
  save(tablesName?: string): Promise<void> {
    const doc = this.#app.doc;
    if (!doc || !this.writable) return Promise.resolve();
    const { pipeline, history } = this.#app;
    const kept: Kept = {
      doc: { ...doc, savedAt: new Date().toISOString() },
      history,
      report: pipeline.report,
      basis: pipeline.basis,
      catalogue: pipeline.catalogue,
      tables: this.tables,
    };
    this.#pending++;
    this.state = 'saving';
    this.#queue = this.#queue.then(async () => {
      try {
        // What was computed is plain already, and copying it twice would hold up the page.
        const copy = { ...kept, doc: plain(kept.doc), history: plain(kept.history) };
        await this.#app.connection!.keeper.save(doc.id, copy, tablesName);
        this.problem = null;
        if (--this.#pending === 0 && this.writable) this.state = 'saved';
      } catch (e) {
        this.#pending--;
        this.problem = e;
        if (this.writable) this.state = 'failed';
      }
    });
    return this.#queue;
  }

  /** After a run of the pipeline: keeps what was computed, and the tables too once they are new and at rest. */
  async saveComputed(): Promise<void> {
    await this.save();
    const digest = this.#app.pipeline.report?.facts.digest ?? null;
    clearTimeout(this.#timer);
    if (digest && digest !== this.tables?.digest && this.writable) this.#timer = setTimeout(() => void this.#saveTables(digest), TABLES_AFTER_MS);
  }

  async #saveTables(digest: string): Promise<void> {
    const doc = this.#app.doc;
    if (!doc || this.#app.busy) return void (await this.saveComputed());
    try {
      const { keeper } = this.#app.connection!;
      const { path, name } = await keeper.tablesPath(doc.id);
      const tagged = JSON.stringify(this.#app.basis);
      await this.#app.engine.keep(path, 'keep');
      const changed = this.#app.doc?.id !== doc.id || this.#app.pipeline.report?.facts.digest !== digest;
      if (changed) return;
      await this.#app.engine.reattach(await keeper.tablesFile(doc.id, name));
      this.tables = { digest, tagged: JSON.stringify(this.#app.basis) === tagged ? tagged : '' };
      await this.save(name);
      this.persisted = (await navigator.storage.persisted()) || (await navigator.storage.persist());
    } catch (e) {
      // Stopped by a newer save of the tables: that one tells.
      if (!isCancelled(e)) this.problem = e;
    }
  }

  async forget(id: string): Promise<void> {
    if (this.#app.doc?.id === id) await this.#app.leave();
    await this.#app.connection!.keeper.remove(id);
    await this.refresh();
  }

  async forgetAll(): Promise<void> {
    if (this.#app.doc) await this.#app.leave();
    await this.#app.connection!.keeper.removeAll();
    forgetProject();
    await this.refresh();
  }

  async close(id: string): Promise<void> {
    clearTimeout(this.#timer);
    await this.#queue;
    await this.#app.connection?.keeper.close(id);
    await this.refresh();
  }
}
