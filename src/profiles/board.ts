import type { Entity, TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { TABLE, type RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';
import type { SegmentRef } from '../core/profile.ts';
import { bandCode, isNumeric, tagValueExpr } from '../tags/values.ts';
import { MOST_VALUES } from './cells-sql.ts';

/** No value. */
export const UNKNOWN = 255;
/** One tag as a column of value numbers, by ordinal of the universe. */
export interface BoardTag {
  id: string;
  title: string;
  values: string[];
  codes: Uint8Array;
  /** The numbers themselves (NaN: unknown) of a numeric tag; null of others. */
  numbers: Float64Array | null;
}
/** All tags with values of their own, member by member: what is counted many times over without asking the engine again. */
export interface Board {
  n: number;
  tags: BoardTag[];
}

/** Tags read by one statement. */
const AT_ONCE = 8;
export const OTHER = '(other)';

/** Tags that have one value per member. Sets have several and stay out. */
export const onBoard = (tag: TagInfo): boolean =>
  tag.known > 0 &&
  !['id', 'text', 'map', 'date', 'set'].includes(tag.type) &&
  (tag.bands !== null || (tag.values.length > 1 && !isNumeric(tag.type)));

/** Reads tags as columns of value numbers. Of a tag with more values than a profile shows, the rest is "(other)". `numbers`: with the numbers themselves. */
export async function loadBoard(engine: Engine, entity: Entity, tags: TagInfo[], numbers: boolean, opts: QueryOptions = {}): Promise<Board> {
  const { table, key } = TABLE[entity];
  const out: BoardTag[] = [];
  let n = 0;
  for (let at = 0; at < tags.length; at += AT_ONCE) {
    const part = tags.slice(at, at + AT_ONCE);
    const values = part.map((t) => (t.bands ? t.bands.labels : t.values.slice(0, MOST_VALUES - 1).map((v) => v.value)));
    const select = part.flatMap((t, i) => [
      `coalesce(${code(t, values[i]!)}, ${UNKNOWN})::UTINYINT AS c${i}`,
      ...(numbers && isNumeric(t.type) ? [`t.${ident(t.id)}::DOUBLE AS x${i}`] : []),
    ]);
    const frame = await engine.query(`SELECT ${select.join(', ')} FROM ${table} t ORDER BY t.${key}`, opts);
    n = frame.n;
    const column = (name: string): ArrayLike<unknown> | undefined => frame.columns[frame.names.indexOf(name)];
    part.forEach((t, i) => {
      const x = column(`x${i}`);
      out.push({
        id: t.id,
        title: t.title,
        values: t.bands || t.distinct < MOST_VALUES ? values[i]! : [...values[i]!, OTHER],
        codes: Uint8Array.from(column(`c${i}`) as ArrayLike<number>),
        numbers: x ? Float64Array.from(x as ArrayLike<number | null>, (v) => v ?? NaN) : null,
      });
    });
  }
  return { n, tags: out };
}

/** Number of a member's value among `values`; one past the last for a value not among them, null for unknown. */
function code(tag: TagInfo, values: string[]): string {
  const x = `t.${ident(tag.id)}`;
  if (tag.bands) return bandCode(x, tag.bands);
  const text = tagValueExpr(tag, 't');
  const place = `list_position(${literal(values)}, ${text})`;
  return `CASE WHEN ${x} IS NULL THEN NULL ELSE coalesce(nullif(${place}, 0) - 1, ${values.length}) END`;
}

/** 1 for each member of a segment, by ordinal. */
export async function membersOf(engine: Engine, entity: Entity, ref: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<Uint8Array> {
  const { table, key } = TABLE[entity];
  const frame = await engine.query(`SELECT (t.${key} IN (${membersSql(ref, ctx)}))::UTINYINT AS s FROM ${table} t ORDER BY t.${key}`, opts);
  return Uint8Array.from(frame.columns[0] as ArrayLike<number>);
}
