import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkName } from './open.ts';
import type { Source } from './source.ts';

/**
 * Where the drivers in Node find in/ and out/: a directory of their own under the system's temporary one, gone on close.
 * Dropped files stand there as links, so nothing is copied.
 */
export class TempFiles {
  readonly dir: string;
  constructor(dir: string) {
    this.dir = dir;
  }
  static async create(): Promise<TempFiles> {
    const dir = (await mkdtemp(join(tmpdir(), `tessera-${randomUUID().slice(0, 8)}-`))).replaceAll('\\', '/');
    for (const sub of ['in', 'out', 'spill']) await mkdir(join(dir, sub));
    return new TempFiles(dir);
  }
  path(name: string): string {
    return `${this.dir}/${name}`;
  }
  /** Makes the source readable under the name; answers where it really is. */
  async put(name: string, source: Source): Promise<string> {
    checkName(name, 'in/');
    const path = this.path(name);
    await rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    if (source instanceof Uint8Array) await writeFile(path, source);
    else if (source instanceof Blob) await writeFile(path, source.stream());
    else {
      const target = resolve(source.path);
      await access(target);
      // Links need a right on Windows that not everybody has.
      await symlink(target, path).catch(() => copyFile(target, path));
    }
    return path;
  }
  remove(name: string): Promise<void> {
    checkName(name, 'in/');
    return rm(this.path(name), { force: true });
  }
  /** The bytes of an output file, which is then gone. */
  async take(name: string): Promise<Uint8Array> {
    checkName(name, 'out/');
    const bytes = await readFile(this.path(name));
    await rm(this.path(name), { force: true });
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  /** SQL with the real paths of outputs: relative ones would land in the working directory. */
  outputs(sql: string): string {
    return sql.replace(/\b(TO|ATTACH)(\s+')out\//gi, (_, verb: string, gap: string) => `${verb}${gap}${this.#quoted}/out/`);
  }
  /** SQL with the real paths of databases to attach, which the native engine does not look for. */
  attached(sql: string): string {
    return sql.replace(/\b(ATTACH\s+')in\//gi, (_, verb: string) => `${verb}${this.#quoted}/in/`);
  }
  get #quoted(): string {
    return this.dir.replaceAll("'", "''");
  }
  close(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}
