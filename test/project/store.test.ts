import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryDisk, type Disk } from '../../src/project/disk.ts';
import { crc32, decodeRecord, encodeRecord, toBytes } from '../../src/project/record.ts';
import { ProjectStore } from '../../src/project/store.ts';

const clock = (): (() => string) => {
  let t = 0;
  return () => new Date(Date.UTC(2026, 0, 1) + 60_000 * t++).toISOString();
};
const doc = (n: number) => ({ doc: { name: `change ${n}`, files: [], segments: [] }, n });

/** A disk that dies in the middle of its k-th write: that write leaves only part of the bytes, every later one fails. */
class DyingDisk extends MemoryDisk {
  left: number;
  readonly part: number;
  constructor(left: number, part: number) {
    super();
    this.left = left;
    this.part = part;
  }
  override async write(path: string, bytes: Uint8Array): Promise<void> {
    if (this.left-- > 0) return super.write(path, bytes);
    if (this.left === -1) await super.write(path, bytes.subarray(0, Math.floor(bytes.length * this.part)));
    throw new DOMException('gone', 'AbortError');
  }
}

describe('records', () => {
  it('agree with the published CRC-32 check value', () => expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926));
  it('tell every cut and every flipped bit from a whole record', () => {
    const whole = encodeRecord(7, toBytes({ a: 'ü' }));
    expect(decodeRecord(whole)).toMatchObject({ n: 7 });
    for (let i = 0; i < whole.length; i++) {
      expect(decodeRecord(whole.subarray(0, i))).toBeNull();
      const bad = whole.slice();
      bad[i]! ^= 64;
      expect(decodeRecord(bad)).toBeNull();
    }
  });
});

describe('store', () => {
  it('loses nothing acknowledged when it dies at any write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.double({ min: 0, max: 1, noNaN: true }), async (left, part) => {
        const disk = new DyingDisk(left, part);
        const store = new ProjectStore(disk, clock());
        let acknowledged = 0;
        for (let n = 1; n <= 10; n++) {
          const saved = await store.save('p', doc(n)).then(
            () => true,
            () => false,
          );
          if (!saved) break;
          acknowledged = n;
        }
        const back = await new ProjectStore(disk, clock()).open<{ n: number }>('p').catch(() => null);
        if (acknowledged > 0) expect(back?.definitions.n).toBeGreaterThanOrEqual(acknowledged);
      }),
      { numRuns: 200 },
    );
  });

  it('is at most one change back, and says so, when any one file is harmed', async () => {
    const harms: ((b: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | null)[] = [
      (b) => b.slice(0, b.length >> 1),
      (b) => b.map((x, i) => (i === b.length >> 1 ? x ^ 64 : x)),
      (b) => b.fill(0, b.length >> 1),
      () => null,
    ];
    for (const harm of harms) {
      const disk = new MemoryDisk();
      const store = new ProjectStore(disk, clock());
      for (let n = 1; n <= 5; n++) await store.save('p', doc(n));
      for (const path of [...disk.files.keys()]) {
        const kept = new Map(disk.files);
        const bad = harm(disk.files.get(path)!.slice());
        if (bad) disk.files.set(path, bad);
        else disk.files.delete(path);
        const back = await new ProjectStore(disk, clock()).open<{ n: number }>('p');
        expect(back!.definitions.n).toBeGreaterThanOrEqual(4);
        if (back!.definitions.n < 5) expect(back!.warning).toContain('could not be read');
        disk.files.clear();
        kept.forEach((v, k) => disk.files.set(k, v));
      }
    }
  });

  it('keeps the files of the last three heads and no more', async () => {
    const disk = new MemoryDisk();
    const store = new ProjectStore(disk, clock());
    for (let n = 1; n <= 9; n++) await store.save('p', doc(n));
    expect((await disk.list('projects/p')).filter((n) => n.startsWith('d-'))).toHaveLength(3);
  });

  it('keeps a tables file that is still in the making, takes it over, and drops the one before', async () => {
    const disk = new MemoryDisk();
    const store = new ProjectStore(disk, clock());
    await disk.write('projects/p/t-one.db', new Uint8Array([1]));
    await store.save('p', doc(1));
    await store.save('p', doc(2), 't-one.db');
    await store.save('p', doc(3));
    expect(await (await store.open('p'))!.tables!.arrayBuffer()).toHaveProperty('byteLength', 1);
    await disk.write('projects/p/t-two.db', new Uint8Array([2, 2]));
    for (let n = 4; n < 8; n++) await store.save('p', doc(n), n === 4 ? 't-two.db' : undefined);
    expect(await disk.list('projects/p')).not.toContain('t-one.db');
    expect((await store.open('p'))!.tables!.size).toBe(2);
  });

  it('says that a full disk is full, and keeps what was saved', async () => {
    const memory = new MemoryDisk();
    let full = false;
    const disk: Disk = {
      read: (p) => memory.read(p),
      remove: (p) => memory.remove(p),
      list: (p) => memory.list(p),
      write: async (p, b) => {
        if (full) throw new DOMException('', 'QuotaExceededError');
        await memory.write(p, b);
      },
    };
    const store = new ProjectStore(disk, clock());
    await store.save('p', doc(1));
    full = true;
    await expect(store.save('p', doc(2))).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect((await store.open<{ n: number }>('p'))!.definitions.n).toBe(1);
    expect(await store.open('q')).toBeNull();
  });

  it('does not overwrite the last whole state when the newest one is damaged', async () => {
    const disk = new MemoryDisk();
    const store = new ProjectStore(disk, clock());
    for (let n = 1; n <= 5; n++) await store.save('p', doc(n));
    const bytes = new TextEncoder().encode(JSON.stringify(doc(5)));
    for (const [path, b] of disk.files)
      if (path.includes('/d-') && new TextDecoder().decode(b) === new TextDecoder().decode(bytes)) disk.files.set(path, b.slice(1));
    expect((await store.open<{ n: number }>('p'))!.definitions.n).toBe(4);
    const dying = new DyingDisk(1, 0.5);
    disk.files.forEach((v, k) => dying.files.set(k, v));
    await new ProjectStore(dying, clock()).save('p', doc(6)).catch(() => undefined);
    expect((await new ProjectStore(dying, clock()).open<{ n: number }>('p'))!.definitions.n).toBe(4);
  });

  it('never overwrites a project of which nothing whole is left', async () => {
    const disk = new MemoryDisk();
    const store = new ProjectStore(disk, clock());
    await store.save('p', doc(1));
    for (const path of disk.files.keys()) disk.files.set(path, new Uint8Array([0]));
    await expect(store.open('p')).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    await expect(store.save('p', doc(2))).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(await store.list()).toMatchObject([{ id: 'p', readable: false }]);
    expect(await store.raw('p')).not.toHaveLength(0);
  });
});
