import { countAnd } from '../segments/index/bits.ts';
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

/** Bits set in words from..to of a AND b. */
export const both = (a: Uint32Array, b: Uint32Array, from: number, to: number): number => countAnd(a, b, from, from, to - from);

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
