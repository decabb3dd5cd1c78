import { TesseraError } from '../core/errors.ts';
import type { Disk } from './disk.ts';

const PIECE = 8 << 20;

/** The browser's private file system, through sync access handles: runs in a worker only. */
export class OpfsDisk implements Disk {
  async read(path: string): Promise<Blob | null> {
    const handle = await this.#file(path, false);
    return handle ? handle.getFile() : null;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const handle = await this.#file(path, true);
    const access = await handle!.createSyncAccessHandle();
    try {
      for (let at = 0; at < bytes.length; at += PIECE) {
        const piece = bytes.subarray(at, at + PIECE);
        // A full disk can show as fewer bytes taken rather than as an error.
        if (access.write(piece, { at }) !== piece.length)
          throw new DOMException('The disk took fewer bytes than it was given.', 'QuotaExceededError');
      }
      access.truncate(bytes.length);
      access.flush();
    } finally {
      access.close();
    }
  }

  async remove(path: string): Promise<void> {
    const folder = await this.#folder(parent(path), false);
    await folder?.removeEntry(base(path), { recursive: true }).catch((e: unknown) => {
      if (!(e instanceof DOMException && e.name === 'NotFoundError')) throw e;
    });
  }

  async list(folder: string): Promise<string[]> {
    const handle = await this.#folder(folder, false);
    const names: string[] = [];
    if (handle) for await (const [name, entry] of handle.entries()) names.push(entry.kind === 'directory' ? `${name}/` : name);
    return names.sort();
  }

  async #folder(path: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
    let handle: FileSystemDirectoryHandle;
    try {
      handle = await navigator.storage.getDirectory();
    } catch (cause) {
      throw new TesseraError('STORE_UNAVAILABLE', 'This browser gives Tessera no place to keep projects.', {
        next: 'Go on: work is kept until this tab closes.',
        cause,
      });
    }
    for (const name of path.split('/').filter(Boolean)) {
      try {
        handle = await handle.getDirectoryHandle(name, { create });
      } catch (e) {
        if (!create && e instanceof DOMException && e.name === 'NotFoundError') return null;
        throw e;
      }
    }
    return handle;
  }

  async #file(path: string, create: boolean): Promise<FileSystemFileHandle | null> {
    const folder = await this.#folder(parent(path), create);
    try {
      return folder ? await folder.getFileHandle(base(path), { create }) : null;
    } catch (e) {
      if (!create && e instanceof DOMException && e.name === 'NotFoundError') return null;
      throw e;
    }
  }
}

const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
