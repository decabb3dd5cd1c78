import { TesseraError } from '../core/errors.ts';
import type { Disk } from './disk.ts';
import { ProjectLock } from './lock.ts';
import { ProjectStore, type Loaded, type Summary } from './store.ts';

/** What the files worker offers the page: the store, with the rule that only the tab that holds a project's lock may write it. */
export class Keeper {
  readonly #store: ProjectStore;
  readonly #locks = new Map<string, ProjectLock>();

  constructor(disk: Disk) {
    this.#store = new ProjectStore(disk, () => new Date().toISOString());
  }

  list(): Promise<Summary[]> {
    return this.#store.list();
  }

  /** Takes the project's lock if it is free. False: another tab has it, and this one may only read. */
  async claim(id: string, beforeRelease: () => Promise<void>, onLost: () => void): Promise<boolean> {
    let lock = this.#locks.get(id);
    if (!lock) this.#locks.set(id, (lock = new ProjectLock(id, beforeRelease, onLost)));
    return lock.held || lock.take();
  }

  /** Makes this tab the writer: the other one saves and turns read-only. Open the project again afterwards. */
  async takeOver(id: string): Promise<void> {
    await this.#locks.get(id)?.takeOver();
  }

  open<T>(id: string): Promise<Loaded<T> | null> {
    return this.#store.open<T>(id);
  }

  /** Saves under the lock; STORE_LOCKED if another tab writes this project, STORE_FULL if there is no room. */
  async save(id: string, definitions: unknown, tablesName?: string | null): Promise<{ n: number; savedAt: string }> {
    this.#mustHold(id);
    return this.#store.save(id, definitions, tablesName);
  }

  tablesPath(id: string): { path: string; name: string } {
    const path = this.#store.tablesPath(id, crypto.randomUUID());
    return { path, name: path.slice(path.lastIndexOf('/') + 1) };
  }

  /** A tables file just written, before it is named in `save`. */
  tablesFile(id: string, name: string): Promise<Blob> {
    return this.#store.tablesFile(id, name);
  }

  raw(id: string): Promise<{ name: string; blob: Blob }[]> {
    return this.#store.raw(id);
  }

  close(id: string): void {
    this.#locks.get(id)?.release();
    this.#locks.delete(id);
  }

  async remove(id: string): Promise<void> {
    this.close(id);
    await this.#store.remove(id);
  }

  async removeAll(): Promise<void> {
    for (const id of [...this.#locks.keys()]) this.close(id);
    await this.#store.removeAll();
  }

  /** Bytes this origin keeps, and whether the browser promised not to clear them. */
  async usage(): Promise<{ bytes: number; persisted: boolean }> {
    const [estimate, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
    return { bytes: estimate.usage ?? 0, persisted };
  }

  #mustHold(id: string): void {
    if (this.#locks.get(id)?.held) return;
    throw new TesseraError('STORE_LOCKED', 'Another tab is writing this project, so this change is not saved.', {
      next: 'Take over here, or go on in the other tab.',
    });
  }
}
