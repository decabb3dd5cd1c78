import { countBits, not, ordinals, type Bits } from './bits.ts';
import { codesFor, type CodedColumn, type Codes } from './column.ts';

/** Columns of few values side by side in one code per member: one read and one count answer for all of them. */
export interface Pack {
  codes: Codes;
  parts: { column: CodedColumn; shift: number; mask: number }[];
  /** Codes of the pack are 0 … 2^bits − 1. */
  bits: number;
}

/** 4,096 counters lie in the nearest cache of every processor. */
const BITS = 12;
/** Beyond this many members packs would cost more memory than a tab has to spare; columns are then counted one by one. */
export const MOST_PACKED = 4_000_000;

const bitsOfColumn = (column: CodedColumn): number => 32 - Math.clz32(column.counts.length - 1);

/** Packs of the columns that leave room for another, each in one pack at most: the widest first, each into the first pack with room (first fit decreasing). */
export function packsOf(columns: Iterable<CodedColumn>, n: number): Pack[] {
  if (n > MOST_PACKED) return [];
  const packs: Omit<Pack, 'codes'>[] = [];
  const sized = Array.from(columns, (column) => ({ column, bits: bitsOfColumn(column) })).filter((c) => c.bits < BITS);
  for (const { column, bits } of sized.sort((a, b) => b.bits - a.bits)) {
    let pack = packs.find((p) => p.bits + bits <= BITS);
    if (!pack) packs.push((pack = { parts: [], bits: 0 }));
    pack.parts.push({ column, shift: pack.bits, mask: (1 << bits) - 1 });
    pack.bits += bits;
  }
  return packs.filter((p) => p.parts.length > 1).map((p) => ({ ...p, codes: packed(p.parts, n, p.bits) }));
}

function packed(parts: Pack['parts'], n: number, bits: number): Codes {
  const out = codesFor(n, (1 << bits) - 1);
  for (const { column, shift } of parts) {
    const { codes } = column;
    for (let i = 0; i < n; i++) out[i]! |= codes[i]! << shift;
  }
  return out;
}

/** A set that is counted by several columns: what counting needs of it is made once for all of them. */
export class Counted {
  readonly bits: Bits;
  readonly size: number;
  /** The ordinals of the set or of its complement, whichever are fewer. */
  readonly #few: Uint32Array;
  readonly #inverse: boolean;
  #members: Uint32Array | null = null;
  readonly #packs: Map<CodedColumn, Pack>;
  readonly #known = new Map<CodedColumn, Uint32Array>();

  constructor(bits: Bits, n: number, packs: readonly Pack[]) {
    this.bits = bits;
    this.size = countBits(bits);
    this.#inverse = this.size * 2 > n;
    this.#few = this.#inverse ? ordinals(not(bits, n), n - this.size) : ordinals(bits, this.size);
    this.#packs = new Map(packs.flatMap((pack) => pack.parts.map((p) => [p.column, pack] as const)));
  }

  /** The ordinals of the set, ascending. */
  members(): Uint32Array {
    return (this.#members ??= this.#inverse ? ordinals(this.bits, this.size) : this.#few);
  }

  /** How many members of the set have each code of a column. */
  counts(column: CodedColumn): Uint32Array {
    const known = this.#known.get(column);
    if (known) return known;
    const pack = this.#packs.get(column);
    if (pack) this.#open(pack);
    else this.#known.set(column, this.#turned(column, tally(column.codes, this.#few, column.counts.length)));
    return this.#known.get(column)!;
  }

  #open(pack: Pack): void {
    const joint = tally(pack.codes, this.#few, 1 << pack.bits);
    const outs = pack.parts.map(({ column }) => new Uint32Array(column.counts.length));
    for (let code = 0; code < joint.length; code++) {
      const n = joint[code]!;
      if (n === 0) continue;
      for (let p = 0; p < outs.length; p++) {
        const { shift, mask } = pack.parts[p]!;
        outs[p]![(code >>> shift) & mask]! += n;
      }
    }
    pack.parts.forEach(({ column }, p) => this.#known.set(column, this.#turned(column, outs[p]!)));
  }

  #turned(column: CodedColumn, few: Uint32Array): Uint32Array {
    if (this.#inverse) for (let c = 0; c < few.length; c++) few[c] = column.counts[c]! - few[c]!;
    return few;
  }
}

function tally(codes: Codes, members: Uint32Array, size: number): Uint32Array {
  const out = new Uint32Array(size);
  for (let i = 0; i < members.length; i++) out[codes[members[i]!]!]!++;
  return out;
}
