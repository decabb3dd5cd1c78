import { OTHER, UNKNOWN, type Board } from './board.ts';

/** One value of one tag as a bit per member, those with the goal first. */
export interface Plane {
  tag: number;
  value: string;
  bits: Uint32Array;
  n: number;
  /** Members with the goal. */
  a: number;
}
/** Members in two runs of whole words: `head` words of those with the goal, then the rest. */
export interface Planes {
  n: number;
  goal: number;
  head: number;
  words: number;
  planes: Plane[];
}

const FIVES = 0x55555555;
const THREES = 0x33333333;
const FS = 0x0f0f0f0f;

/** Bits set in a word. */
function ones(word: number): number {
  let v = word - ((word >>> 1) & FIVES);
  v = (v & THREES) + ((v >>> 2) & THREES);
  return Math.imul((v + (v >>> 4)) & FS, 0x01010101) >>> 24;
}

/**
 * Bits set in words from..to of a AND b. Eight words at a time are added up bit by bit in place, so that one count stands for eight words (carry-save adders of
 * Harley & Seal; Warren, Hacker's Delight, 2nd ed., 5-1).
 */
export function both(a: Uint32Array, b: Uint32Array, from: number, to: number): number {
  let [total, i] = [0, from];
  let [one, two, four] = [0, 0, 0];
  for (; i + 8 <= to; i += 8) {
    // Each block adds two words (or carries) to a row of bits of one weight; what it carries has twice the weight.
    let x = a[i]! & b[i]!;
    let y = a[i + 1]! & b[i + 1]!;
    let w = one ^ x;
    let u = (one & x) | (w & y);
    one = w ^ y;
    x = a[i + 2]! & b[i + 2]!;
    y = a[i + 3]! & b[i + 3]!;
    w = one ^ x;
    let v = (one & x) | (w & y);
    one = w ^ y;
    w = two ^ u;
    let fours = (two & u) | (w & v);
    two = w ^ v;
    x = a[i + 4]! & b[i + 4]!;
    y = a[i + 5]! & b[i + 5]!;
    w = one ^ x;
    u = (one & x) | (w & y);
    one = w ^ y;
    x = a[i + 6]! & b[i + 6]!;
    y = a[i + 7]! & b[i + 7]!;
    w = one ^ x;
    v = (one & x) | (w & y);
    one = w ^ y;
    w = two ^ u;
    const more = (two & u) | (w & v);
    two = w ^ v;
    w = four ^ fours;
    fours = (four & fours) | (w & more);
    four = w ^ more;
    total += ones(fours);
  }
  total = 8 * total + 4 * ones(four) + 2 * ones(two) + ones(one);
  for (; i < to; i++) total += ones(a[i]! & b[i]!);
  return total;
}

/** Planes of every value held by at least `least` members and not by all but fewer. `goal`: 1 has it, 0 not, 255 unknown (left out altogether). */
export function planesOf(board: Board, goal: Uint8Array, least: number): Planes {
  const yes: number[] = [];
  const no: number[] = [];
  for (let i = 0; i < board.n; i++) if (goal[i] !== UNKNOWN) (goal[i] ? yes : no).push(i);
  const head = Math.ceil(yes.length / 32);
  const words = head + Math.ceil(no.length / 32);
  const planes: Plane[] = [];
  board.tags.forEach((tag, t) => {
    const bits = tag.values.map(() => new Uint32Array(words));
    const n = new Uint32Array(tag.values.length);
    const a = new Uint32Array(tag.values.length);
    const put = (rows: number[], start: number, count: Uint32Array | null): void =>
      rows.forEach((row, i) => {
        const c = tag.codes[row]!;
        if (c === UNKNOWN) return;
        bits[c]![start + (i >>> 5)]! |= 1 << (i & 31);
        n[c]!++;
        if (count) count[c]!++;
      });
    put(yes, 0, a);
    put(no, head, null);
    tag.values.forEach((value, v) => {
      // What a tag has too many values to show is no group that anybody could name.
      if (value !== OTHER && n[v]! >= least && n[v]! <= yes.length + no.length - least)
        planes.push({ tag: t, value, bits: bits[v]!, n: n[v]!, a: a[v]! });
    });
  });
  return { n: yes.length + no.length, goal: yes.length, head, words, planes };
}
