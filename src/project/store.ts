import { isCancelled, TesseraError } from '../core/errors.ts';
import type { Disk } from './disk.ts';
import { decodeRecord, encodeRecord, fromBytes, toBytes, treeHash } from './record.ts';

/** One file a head vouches for. `definitions` is the JSON the user made; `tables` the database file of the data. */
export interface HeadFile {
  name: string;
  bytes: number;
  hash: string;
  role: 'definitions' | 'tables';
}
interface Head {
  n: number;
  savedAt: string;
  files: HeadFile[];
  /** Files of the two heads before: kept, so that one step back is whole. */ keep: string[];
  schema: 1;
}
interface FoundHead extends Head {
  slot: 0 | 1;
}

export interface Loaded<T> {
  definitions: T;
  tables: Blob | null;
  savedAt: string;
  /** Set where the newest change could not be read and the one before it is shown. */
  warning: string | null;
}
export interface Summary {
  id: string;
  name: string;
  savedAt: string;
  bytes: number;
  files: number;
  segments: number;
  readable: boolean;
}

/**
 * Keeps projects so that nothing acknowledged is lost: immutable content files plus two checksummed head slots written in turn
 * (the protocol and what it survives: docs/decisions.md, "Two slots"). One instance per worker; calls for one project run one after another.
 */
export class ProjectStore {
  readonly #disk: Disk;
  readonly #clock: () => string;
  readonly #queue = new Map<string, Promise<unknown>>();

  constructor(disk: Disk, clock: () => string) {
    this.#disk = disk;
    this.#clock = clock;
  }

  /** Writes the definitions (and takes over a tables file already on disk, if named); resolves once the head is flushed. */
  save(id: string, definitions: unknown, tablesName?: string | null): Promise<{ n: number; savedAt: string }> {
    return this.#serial(id, async () => {
      try {
        return await this.#save(id, definitions, tablesName);
      } catch (e) {
        throw fullDisk(e);
      }
    });
  }

  /** The newest whole state of a project; null where there is no trace of it. STORE_DAMAGED if nothing whole is left. */
  open<T>(id: string): Promise<Loaded<T> | null> {
    return this.#serial(id, async () => {
      const heads = await this.#heads(id);
      const whole = await this.#firstWhole(id, heads);
      if (!whole) {
        if ((await this.#disk.list(folder(id))).length === 0) return null;
        throw damagedProject();
      }
      const { head, blobs } = whole;
      const definitions = fromBytes<T>(new Uint8Array(await blobs.get('definitions')!.arrayBuffer()), 'The saved document');
      const torn = heads.length < (await this.#written(id)) || (head.n >= 2 && heads.length < 2);
      return {
        definitions,
        tables: blobs.get('tables') ?? null,
        savedAt: head.savedAt,
        warning:
          torn || head !== heads[0]
            ? `One of the two saved copies could not be read. This is the project as of ${head.savedAt.slice(11, 16)}.`
            : null,
      };
    });
  }

  /** A tables file on disk; STORE_DAMAGED if it is not there. */
  async tablesFile(id: string, name: string): Promise<Blob> {
    const blob = await this.#disk.read(`${folder(id)}/${name}`);
    if (blob) return blob;
    throw new TesseraError('STORE_DAMAGED', 'The tables could not be saved: their file is not there.', {
      next: 'Go on: they are in memory. Save again.',
    });
  }

  /** A fresh place on disk for a tables file of this project, to be written by the engine and then named in `save`. */
  tablesPath(id: string, token: string): string {
    return `${folder(id)}/t-${token}.db`;
  }

  async list(): Promise<Summary[]> {
    const out: Summary[] = [];
    for (const name of await this.#disk.list('projects')) {
      if (!name.endsWith('/')) continue;
      const id = name.slice(0, -1);
      const whole = await this.#firstWhole(id, await this.#heads(id), true);
      if (!whole) {
        out.push({ id, name: id, savedAt: '', bytes: 0, files: 0, segments: 0, readable: false });
        continue;
      }
      const kept =
        fromBytes<{ doc?: { name?: string; files?: unknown[]; segments?: unknown[] } }>(
          new Uint8Array(await whole.blobs.get('definitions')!.arrayBuffer()),
          id,
        ).doc ?? {};
      const bytes = whole.head.files.reduce((sum, f) => sum + f.bytes, 0);
      out.push({
        id,
        name: kept.name ?? id,
        savedAt: whole.head.savedAt,
        bytes,
        files: kept.files?.length ?? 0,
        segments: kept.segments?.length ?? 0,
        readable: true,
      });
    }
    return out.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  }

  /** Every file of a project as it lies on disk: what is offered where nothing whole can be opened. */
  async raw(id: string): Promise<{ name: string; blob: Blob }[]> {
    const out: { name: string; blob: Blob }[] = [];
    for (const name of await this.#disk.list(folder(id))) {
      const blob = await this.#disk.read(`${folder(id)}/${name}`);
      if (blob) out.push({ name, blob });
    }
    return out;
  }

  remove(id: string): Promise<void> {
    return this.#serial(id, () => this.#disk.remove(folder(id)));
  }

  /** "Forget everything": all projects of this origin. */
  async removeAll(): Promise<void> {
    await Promise.all([...this.#queue.values()]);
    await this.#disk.remove('projects');
  }

  async #save(id: string, definitions: unknown, tablesName: string | null | undefined): Promise<{ n: number; savedAt: string }> {
    const heads = await this.#heads(id);
    // The slot of the newest *whole* state is never written, even where a newer but damaged one exists.
    const last = (await this.#firstWhole(id, heads, true))?.head;
    if (!last && (await this.#written(id)) > 0) throw damagedProject();
    const bytes = toBytes(definitions);
    const files = [await this.#put(id, bytes)];
    if (tablesName) files.push(await this.#adopt(id, tablesName));
    else if (tablesName === undefined) files.push(...(last?.files.filter((f) => f.role === 'tables') ?? []));
    const n = (heads[0]?.n ?? 0) + 1;
    const savedAt = this.#clock();
    const keep = [...new Set([...(last?.files ?? []), ...heads.flatMap((h) => h.files)].map((f) => f.name))];
    const slot = last ? 1 - last.slot : 0;
    const head: Head = { n, savedAt, files, keep, schema: 1 };
    const record = encodeRecord(n, toBytes(head));
    await this.#disk.write(slotPath(id, slot), record);
    const back = await this.#disk.read(slotPath(id, slot));
    if (!back || !decodeRecord(new Uint8Array(await back.arrayBuffer())))
      throw new TesseraError('STORE_DAMAGED', 'The change could not be saved: the disk did not keep what was written.', {
        next: 'Export the project as a file.',
      });
    const fallen = heads.flatMap((h) => h.keep);
    await this.#sweep(id, new Set([...files.map((f) => f.name), ...keep]), new Set(fallen), !!tablesName);
    return { n, savedAt };
  }

  /** Writes an immutable file named by its content, unless a whole one is there, and reads it back. */
  async #put(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<HeadFile> {
    const hash = await treeHash(new Blob([bytes]));
    const name = `d-${hash}.json`;
    const path = `${folder(id)}/${name}`;
    const there = await this.#disk.read(path);
    if (!there || there.size !== bytes.length || (await treeHash(there)) !== hash) {
      await this.#disk.write(path, bytes);
      const back = await this.#disk.read(path);
      if (!back || back.size !== bytes.length || (await treeHash(back)) !== hash)
        throw new DOMException('The disk did not keep what was written.', 'QuotaExceededError');
    }
    return { name, bytes: bytes.length, hash, role: 'definitions' };
  }

  async #adopt(id: string, name: string): Promise<HeadFile> {
    const blob = await this.tablesFile(id, name);
    return { name, bytes: blob.size, hash: await treeHash(blob), role: 'tables' };
  }

  /** Valid heads, newest first. */
  async #heads(id: string): Promise<FoundHead[]> {
    const found: FoundHead[] = [];
    for (const slot of [0, 1] as const) {
      const blob = await this.#disk.read(slotPath(id, slot));
      const record = blob && decodeRecord(new Uint8Array(await blob.arrayBuffer()));
      if (record) found.push({ ...fromBytes<Head>(record.body, 'A saved head'), slot });
    }
    return found.sort((a, b) => b.n - a.n);
  }

  /** The first head all of whose files are there with the right length and hash. `light` leaves tables unhashed (for lists). */
  async #firstWhole(id: string, heads: FoundHead[], light = false): Promise<{ head: FoundHead; blobs: Map<string, Blob> } | null> {
    for (const head of heads) {
      const blobs = new Map<string, Blob>();
      for (const file of head.files) {
        const blob = await this.#disk.read(`${folder(id)}/${file.name}`);
        if (blob && blob.size === file.bytes && ((light && file.role === 'tables') || (await treeHash(blob)) === file.hash))
          blobs.set(file.role, blob);
      }
      if (blobs.size === head.files.length) return { head, blobs };
    }
    return null;
  }

  /** How many of the two slots hold anything at all. */
  async #written(id: string): Promise<number> {
    const slots = await Promise.all([0, 1].map((slot) => this.#disk.read(slotPath(id, slot))));
    return slots.filter((blob) => blob !== null && blob.size > 0).length;
  }

  /** A tables file that no head names may be in the making, so such files go only when another one has just been taken over. */
  async #sweep(id: string, keep: Set<string>, fallen: Set<string>, orphans: boolean): Promise<void> {
    for (const name of await this.#disk.list(folder(id))) {
      const mayGo = name.startsWith('d-') || (name.startsWith('t-') && (orphans || fallen.has(name)));
      if (mayGo && !keep.has(name)) await this.#disk.remove(`${folder(id)}/${name}`).catch(() => undefined);
    }
  }

  #serial<T>(id: string, work: () => Promise<T>): Promise<T> {
    const run = (this.#queue.get(id) ?? Promise.resolve()).then(work, work);
    this.#queue.set(
      id,
      run.catch(() => undefined),
    );
    return run;
  }
}

const folder = (id: string): string => `projects/${id}`;
const slotPath = (id: string, slot: number): string => `${folder(id)}/head.${slot}`;

const damagedProject = (): TesseraError =>
  new TesseraError('STORE_DAMAGED', 'This project cannot be read: its files are damaged.', {
    next: 'Export what is there as raw files, or delete it. Nothing was overwritten.',
  });

/** Full disks show as QuotaExceededError or as AbortError (privacy-and-survival, B.5): both become one sentence. */
function fullDisk(e: unknown): unknown {
  if (e instanceof TesseraError || !(e instanceof DOMException)) return e;
  if (e.name !== 'QuotaExceededError' && !isCancelled(e)) return e;
  return new TesseraError('STORE_FULL', 'The change is not saved: this browser has no room left for Tessera.', {
    next: 'Delete a project, or save this one as a file. Everything saved before is untouched.',
    cause: e,
  });
}
