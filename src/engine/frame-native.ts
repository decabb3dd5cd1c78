import type { DuckDBDataChunk, DuckDBType, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import type { Frame, Value } from '../core/frame.ts';
import { blobText, dateText, decimalNumber, timestampText, timeText } from './values.ts';

/** DuckDBTypeId of the native client, by number: its enum is a run-time import, and the client is optional. */
const ID = {
  TINYINT: 2, SMALLINT: 3, INTEGER: 4, BIGINT: 5, UTINYINT: 6, USMALLINT: 7, UINTEGER: 8, UBIGINT: 9, FLOAT: 10, DOUBLE: 11, TIMESTAMP: 12, DATE: 13,
  TIME: 14, INTERVAL: 15, HUGEINT: 16, BLOB: 18, DECIMAL: 19, TIMESTAMP_S: 20, TIMESTAMP_MS: 21, TIMESTAMP_NS: 22, LIST: 24, STRUCT: 25, MAP: 26,
  UUID: 27, TIMESTAMP_TZ: 31, UHUGEINT: 32, ARRAY: 33,
} as const; // prettier-ignore
const NUMBERS = new Set<number>([
  ID.TINYINT,
  ID.SMALLINT,
  ID.INTEGER,
  ID.BIGINT,
  ID.UTINYINT,
  ID.USMALLINT,
  ID.UINTEGER,
  ID.UBIGINT,
  ID.FLOAT,
  ID.DOUBLE,
  ID.HUGEINT,
  ID.UHUGEINT,
  ID.DECIMAL,
]);

type Convert = (value: NonNullable<DuckDBValue>) => Value;

/** The native engine's chunks as a Frame, equal to what frame-arrow makes of the same answer. */
export function frameFromChunks(names: string[], types: readonly DuckDBType[], chunks: readonly DuckDBDataChunk[]): Frame {
  const n = chunks.reduce((sum, c) => sum + c.rowCount, 0);
  return {
    n,
    names,
    columns: types.map((type, c) =>
      column(
        type,
        n,
        chunks.map((k) => ({ vector: k.getColumnVector(c), rows: k.rowCount })),
      ),
    ),
  };
}

function column(type: DuckDBType, n: number, parts: { vector: DuckDBVector; rows: number }[]): Float64Array | Value[] {
  const convert = converter(type);
  const out = NUMBERS.has(type.typeId) ? new Float64Array(n) : new Array<Value>(n);
  let at = 0;
  for (let p = 0; p < parts.length; p++) {
    const { vector, rows } = parts[p]!;
    for (let i = 0; i < rows; i++) {
      const value = vector.getItem(i) as DuckDBValue;
      if (value === null && out instanceof Float64Array) return withNulls(convert, n, parts);
      out[at++] = (value === null ? null : convert(value)) as number;
    }
  }
  return out;
}

function withNulls(convert: Convert, n: number, parts: { vector: DuckDBVector; rows: number }[]): Value[] {
  const out = new Array<Value>(n);
  let at = 0;
  for (const { vector, rows } of parts) {
    for (let i = 0; i < rows; i++) {
      const value = vector.getItem(i) as DuckDBValue;
      out[at++] = value === null ? null : convert(value);
    }
  }
  return out;
}

/* The client's value classes, by the fields read here. */
interface Parts {
  days: number; months: number; micros: bigint; seconds: bigint; millis: bigint; nanos: bigint; value: bigint; bytes: Uint8Array;
  items: readonly DuckDBValue[]; entries: Record<string, DuckDBValue> & readonly { key: DuckDBValue; value: DuckDBValue }[];
} // prettier-ignore
type Shape = DuckDBType & {
  scale: number;
  valueType: DuckDBType;
  keyType: DuckDBType;
  entryNames: readonly string[];
  entryTypes: readonly DuckDBType[];
};

/** How to turn a value of a type, never null, into ours. */
function converter(type: DuckDBType): Convert {
  const shape = type as Shape;
  const part =
    (read: (p: Parts) => Value): Convert =>
    (v) =>
      read(v as unknown as Parts);
  switch (type.typeId as number) {
    case ID.BIGINT:
    case ID.UBIGINT:
    case ID.HUGEINT:
    case ID.UHUGEINT: // prettier-ignore
      return (v) => Number(v as bigint);
    case ID.DECIMAL:
      return part((p) => decimalNumber(p.value, shape.scale));
    case ID.DATE:
      return part((p) => dateText(p.days));
    case ID.TIME:
      return part((p) => timeText(p.micros));
    case ID.TIMESTAMP:
    case ID.TIMESTAMP_TZ: // prettier-ignore
      return part((p) => timestampText(p.micros));
    case ID.TIMESTAMP_S:
      return part((p) => timestampText(p.seconds * 1_000_000n));
    case ID.TIMESTAMP_MS:
      return part((p) => timestampText(p.millis * 1000n));
    case ID.TIMESTAMP_NS:
      return part((p) => timestampText(floorMicros(p.nanos)));
    case ID.INTERVAL:
      return part((p) => ({ months: p.months, days: p.days, micros: Number(p.micros) }));
    case ID.BLOB:
      return part((p) => blobText(p.bytes));
    case ID.UUID:
      return (v) => String(v);
    case ID.LIST:
    case ID.ARRAY: {
      // prettier-ignore
      const item = orNull(converter(shape.valueType));
      return part((p) => p.items.map(item));
    }
    case ID.STRUCT: {
      const fields = shape.entryTypes.map((t) => orNull(converter(t)));
      return part((p) => Object.fromEntries(shape.entryNames.map((name, k) => [name, fields[k]!(p.entries[name]!)])));
    }
    case ID.MAP: {
      const key = orNull(converter(shape.keyType));
      const value = orNull(converter(shape.valueType));
      return part((p) => p.entries.map((e) => ({ key: key(e.key), value: value(e.value) })));
    }
    default:
      // Small numbers, booleans, text and ENUM labels are themselves.
      return (v) => v as Value;
  }
}
const orNull =
  (convert: Convert) =>
  (v: DuckDBValue): Value =>
    v === null || v === undefined ? null : convert(v);
const floorMicros = (nanos: bigint): bigint => (nanos - (((nanos % 1000n) + 1000n) % 1000n)) / 1000n;
