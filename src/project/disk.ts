/**
 * The few verbs the store needs of a file system. `write` resolves only once the bytes are flushed and were all taken; it may fail at
 * any point and then leaves the file in any state, which is why the store never overwrites its only copy of anything.
 */
export interface Disk {
  read(path: string): Promise<Blob | null>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names (not paths) in a folder; folders end in '/'. An absent folder is empty. */
  list(folder: string): Promise<string[]>;
}

/** A disk in memory: for tests, and where the browser gives no private file system. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  async read(path: string): Promise<Blob | null> {
    const bytes = this.files.get(path);
    return bytes ? new Blob([bytes]) : null;
  }
  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes.slice());
  }
  async remove(path: string): Promise<void> {
    for (const name of [...this.files.keys()]) if (name === path || name.startsWith(`${path}/`)) this.files.delete(name);
  }
  async list(folder: string): Promise<string[]> {
    const names = new Set<string>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const rest = path.slice(folder.length + 1);
      const slash = rest.indexOf('/');
      names.add(slash < 0 ? rest : rest.slice(0, slash + 1));
    }
    return [...names].sort();
  }
}
