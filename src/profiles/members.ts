import { TesseraError } from '../core/errors.ts';
import type { Value } from '../core/frame.ts';
import type { MembersPage, SegmentRef } from '../core/profile.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { entityOf, TABLE, tagOf, type RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';

export interface PageRequest {
  /** Tags as columns, after the id; for products also `name`. */
  tags: string[];
  sort: { by: string; dir: 'asc' | 'desc' } | null;
  offset: number;
  limit: number;
}

/** One page of a segment's members with tags as columns, sorted by one of them (unknown last, ties by id). Rows about single users: for the screen only. */
export async function members(
  engine: Engine,
  ref: SegmentRef,
  { tags, sort, offset, limit }: PageRequest,
  ctx: RuleContext,
  opts: QueryOptions = {},
): Promise<MembersPage> {
  const entity = entityOf(ref);
  const { table, key, id } = TABLE[entity];
  const named = entity === 'product';
  const exists = (name: string): boolean => name === id || (named && name === 'name') || tagOf(ctx, entity, name) !== undefined;
  const unknown = [...tags, ...(sort ? [sort.by] : [])].find((t) => !exists(t));
  if (unknown !== undefined)
    throw new TesseraError('RULE_UNKNOWN_TAG', `There is no ${entity} tag “${unknown}” in this data.`, {
      next: 'Choose another column.',
      where: { tag: unknown },
    });
  const columns = [id, ...tags.filter((t) => t !== id)];
  const at = (name: string): string => (named && name === 'name' ? 'g."name"' : `t.${ident(name)}`);
  const order = sort ? `${at(sort.by)} ${sort.dir === 'asc' ? 'ASC' : 'DESC'} NULLS LAST, t.${key}` : `t.${key}`;
  const sql = membersSql(ref, ctx);
  const join = named ? ` LEFT JOIN product_base g USING (${key})` : '';
  const counted = await engine.query(`SELECT count(*) AS n FROM (${sql})`, opts);
  const n = Number(counted.columns[0]![0]);
  if (offset >= n) return { n, columns, rows: [] };
  const frame = await engine.query(
    `SELECT ${columns.map(at).join(', ')} FROM ${table} t${join} WHERE t.${key} IN (${sql}) ORDER BY ${order} LIMIT ${Math.floor(limit)} OFFSET ${Math.floor(offset)}`,
    opts,
  );
  return { n, columns, rows: Array.from({ length: frame.n }, (_, r) => frame.columns.map((c) => flat(c[r] as Value))) };
}

/** A value as one cell: a set as its members, a table of shares as its first three. */
export function flat(value: Value | undefined): string | number | boolean | null {
  if (value === null || value === undefined || typeof value !== 'object') return value ?? null;
  if (Array.isArray(value)) return (value.some(isShare) ? value.slice(0, 3) : value).map((v) => String(flat(v))).join(', ');
  return isShare(value)
    ? `${value.value} ${Math.round(value.share * 100)} %`
    : Object.values(value)
        .map((v) => String(flat(v)))
        .join(' ');
}
const isShare = (v: Value): v is { value: string; share: number } =>
  typeof v === 'object' && v !== null && 'value' in v && 'share' in v && typeof v.share === 'number';
