import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { Col } from './plan.ts';
import { textSql } from './raw.ts';

/** Up to so many distinct values a text column is an ENUM. */
const ENUM_VALUES = 4_096;
/** More differing spellings than this are read by a general expression instead of a list of cases. */
const CASES = 200;

/** How a text column of a canonical table is made from the columns of one or several files. */
export interface TextColumn {
  /** SQL type: an ENUM of the values in bytewise order, or VARCHAR. */
  type: string;
  /** The values, where it is an ENUM. */
  values: string[] | null;
  /** SQL for one source's value, of `type`. */
  of: (c: Col) => string;
}

/** Order of UTF-8 bytes, which is that of code points (and not of UTF-16 units). */
export function bytewise(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (d !== 0) return d;
  }
  return x.length - y.length;
}

/** SQL type of an ENUM with these values, in bytewise order. */
export const enumType = (values: Iterable<string>): string =>
  `ENUM(${[...new Set(values)]
    .sort(bytewise)
    .map((v) => literal(v).text)
    .join(', ')})`;

/**
 * Makes a text column of its sources. `change` maps words to those of the vocabulary (gender, event kinds); it needs few values, so a column of
 * more than 4,096 keeps its words. `also` are values that the table's own SQL adds.
 */
export async function textColumn(
  engine: Engine,
  sources: readonly Col[],
  opts?: QueryOptions,
  change: (word: string) => string = (w) => w,
  also: readonly string[] = [],
): Promise<TextColumn> {
  const cells = new Map<string, { raw: string; value: string | null }[]>();
  for (const c of sources) {
    if (c.facts.distinct > ENUM_VALUES) return plain;
    const frame = await engine.query(
      `SELECT CAST(${c.sql} AS VARCHAR), ${textSql(c)} FROM (SELECT DISTINCT ${c.sql} FROM ${c.home}) ${alias(c)} WHERE ${c.sql} IS NOT NULL LIMIT ${2 * ENUM_VALUES}`,
      opts,
    );
    const [raw, value] = frame.columns as unknown as [ArrayLike<Value>, ArrayLike<Value>];
    cells.set(
      c.sql + c.home,
      Array.from(raw, (r, i) => ({ raw: String(r), value: value[i] === null ? null : change(String(value[i])) })),
    );
  }
  const values = new Set(also);
  for (const list of cells.values()) for (const { value } of list) if (value !== null) values.add(value);
  if (values.size > ENUM_VALUES || values.size === 0) return plain;
  const type = enumType(values);
  return { type, values: [...values].sort(bytewise), of: (c) => `CAST(${cased(c, cells.get(c.sql + c.home) ?? [])} AS ${type})` };
}

const plain: TextColumn = { type: 'VARCHAR', values: null, of: textSql };
const alias = (c: Col): string => c.home.split(' ').at(-1)!;

/** The value by a list of the spellings that differ from it; as it stands if none does. */
function cased(c: Col, cells: readonly { raw: string; value: string | null }[]): string {
  const text = c.type === 'VARCHAR' ? c.sql : `CAST(${c.sql} AS VARCHAR)`;
  const differ = cells.filter((x) => x.raw !== x.value);
  if (differ.length === 0) return text;
  if (differ.length > CASES && differ.every((x) => x.value === null || x.value === x.raw.trim())) return textSql(c);
  return `CASE ${text} ${differ.map((x) => `WHEN ${literal(x.raw).text} THEN ${literal(x.value).text}`).join(' ')} ELSE ${text} END`;
}
