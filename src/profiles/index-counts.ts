import type { TagInfo } from '../core/tag.ts';
import { allBits, and, countAnd, ordinals, type Bits } from '../segments/index/bits.ts';
import type { CodedColumn, Column, NumberColumn, SetColumn } from '../segments/index/column.ts';
import { Counted } from '../segments/index/packs.ts';
import type { IndexTable } from '../segments/index/table.ts';
import { arrange, bandIndex, minus, NO_MASS, plus, sum, type CountRow, type Mass, type TagCounts } from './cells-sql.ts';
import type { ValueCounts } from './numbers.ts';

/** S and B of a profile over the index. B is everyone, everyone else, or a set of its own. */
export interface IndexGroups {
  n: number;
  s: Counted;
  b: Counted | 'everyone' | 'complement';
  both: Counted | null;
  /** Everyone, where the weights make him more than what the columns know of themselves. */
  all: Counted | null;
  /** A weight per ordinal; null: everyone counts one. */
  weight: Float64Array | null;
}

export function indexGroups({ n, packs }: IndexTable, s: Bits, b: Bits | 'everyone' | 'complement', weight: Float64Array | null): IndexGroups {
  const counted = (bits: Bits): Counted => new Counted(bits, n, packs);
  const own = typeof b !== 'string';
  return {
    n,
    s: counted(s),
    b: own ? counted(b) : b,
    both: own ? counted(and(s, b)) : null,
    all: weight && !own ? counted(allBits(n)) : null,
    weight,
  };
}

/** Masses of S, B and both per code. */
type Side = 's' | 'b' | 'both';
type PerCode = (code: number) => Record<Side, Mass>;

function perCode(column: CodedColumn, g: IndexGroups): PerCode {
  const s = massesOf(column, g.s, g.weight);
  if (g.b === 'everyone') {
    const all = everyone(column, g);
    return (c) => ({ s: s(c), b: all(c), both: s(c) });
  }
  if (g.b === 'complement') {
    const all = everyone(column, g);
    return (c) => ({ s: s(c), b: minus(all(c), s(c)), both: NO_MASS });
  }
  const [b, both] = [massesOf(column, g.b, g.weight), massesOf(column, g.both!, g.weight)];
  return (c) => ({ s: s(c), b: b(c), both: both(c) });
}

function everyone(column: CodedColumn, g: IndexGroups): (c: number) => Mass {
  if (g.all) return massesOf(column, g.all, g.weight);
  return (c) => plain(column.counts[c]!);
}
const plain = (n: number): Mass => ({ n, w: n, w2: n, wx: n });

function massesOf(column: CodedColumn, set: Counted, weight: Float64Array | null): (c: number) => Mass {
  const counts = set.counts(column);
  if (!weight) return (c) => plain(counts[c]!);
  const [w, w2] = [new Float64Array(counts.length), new Float64Array(counts.length)];
  const members = set.members();
  for (let i = 0; i < members.length; i++) {
    const who = members[i]!;
    const [code, x] = [column.codes[who]!, weight[who]!];
    w[code]! += x;
    w2[code]! += x * x;
  }
  return (c) => ({ n: counts[c]!, w: w[c]!, w2: w2[c]!, wx: w2[c]! });
}

/** Counts of a tag's values as a profile shows them; of a number also of each of its values. */
export function countColumn(tag: TagInfo, column: Column, g: IndexGroups): { counts: TagCounts; values: ValueCounts | null } {
  if (column.kind === 'set') return { counts: countSet(tag, column, g), values: null };
  const at = perCode(column, g);
  if (column.kind === 'number' && tag.type !== 'date') return countNumber(tag, column, at);
  const label = tag.type === 'date' ? monthsOf(tag) : String;
  const rows = new Map<string, CountRow>();
  for (let i = 0; i < column.values.length; i++) {
    const value = label(column.values[i] as never);
    rows.set(value, joined(value, rows.get(value), at(i + 1)));
  }
  return { counts: arrange([...rows.values()], null, tag.order), values: null };
}
const joined = (value: string, row: CountRow | undefined, m: Record<Side, Mass>): CountRow =>
  row ? { value, s: plus(row.s, m.s), b: plus(row.b, m.b), both: plus(row.both, m.both) } : { value, ...m };

/** strftime of a date value in microseconds: its month, or its year where the catalogue lists years. */
const monthsOf = (tag: TagInfo): ((micros: number) => string) => {
  const length = tag.values.some((v) => v.value.length === 4) ? 4 : 7;
  return (micros) => new Date(Math.floor(micros / 1000)).toISOString().slice(0, length);
};

function countNumber(tag: TagInfo, column: NumberColumn, at: PerCode): { counts: TagCounts; values: ValueCounts } {
  const { bands } = tag;
  const size = column.values.length;
  // Without bands there is one row for all: how many are known.
  const rows = (bands?.labels ?? ['']).map((value): CountRow => ({ value, s: NO_MASS, b: NO_MASS, both: NO_MASS }));
  const values: ValueCounts = { x: column.values, s: new Float64Array(size), b: new Float64Array(size), both: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    const m = at(i + 1);
    const row = bands ? bandIndex(bands, column.values[i]!) : 0;
    rows[row] = joined(rows[row]!.value, rows[row], m);
    values.s[i] = m.s.n;
    values.b[i] = m.b.n;
    values.both[i] = m.both.n;
  }
  return { counts: { known: sum(rows), values: bands ? rows.filter((r) => r.s.n > 0 || r.b.n > 0) : [] }, values };
}

function countSet(tag: TagInfo, column: SetColumn, g: IndexGroups): TagCounts {
  const s = setMasses(column, g.s.bits, g.weight);
  const all = typeof g.b === 'string' ? setMasses(column, allBits(g.n), g.weight) : null;
  const b = typeof g.b === 'string' ? null : setMasses(column, g.b.bits, g.weight);
  const both = g.both ? setMasses(column, g.both.bits, g.weight) : null;
  const at = (i: number): Record<Side, Mass> => {
    if (g.b === 'everyone') return { s: s(i), b: all!(i), both: s(i) };
    if (g.b === 'complement') return { s: s(i), b: minus(all!(i), s(i)), both: NO_MASS };
    return { s: s(i), b: b!(i), both: both!(i) };
  };
  return arrange(
    column.values.map((value, i) => ({ value, ...at(i + 1) })),
    at(0),
    tag.order,
  );
}

/** Masses of each value of a set (from 1), and of its known (0). */
export function setMasses(column: SetColumn, bits: Bits, weight: Float64Array | null): (i: number) => Mass {
  if (column.planes && !weight) {
    const counts = [countAnd(bits, column.known), ...column.planes.map((p) => countAnd(bits, p))];
    return (i) => plain(counts[i]!);
  }
  const [n, w, w2] = [0, 1, 2].map(() => new Float64Array(column.values.length + 1)) as [Float64Array, Float64Array, Float64Array];
  const add = (code: number, x: number): void => {
    n[code]!++;
    w[code]! += x;
    w2[code]! += x * x;
  };
  for (const who of ordinals(and(bits, column.known))) {
    const x = weight ? weight[who]! : 1;
    add(0, x);
    for (let k = column.starts[who]!; k < column.starts[who + 1]!; k++) add(column.codes[k]!, x);
  }
  return (i) => ({ n: n[i]!, w: w[i]!, w2: w2[i]!, wx: w2[i]! });
}
