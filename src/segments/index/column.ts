import { andInto, noBits, not, type Bits } from './bits.ts';
import { distinctOf } from './distinct.ts';

/** A code per ordinal: 0 where the value is unknown, else 1 + its place among the column's values. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

interface Coded {
  codes: Codes;
  /** How many have each code. */
  counts: Uint32Array;
  /** The codes bit by bit, where they need at most PLANES bits. */
  planes: Bits[] | null;
}
/** Numbers and dates (microseconds since 1970 on the wall clock), distinct and ascending. */
export interface NumberColumn extends Coded {
  kind: 'number';
  values: Float64Array;
}
/** Text, ids and booleans ('false', 'true'), distinct, in bytewise order. */
export interface TextColumn extends Coded {
  kind: 'text';
  values: string[];
}
/** Sets: who has each value; the values of all members in one row of codes; the known (an empty set is known). */
export interface SetColumn {
  kind: 'set';
  values: string[];
  known: Bits;
  /** Codes of ordinal i stand at starts[i] … starts[i + 1] - 1. */
  starts: Uint32Array;
  codes: Uint32Array;
  /** One set per value where there are at most SET_PLANES and no member has one twice. */
  planes: Bits[] | null;
}
export type Column = NumberColumn | TextColumn | SetColumn;
export type CodedColumn = NumberColumn | TextColumn;

/** Up to 31 values and unknown. */
const PLANES = 5;
export const SET_PLANES = 64;

/** Room for codes 0 … most. */
export const codesFor = (n: number, most: number): Codes =>
  most < 256 ? new Uint8Array(n) : most < 65_536 ? new Uint16Array(n) : new Uint32Array(n);

/** The parts of a column that follow from its codes. */
export function coded(codes: Codes, size: number): Coded {
  const counts = new Uint32Array(size + 1);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const depth = 32 - Math.clz32(size);
  return { codes, counts, planes: depth <= PLANES ? Array.from({ length: depth }, (_, k) => plane(codes, k)) : null };
}

function plane(codes: Codes, k: number): Bits {
  const out = noBits(codes.length);
  for (let i = 0; i < codes.length; i++) out[i >>> 5]! |= ((codes[i]! >>> k) & 1) << (i & 31);
  return out;
}

/** A column of numbers; NaN is unknown. */
export function numberColumn(x: Float64Array): NumberColumn {
  const { values, places } = wholeOf(x) ?? distinctOf(x);
  const codes = codesFor(x.length, values.length);
  codes.set(places);
  return { kind: 'number', values, ...coded(codes, values.length) };
}

/** As `distinctOf` for a column of small whole numbers, without sorting it; null if it has others. */
function wholeOf(x: Float64Array): { values: Float64Array; places: Uint32Array } | null {
  const place = new Uint32Array(65_536);
  for (let i = 0; i < x.length; i++) {
    const v = x[i]!;
    if (v !== v) continue;
    if (!(v >= 0 && v < place.length && v === Math.floor(v))) return null;
    place[v] = 1;
  }
  let size = 0;
  for (let v = 0; v < place.length; v++) if (place[v] === 1) place[v] = ++size;
  const values = new Float64Array(size);
  for (let v = 0; v < place.length; v++) if (place[v]! > 0) values[place[v]! - 1] = v;
  const places = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) if (x[i] === x[i]) places[i] = place[x[i]!]!;
  return { values, places };
}

/** Index of the first value that is at least x. */
export function lowerBound(values: Float64Array, x: number): number {
  let [lo, hi] = [0, values.length];
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (values[mid]! < x) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** Index of the first value that is more than x. */
export function upperBound(values: Float64Array, x: number): number {
  const i = lowerBound(values, x);
  return values[i] === x ? i + 1 : i;
}

/** The members whose code is marked. */
export function withCodes(column: CodedColumn, marked: Uint8Array): Bits {
  const { codes, planes } = column;
  const n = codes.length;
  if (planes) {
    const yes = marked.reduce((t, m) => t + m, 0);
    if (yes <= 4) return ofPlanes(planes, marked, n);
    if (marked.length - yes <= 4) {
      const rest = marked.map((m) => 1 - m);
      return not(ofPlanes(planes, rest, n), n);
    }
  }
  return gather(codes, marked);
}

function gather(codes: Codes, marked: Uint8Array): Bits {
  const n = codes.length;
  const out = noBits(n);
  for (let w = 0, i = 0; w < out.length; w++) {
    let word = 0;
    for (const end = Math.min(n, i + 32); i < end; i++) word |= marked[codes[i]!]! << (i & 31);
    out[w] = word;
  }
  return out;
}

/** The members whose code lies in lo … hi. */
export function withRange(column: CodedColumn, lo: number, hi: number): Bits {
  const { codes } = column;
  if (column.counts.length <= 65_536) return withCodes(column, new Uint8Array(column.counts.length).fill(1, Math.max(0, lo), Math.max(0, hi + 1)));
  const n = codes.length;
  const out = noBits(n);
  for (let w = 0, i = 0; w < out.length; w++) {
    let word = 0;
    for (const end = Math.min(n, i + 32); i < end; i++) word |= (codes[i]! >= lo && codes[i]! <= hi ? 1 : 0) << (i & 31);
    out[w] = word;
  }
  return out;
}

function ofPlanes(planes: Bits[], marked: Uint8Array, n: number): Bits {
  const out = noBits(n);
  marked.forEach((m, code) => {
    if (!m) return;
    const one = planes.reduce<Bits | null>((acc, p, k) => {
      const side = (code >>> k) & 1 ? p : not(p, n);
      if (!acc) return side === p ? p.slice() : side;
      andInto(acc, side);
      return acc;
    }, null);
    if (one) for (let i = 0; i < out.length; i++) out[i]! |= one[i]!;
    // A column without values has no planes: everybody has code 0.
    else out.set(not(noBits(n), n));
  });
  return out;
}
