import { isCancelled, TesseraError } from '../core/errors.ts';
import type { Dialect, FileFacts } from '../core/files.ts';
import type { Engine } from '../engine/engine.ts';
import { dropTables } from '../engine/keep.ts';
import { openFile } from '../ingest/open.ts';
import type { DroppedFile, OnProgress, Opened } from './studio-api.ts';

interface Options {
  signal: AbortSignal;
  on: OnProgress | undefined;
}

/** The files that are open: what is known of each, and the dropped file itself where this tab has it (not after a reload). */
export class OpenFiles {
  readonly #engine: Engine;
  readonly #sources = new Map<string, DroppedFile>();
  readonly #facts = new Map<string, FileFacts>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Opens each; one that cannot be opened spares the others. `before`: files of the project, which these may be equal to. */
  async open(files: DroppedFile[], before: FileFacts[], task: string, { signal, on }: Options): Promise<Opened[]> {
    const out: Opened[] = [];
    const known = [...before];
    for (const file of files) {
      try {
        const facts = await openFile(this.#engine, file, { before: known, known: file.known, task, ...(on ? { on } : {}), signal });
        this.#sources.set(facts.id, file);
        this.#facts.set(facts.id, facts);
        known.push(facts);
        out.push({ ok: true, facts });
      } catch (e) {
        if (isCancelled(e)) throw e;
        const { code, message, next, where } = asTessera(e, file.name);
        out.push({ ok: false, name: file.name, error: { code, message, next, where } });
      }
    }
    return out;
  }

  async reopen(file: string, dialect: Partial<Dialect>, task: string, { signal, on }: Options): Promise<FileFacts> {
    const source = this.#sources.get(file);
    if (!source) throw new TesseraError('FILE_UNREADABLE', 'The file itself is needed to read it in another way.', { next: 'Drop it again.' });
    const facts = await openFile(this.#engine, source, { before: [], dialect, task, ...(on ? { on } : {}), signal });
    this.#facts.set(facts.id, facts);
    return facts;
  }

  async remove(file: string): Promise<void> {
    this.of(file);
    await dropTables(this.#engine, [`f_${file}`, `r_${file}`]);
    this.#sources.delete(file);
    this.#facts.delete(file);
  }

  /** What is known of an open file. */
  of(file: string): FileFacts {
    const facts = this.#facts.get(file);
    if (!facts) throw new TesseraError('FILE_UNREADABLE', 'That file is not open.', { next: 'Drop it again.' });
    return facts;
  }

  /** Takes over files whose rows came with a kept database. */
  adopt(files: readonly FileFacts[]): void {
    files.forEach((f) => this.#facts.set(f.id, f));
  }

  /** Reads the dropped files into an engine that lost them. */
  async recover(): Promise<void> {
    for (const [id, source] of this.#sources) {
      const known = this.#facts.get(id);
      await openFile(this.#engine, source, { before: [], task: 'recover', known, ...(known?.dialect ? { dialect: known.dialect } : {}) });
    }
  }

  clear(): void {
    this.#facts.clear();
    this.#sources.clear();
  }
}

const asTessera = (e: unknown, file: string): TesseraError =>
  e instanceof TesseraError
    ? e
    : new TesseraError('INTERNAL', `${file} could not be opened.`, {
        next: 'Try it as CSV in UTF-8; the files loaded before are untouched.',
        where: { file },
        cause: e,
      });
