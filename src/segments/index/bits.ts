/** Sets of ordinals 0 … n-1 as words of 32 bits; bits at and beyond n are always 0. */
export type Bits = Uint32Array;

export const wordsFor = (n: number): number => (n + 31) >>> 5;
export const noBits = (n: number): Bits => new Uint32Array(wordsFor(n));

export function allBits(n: number): Bits {
  const out = noBits(n).fill(0xffffffff);
  trim(out, n);
  return out;
}

/** Clears what lies beyond n. */
function trim(bits: Bits, n: number): void {
  if (n & 31) bits[bits.length - 1]! &= 0xffffffff >>> (32 - (n & 31));
}

export function bitsOf(ordinals: ArrayLike<number>, n: number): Bits {
  const out = noBits(n);
  for (let i = 0; i < ordinals.length; i++) out[ordinals[i]! >>> 5]! |= 1 << (ordinals[i]! & 31);
  return out;
}

export const hasBit = (bits: Bits, i: number): boolean => ((bits[i >>> 5]! >>> (i & 31)) & 1) === 1;

/** a ∧ b into a new set. */
export function and(a: Bits, b: Bits): Bits {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! & b[i]!;
  return out;
}

/** a ∧ b, a ∨ b, into a. */
export function andInto(a: Bits, b: Bits): void {
  for (let i = 0; i < a.length; i++) a[i]! &= b[i]!;
}
export function orInto(a: Bits, b: Bits): void {
  for (let i = 0; i < a.length; i++) a[i]! |= b[i]!;
}

export function not(a: Bits, n: number): Bits {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = ~a[i]!;
  trim(out, n);
  return out;
}

/** Ones of a word (Warren, Hacker's Delight, 5-1). */
export function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many of a ∧ b lie in `length` words from `from` of a and `other` of b, eight words to one count by carry-save adders (Harley and Seal). */
export function countAnd(a: Bits, b: Bits, from = 0, other = from, length = a.length - from): number {
  let [one, two, four, eights] = [0, 0, 0, 0];
  const whole = length & ~7;
  for (let k = 0; k < whole; k += 8) {
    const i = from + k;
    const j = other + k;
    let x = a[i]! & b[j]!;
    let y = a[i + 1]! & b[j + 1]!;
    let u = one ^ x;
    const twoA = (one & x) | (u & y);
    one = u ^ y;
    x = a[i + 2]! & b[j + 2]!;
    y = a[i + 3]! & b[j + 3]!;
    u = one ^ x;
    const twoB = (one & x) | (u & y);
    one = u ^ y;
    u = two ^ twoA;
    const fourA = (two & twoA) | (u & twoB);
    two = u ^ twoB;
    x = a[i + 4]! & b[j + 4]!;
    y = a[i + 5]! & b[j + 5]!;
    u = one ^ x;
    const twoC = (one & x) | (u & y);
    one = u ^ y;
    x = a[i + 6]! & b[j + 6]!;
    y = a[i + 7]! & b[j + 7]!;
    u = one ^ x;
    const twoD = (one & x) | (u & y);
    one = u ^ y;
    u = two ^ twoC;
    const fourB = (two & twoC) | (u & twoD);
    two = u ^ twoD;
    u = four ^ fourA;
    eights += ones((four & fourA) | (u & fourB));
    four = u ^ fourB;
  }
  let n = 8 * eights + 4 * ones(four) + 2 * ones(two) + ones(one);
  for (let k = whole; k < length; k++) n += ones(a[from + k]! & b[other + k]!);
  return n;
}

export const countBits = (a: Bits): number => countAnd(a, a);

/** The ordinals of a set, ascending. */
export function ordinals(bits: Bits, n = countBits(bits)): Uint32Array {
  const out = new Uint32Array(n);
  let at = 0;
  for (let w = 0; w < bits.length; w++) {
    for (let word = bits[w]!; word !== 0; word &= word - 1) out[at++] = (w << 5) + 31 - Math.clz32(word & -word);
  }
  return out;
}
