import { Type, type Data, type DataType, type RecordBatch, type Schema, type Timestamp, type Time, type Decimal, type Field } from 'apache-arrow';
import type { Frame, Value } from '../core/frame.ts';
import type { EnumLabels } from './enum-labels.ts';
import { blobText, dateText, decimalNumber, timestampText, timeText } from './values.ts';

type Read = (i: number) => Value;

/** True where an answer holds ENUM codes at any depth, so that their labels must be asked for. */
export const hasEnum = (fields: readonly Field[]): boolean =>
  fields.some((f) => f.type.typeId === Type.Dictionary || hasEnum((f.type as DataType & { children?: Field[] | null }).children ?? []));

/** Arrow batches as a Frame. `labels` has one entry per column where the answer holds ENUMs. */
export function frameFromArrow(schema: Schema, batches: readonly RecordBatch[], labels: readonly (EnumLabels | undefined)[] = []): Frame {
  const n = batches.reduce((sum, b) => sum + b.numRows, 0);
  return {
    n,
    names: schema.fields.map((f) => f.name),
    columns: schema.fields.map((f, c) => {
      const parts = batches.map((b) => b.data.children[c]!);
      return isNumber(f.type) && parts.every((d) => d.nullCount === 0) ? numbers(parts, n) : values(parts, n, labels[c]);
    }),
  };
}

const NUMBERS = new Set<Type>([Type.Int, Type.Float, Type.Decimal]);
/** FixedSizeBinary[16] is UHUGEINT: the only type the engine sends so. */
const isNumber = (type: DataType): boolean => NUMBERS.has(type.typeId) || type.typeId === Type.FixedSizeBinary;

function numbers(parts: readonly Data[], n: number): Float64Array {
  const out = new Float64Array(n);
  let at = 0;
  for (const data of parts) {
    const small = data.values;
    if ((data.typeId === Type.Int || data.typeId === Type.Float) && !(small instanceof BigInt64Array) && !(small instanceof BigUint64Array)) {
      out.set(data.length === small.length ? small : small.subarray(0, data.length), at);
    } else {
      const read = reader(data);
      for (let i = 0; i < data.length; i++) out[at + i] = read(i) as number;
    }
    at += data.length;
  }
  return out;
}

function values(parts: readonly Data[], n: number, labels: EnumLabels | undefined): Value[] {
  const out = new Array<Value>(n);
  let at = 0;
  for (const data of parts) {
    const read = nullable(data, labels);
    for (let i = 0; i < data.length; i++) out[at++] = read(i);
  }
  return out;
}

function nullable(data: Data, labels?: EnumLabels): Read {
  const read = reader(data, labels);
  return data.nullCount === 0 ? read : (i) => (data.getValid(i) ? read(i) : null);
}

/** How to read a value that is not null. */
function reader(data: Data, labels?: EnumLabels): Read {
  const raw = data.values;
  switch (data.typeId) {
    case Type.Null:
      return () => null;
    case Type.Int:
    case Type.Float:
      return (i) => Number(raw[i]);
    case Type.Bool:
      return (i) => ((raw[(data.offset + i) >> 3]! >> ((data.offset + i) & 7)) & 1) === 1;
    case Type.Decimal:
      return (i) => decimalNumber(wide(raw as Uint32Array, i * 4), (data.type as Decimal).scale);
    case Type.FixedSizeBinary:
      return (i) => Number(BigInt.asUintN(128, wide(words(raw as Uint8Array), i * 4)));
    case Type.Date:
      return (i) => dateText(raw[i] as number);
    case Type.Timestamp:
      return (i) => timestampText(micros(raw[i] as bigint, (data.type as Timestamp).unit));
    case Type.Time:
      return (i) => timeText(micros(BigInt(raw[i] as bigint), (data.type as Time).unit));
    case Type.Utf8:
      return textReader(data);
    case Type.Binary:
      return (i) => blobText((raw as Uint8Array).subarray(data.valueOffsets[i], data.valueOffsets[i + 1]));
    case Type.Dictionary:
      return (i) => labels?.labels[Number(raw[i])] ?? null;
    case Type.List:
    case Type.FixedSizeList:
    case Type.Map:
      return listReader(data, labels);
    case Type.Struct:
      return structReader(data, labels);
    case Type.Interval:
      return (i) => ({ months: raw[i * 4] as number, days: raw[i * 4 + 1] as number, micros: Number(pair(raw as Int32Array, i * 4 + 2) / 1000n) });
    default:
      throw new Error(`no reading of ${String(data.type)}: cast it to text`);
  }
}

function textReader(data: Data): Read {
  const bytes = data.values as Uint8Array;
  const at = data.valueOffsets;
  const first = at[0] ?? 0;
  const used = bytes.subarray(first, at[data.length] ?? first);
  const whole = decoder.decode(used);
  // One decode for the whole batch where characters are bytes; per value it costs ten times as much.
  if (whole.length === used.length) return (i) => whole.slice(at[i]! - first, at[i + 1]! - first);
  return (i) => decoder.decode(bytes.subarray(at[i], at[i + 1]));
}
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function listReader(data: Data, labels?: EnumLabels): Read {
  const child = data.children[0]!;
  const inner = data.typeId === Type.Map && labels ? { labels: [], children: labels.children } : labels?.children[0];
  const read = nullable(child, inner);
  const width = data.typeId === Type.FixedSizeList ? (data.type as DataType & { listSize: number }).listSize : 0;
  const from = (i: number): number => (width ? i * width : data.valueOffsets[i]!);
  return (i) => Array.from({ length: from(i + 1) - from(i) }, (_, k) => read(from(i) + k));
}

function structReader(data: Data, labels?: EnumLabels): Read {
  const names = (data.type as DataType & { children: Field[] }).children.map((f) => f.name);
  const reads = data.children.map((child, k) => nullable(child, labels?.children[k]));
  return (i) => Object.fromEntries(names.map((name, k) => [name, reads[k]!(i)]));
}

/** Arrow counts instants in s, ms, µs or ns. */
function micros(value: bigint, unit: number): bigint {
  if (unit === 0) return value * 1_000_000n;
  if (unit === 1) return value * 1000n;
  // Towards the past, as the engine rounds.
  return unit === 2 ? value : (value - (((value % 1000n) + 1000n) % 1000n)) / 1000n;
}
const pair = (w: ArrayLike<number>, k: number): bigint => BigInt.asIntN(64, (BigInt(w[k + 1]! >>> 0) << 32n) | BigInt(w[k]! >>> 0));
const wide = (w: ArrayLike<number>, k: number): bigint => (pair(w, k + 2) << 64n) | BigInt.asUintN(64, pair(w, k));
const words = (b: Uint8Array): Uint32Array => new Uint32Array(b.slice().buffer);
