/**
 * Hash and random numbers that give the same values on every machine and in every version (kernel K1 of the definitions).
 * Never Math.random: whoever has the seed and the label can repeat any result.
 */

/** 32-bit hash of a text: FNV-1a over its UTF-8 bytes, finished as in murmur3. */
export function h32(text: string): number {
  let x = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) x = Math.imul(x ^ byte, 0x01000193);
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A number in [0, 1) that belongs to an id for ever: for splits and samples. */
export const u = (salt: string, id: string): number => h32(`${salt}|${id}`) / 2 ** 32;

/** Draws in [0, 1). */
export type Random = () => number;

/** sfc32 (Doty-Humphrey 2018) seeded by a number and a label; the first 15 outputs are dropped. */
export function rng(seed: number, label: string): Random {
  let a = h32(label);
  let b = seed | 0;
  let c = 0x9e3779b9 | 0;
  let d = 1;
  const next = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Shuffles in place (Fisher & Yates) and returns the array. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
  return items;
}
