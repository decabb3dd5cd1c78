import type { ColumnFacts, FileFacts, IdCut } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { cellSql } from './cell.ts';
import type { DateSql } from './parse-date.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';

/** One column of a raw table: where it is, what the engine holds it as, and what was judged of the whole of it. */
export interface RawColumn {
  /** `f."c3"`: the raw table always has the alias f. */
  sql: string;
  type: string;
  facts: ColumnFacts;
  /** What a person agreed to cut from its ids, so that they join. */
  cuts?: readonly IdCut[];
}
export interface RawFile {
  facts: FileFacts;
  table: string;
  columns: RawColumn[];
}

/** Raw table of a file. */
export const rawTable = (file: FileFacts): string => ident('z', `f_${file.id}`).text;

/** The raw table's columns with the engine's types (text files: all VARCHAR; Parquet: the file's own). */
export async function rawFile(engine: Engine, facts: FileFacts): Promise<RawFile> {
  const table = rawTable(facts);
  const frame = await engine.query(`SELECT column_name, column_type FROM (DESCRIBE ${table})`);
  const types = new Map(Array.from(column(frame, 'column_name'), (name, i) => [String(name), String(column(frame, 'column_type')[i])]));
  const columns = facts.columns.map((c) => ({ sql: `f.${ident(`c${c.index}`).text}`, type: types.get(`c${c.index}`) ?? 'VARCHAR', facts: c }));
  return { facts, table, columns };
}

const isText = (c: RawColumn): boolean => c.type === 'VARCHAR';
const isMoment = (c: RawColumn): boolean => /^(TIMESTAMP|DATE)/.test(c.type);
const isNumber = (c: RawColumn): boolean => /INT|DOUBLE|FLOAT|DECIMAL/.test(c.type);

/** SQL: the cell as trimmed text, NULL where it says nothing. */
export const textSql = (c: RawColumn): string => (isText(c) ? cellSql(c.sql, c.facts) : `CAST(${c.sql} AS VARCHAR)`);

/** SQL: the cell as an id (definitions, section 1: ids): trimmed text, NFC, without the `.0` of a float export. */
export function idSql(c: RawColumn): string {
  const text = `nfc_normalize(${textSql(c)})`;
  return (c.cuts ?? []).reduce((id, cut) => cutSql(id, cut), c.facts.dotZero ? cutSql(text, 'dot') : text);
}

/** SQL: an id without its leading zeros, its case, or the '.0' at its end. */
export function cutSql(id: string, cut: IdCut): string {
  if (cut === 'zeros') return `coalesce(nullif(ltrim(${id}, '0'), ''), left(${id}, 1))`;
  return cut === 'case' ? `lower(${id})` : `regexp_replace(${id}, '\\.0$', '')`;
}

/** SQL: the cell as a number of that type; NULL where it is none, infinite or not a number. */
export function numberSql(c: RawColumn, type = 'DOUBLE', sign?: '.' | ','): string {
  if (isText(c)) return plainFirst(c, parseNumber(c.facts, c.sql, type, sign), type, sign ?? c.facts.decimal?.sign);
  if (c.type === 'BOOLEAN') return `CAST(CAST(${c.sql} AS INTEGER) AS ${type})`;
  if (!isNumber(c)) return `CAST(NULL AS ${type})`;
  if (/DOUBLE|FLOAT/.test(c.type)) return `CASE WHEN isfinite(${c.sql}) THEN TRY_CAST(${c.sql} AS ${type}) END`;
  return `TRY_CAST(${c.sql} AS ${type})`;
}

/**
 * Where every known cell of a column is a number, a plain cast of the cell is either right or nothing (brackets, currencies, groups); the reading of
 * what people write is left for those.
 */
function plainFirst(c: RawColumn, full: string, type: string, sign: '.' | ',' | undefined): string {
  const scale = c.facts.decimal?.scale ?? 0;
  if (c.facts.number < 1 || sign === ',' || scale > 6) return full;
  return `coalesce(CAST(TRY_CAST(${c.sql} AS DECIMAL(18, ${scale})) AS ${type}), ${full})`;
}

/** SQL: the cell as a TIMESTAMP, and whether that is an instant or wall clock. */
export function dateSql(c: RawColumn, dayFirst?: boolean): DateSql {
  // A column of nothing but ISO dates needs no look at each.
  if (isText(c) && c.facts.date === 1 && c.facts.dates.length === 1 && c.facts.dates[0]!.form === 'yyyy-mm-dd') {
    return { ts: `TRY_CAST(${c.sql} AS TIMESTAMP)`, instant: 'false', allInstant: false, noneInstant: true };
  }
  if (isText(c)) return parseDate(c.facts, c.sql, dayFirst);
  if (isMoment(c)) {
    // A raw table holds UTC where the file gave an offset; the facts say so.
    const instant = c.facts.offset;
    const ts = `CAST(${c.sql} AS TIMESTAMP)`;
    return { ts, instant: String(instant), allInstant: instant, noneInstant: !instant };
  }
  return parseDate(c.facts, `CAST(${c.sql} AS VARCHAR)`, dayFirst);
}
