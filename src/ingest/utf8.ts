/** First byte above 127 from `from` on, or -1. Four bytes at a time: most files are mostly ASCII. */
export function firstHigh(bytes: Uint8Array, from = 0): number {
  let i = from;
  const aligned = Math.min(bytes.length, i + ((4 - ((bytes.byteOffset + i) & 3)) & 3));
  for (; i < aligned; i++) if (bytes[i]! >= 0x80) return i;
  if (i >= bytes.length) return -1;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + i, (bytes.length - i) >> 2);
  let w = 0;
  while (w < words.length && (words[w]! & 0x80808080) === 0) w++;
  for (i += w * 4; i < bytes.length; i++) if (bytes[i]! >= 0x80) return i;
  return -1;
}

/** Length of the well-formed UTF-8 sequence at `i` (a byte above 127), or 0 (Unicode 15, table 3-7). */
export function sequence(bytes: Uint8Array, i: number): number {
  const a = bytes[i]!;
  const b = bytes[i + 1]!;
  const follows = (k: number): boolean => (bytes[i + k]! & 0xc0) === 0x80;
  if (a >= 0xc2 && a < 0xe0) return follows(1) ? 2 : 0;
  if (a >= 0xe0 && a < 0xf0) return follows(1) && follows(2) && !(a === 0xe0 && b < 0xa0) && !(a === 0xed && b > 0x9f) ? 3 : 0;
  if (a >= 0xf0 && a < 0xf5) return follows(1) && follows(2) && follows(3) && !(a === 0xf0 && b < 0x90) && !(a === 0xf4 && b > 0x8f) ? 4 : 0;
  return 0;
}

/** True if the bytes are UTF-8 from the first to the last. */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let i = firstHigh(bytes); i >= 0; i = i < bytes.length && bytes[i]! >= 0x80 ? i : firstHigh(bytes, i)) {
    const n = sequence(bytes, i);
    if (n === 0) return false;
    i += n;
  }
  return true;
}
