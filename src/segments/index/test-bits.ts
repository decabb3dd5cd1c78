import type { Span } from '../../core/rule.ts';
import type { Family } from '../operators.ts';
import { holds, type TestParts } from '../test.ts';
import { and, noBits, not, orInto, type Bits } from './bits.ts';
import { lowerBound, upperBound, withCodes, withRange, type CodedColumn, type Column, type NumberColumn, type SetColumn } from './column.ts';
import { before, instant } from './instant.ts';

/** The members for whom a test on a tag holds; unknown values are no. The same answers as `valueTest` and `rankTest` in SQL. */
export function testBits(column: Column, family: Family, test: TestParts, asOf: string): Bits {
  if (column.kind === 'set') return setTest(column, test);
  if (test.op === 'known') {
    const known = withRange(column, 1, column.values.length);
    return test.value === true ? known : not(known, column.codes.length);
  }
  if (column.kind === 'text') return textTest(column, family, test);
  return family === 'date' ? dateTest(column, test, asOf) : numberTest(column, test);
}

const trimmed = (v: unknown): string => String(v).trim();

function textTest(column: CodedColumn & { kind: 'text' }, family: Family, { op, value }: TestParts): Bits {
  const wanted = new Set((Array.isArray(value) ? value : [value]).map(trimmed));
  const text = family === 'boolean' ? '' : String(value);
  const yes: Partial<Record<TestParts['op'], (v: string) => boolean>> = {
    is: (v) => wanted.has(v),
    in: (v) => wanted.has(v),
    isNot: (v) => !wanted.has(v),
    notIn: (v) => !wanted.has(v),
    startsWith: (v) => v.startsWith(text),
    contains: (v) => v.includes(text),
  };
  return marked(column, yes[op]!);
}

/** Members whose value satisfies a condition that is asked once per distinct value. */
function marked<V>(column: CodedColumn & { values: ArrayLike<V> }, yes: (v: V) => boolean): Bits {
  const codes = new Uint8Array(column.values.length + 1);
  for (let i = 0; i < column.values.length; i++) if (yes(column.values[i]!)) codes[i + 1] = 1;
  return withCodes(column, codes);
}

/** Members whose value is one of the ascending values from place `from` to before place `to`. */
const range = (column: NumberColumn, from: number, to: number): Bits => (from < to ? withRange(column, from + 1, to) : noBits(column.codes.length));

function numberTest(column: NumberColumn, test: TestParts): Bits {
  const { op, value } = test;
  const { values } = column;
  const [a, b] = Array.isArray(value) ? (value as [number, number]) : [value as number, value as number];
  switch (op) {
    case 'eq':
    case 'between':
      return range(column, lowerBound(values, a), upperBound(values, b));
    case 'gt':
      return range(column, upperBound(values, a), values.length);
    case 'gte':
      return range(column, lowerBound(values, a), values.length);
    case 'lt':
      return range(column, 0, lowerBound(values, a));
    case 'lte':
      return range(column, 0, upperBound(values, a));
    case 'top':
    case 'bottom':
      return ranked(column, op === 'top', Math.floor(value as number));
    case 'topPercent':
    case 'bottomPercent': {
      const known = column.codes.length - column.counts[0]!;
      return ranked(column, op === 'topPercent', Math.floor((known * (value as number)) / 100 + 0.5));
    }
    case 'percentile':
      return percentile(column, value as [number, number]);
    case 'ne':
      return marked(column, (x) => holds(test, x));
    default:
      throw new Error(`${op} does not test a number`);
  }
}

/** Exactly `most` of the known by value, then by ordinal. */
function ranked(column: NumberColumn, down: boolean, most: number): Bits {
  const { codes, counts } = column;
  const last = counts.length - 1;
  let left = most;
  let edge = down ? last : 1;
  for (; edge >= 1 && edge <= last && counts[edge]! <= left; edge += down ? -1 : 1) left -= counts[edge]!;
  const out = down ? withRange(column, edge + 1, last) : withRange(column, 1, edge - 1);
  if (edge < 1 || edge > last) return out;
  for (let i = 0; i < codes.length && left > 0; i++) {
    if (codes[i] !== edge) continue;
    out[i >>> 5]! |= 1 << (i & 31);
    left--;
  }
  return out;
}

/** 100 · midpct in [lo, hi), with the one division of the SQL. */
function percentile(column: NumberColumn, [lo, hi]: [number, number]): Bits {
  const { counts, codes } = column;
  const known = codes.length - counts[0]!;
  const yes = new Uint8Array(counts.length);
  for (let c = 1, less = 0; c < counts.length; less += counts[c]!, c++) {
    const pct = ((2 * less + counts[c]!) * 50) / known;
    if (pct >= lo && pct < hi) yes[c] = 1;
  }
  return withCodes(column, yes);
}

function dateTest(column: NumberColumn, { op, value }: TestParts, asOf: string): Bits {
  const { values } = column;
  const at = (t: number): number => lowerBound(values, t);
  switch (op) {
    case 'before':
      return range(column, 0, at(instant(String(value))));
    case 'after':
      return range(column, at(instant(String(value))), values.length);
    case 'last':
      return range(column, at(before(asOf, value as Span)), at(instant(asOf)));
    case 'older':
      return range(column, 0, at(before(asOf, value as Span)));
    default:
      throw new Error(`${op} does not test a date`);
  }
}

function setTest(column: SetColumn, { op, value }: TestParts): Bits {
  const n = column.starts.length - 1;
  if (op === 'known') return value === true ? column.known : not(column.known, n);
  const wanted = [...new Set((Array.isArray(value) ? value : [value]).map(trimmed))];
  const each = wanted.map((v) => withValue(column, column.values.indexOf(v)));
  const out = each[0]!.slice();
  return each.slice(1).reduce((acc, b) => {
    if (op === 'hasAll') return and(acc, b);
    orInto(acc, b);
    return acc;
  }, out);
}

/** Who has a value of a set; nobody for a value that nobody has. */
function withValue(column: SetColumn, value: number): Bits {
  const n = column.starts.length - 1;
  if (value < 0) return noBits(n);
  if (column.planes) return column.planes[value]!;
  const out = noBits(n);
  for (let i = 0; i < n; i++) {
    for (let k = column.starts[i]!; k < column.starts[i + 1]!; k++) if (column.codes[k] === value + 1) out[i >>> 5]! |= 1 << (i & 31);
  }
  return out;
}
