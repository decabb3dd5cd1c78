import type { Similar } from '../core/card-more.ts';
import { rows, type Value } from '../core/frame.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { TABLE, type RuleContext } from '../segments/context.ts';
import { bandCode, isNumeric } from '../tags/values.ts';
import { bandIndex } from './cells-sql.ts';

const MOST = 8;
const SHARED = 4;
/** A value that more than this share of the known have tells little of two who share it. */
const RARE = 0.25;

/** Tags that say what somebody is like: those with a few values, sets and banded numbers. */
const compared = (tag: TagInfo, entity: Entity): boolean =>
  tag.entity === entity &&
  tag.kind !== 'model' &&
  tag.known > 0 &&
  (tag.bands
    ? tag.bands.labels.length > 1
    : (['enum', 'boolean'].includes(tag.type) && tag.distinct > 1 && tag.distinct <= 200) || tag.type === 'set');

/** Agreement of a tag with a value, 0 to 1, null where unknown. */
function agreement(tag: TagInfo, value: Value): string | null {
  const x = `t.${ident(tag.id)}`;
  if (tag.bands && typeof value === 'number') {
    const mine = bandIndex(tag.bands, value);
    return `1 - abs((${bandCode(x, tag.bands)})::INTEGER - ${mine}) / ${tag.bands.labels.length - 1}.0`;
  }
  if (tag.type === 'set' && Array.isArray(value)) {
    if (value.length === 0) return null;
    const own = `${literal(value.map(String))}::VARCHAR[]`;
    const theirs = `${x}::VARCHAR[]`;
    return `CASE WHEN ${x} IS NOT NULL THEN len(list_intersect(${theirs}, ${own})) / nullif(len(list_distinct(list_concat(${theirs}, ${own}))), 0)::DOUBLE END`;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return `(${x}::VARCHAR = ${literal(String(value))})::INTEGER`;
  return null;
}

/**
 * The members most like one (Gower 1971): mean agreement over the tags known for both; equal values count 1, numbers 1 less the bands they are apart, sets
 * their shared part (Jaccard 1901). Only members who know at least half of the tags. Ties by id. With each what they share that few have.
 */
export async function similar(engine: Engine, entity: Entity, id: string, ctx: RuleContext, opts: QueryOptions = {}): Promise<Similar> {
  const { table, key, id: idColumn } = TABLE[entity];
  const tags = ctx.tags.filter((t) => compared(t, entity));
  if (tags.length === 0) return { tags: 0, members: [] };
  const columns = tags.map((t) => `t.${ident(t.id)}`).join(', ');
  const own = rows<Record<string, Value>>(
    await engine.query(`SELECT t.${key} AS "#", ${columns} FROM ${table} t WHERE ${ident(idColumn)} = ${literal(id)}`, opts),
  )[0];
  if (!own) return { tags: 0, members: [] };
  const used = tags.flatMap((tag) => {
    const sql = agreement(tag, own[tag.id] ?? null);
    return sql ? [{ tag, sql }] : [];
  });
  if (used.length === 0) return { tags: 0, members: [] };
  const parts = used.map((u, i) => `${u.sql} AS a${i}`).join(', ');
  const total = used.map((_, i) => `coalesce(a${i}, 0)`).join(' + ');
  const known = used.map((_, i) => `(a${i} IS NOT NULL)::INTEGER`).join(' + ');
  const found = rows<{ k: number; score: number; known: number }>(
    await engine.query(
      `SELECT k, score / known AS score, known FROM (SELECT k, (${total})::DOUBLE AS score, ${known} AS known FROM (SELECT t.${key} AS k, ${parts} FROM ${table} t WHERE t.${key} <> ${Number(own['#'])})) WHERE known >= ${used.length / 2} ORDER BY score / known DESC, known DESC, k LIMIT ${MOST}`,
      opts,
    ),
  );
  if (found.length === 0) return { tags: used.length, members: [] };
  const name = entity === 'product' ? ', g.name::VARCHAR AS "#name"' : '';
  const join = entity === 'product' ? ' LEFT JOIN product_base g USING (p)' : '';
  const theirs = rows<Record<string, Value>>(
    await engine.query(
      `SELECT t.${key} AS "#", t.${ident(idColumn)} AS "#id"${name}, ${columns} FROM ${table} t${join} WHERE t.${key} IN (${found.map((f) => f.k).join(', ')})`,
      opts,
    ),
  );
  return {
    tags: used.length,
    members: found.map((f) => {
      const row = theirs.find((r) => r['#'] === f.k)!;
      const title = row['#name'];
      return {
        id: String(row['#id']),
        title: typeof title === 'string' && title ? title : String(row['#id']),
        similarity: f.score,
        of: f.known,
        shared: sharedOf(
          used.map((u) => u.tag),
          own,
          row,
        ),
      };
    }),
  };
}

function sharedOf(tags: TagInfo[], own: Record<string, Value>, other: Record<string, Value>): { title: string; value: string }[] {
  return tags
    .flatMap((tag) => {
      const [x, y] = [own[tag.id], other[tag.id]];
      if (x === null || y === null || x === undefined || y === undefined || Array.isArray(x)) return [];
      const label = (v: Value): string =>
        tag.bands && isNumeric(tag.type) && typeof v === 'number' ? tag.bands.labels[bandIndex(tag.bands, v)]! : String(v);
      if (label(x) !== label(y)) return [];
      const n = tag.values.find((v) => v.value === label(x))?.n ?? 0;
      const share = tag.known > 0 ? n / tag.known : 1;
      return share > 0 && share <= RARE ? [{ title: tag.title, value: label(x), share }] : [];
    })
    .sort((a, b) => a.share - b.share)
    .slice(0, SHARED)
    .map(({ title, value }) => ({ title, value }));
}
