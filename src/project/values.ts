import { rows } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import type { ValuesOf } from './studio-api.ts';

/**
 * Distinct values with their number of members (tags) or rows (events), commonest first, then by text; at most `limit`.
 * `search` keeps values that contain it, in any case.
 */
export async function valuesOf(
  engine: Engine,
  of: ValuesOf,
  search: string,
  limit: number,
  tags: TagInfo[],
): Promise<{ value: string; n: number }[]> {
  if ('tag' in of) {
    const tag = tags.find((t) => t.id === of.tag && t.entity === of.entity);
    const listed = tag?.values.filter((v) => v.value.toLowerCase().includes(search.toLowerCase())) ?? [];
    if (tag && (tag.distinct <= tag.values.length || tag.bands)) return listed.slice(0, limit);
  }
  const [from, expr] =
    'tag' in of
      ? [`${of.entity}_tags`, ident(of.tag)]
      : 'column' in of
        ? [of.column === 'product_id' ? 'ev0 JOIN product_ids USING (p)' : 'ev', ident(of.column)]
        : ['ev', 'event'];
  const text = `CAST(${expr} AS VARCHAR)`;
  const frame = await engine.query(
    `SELECT ${text} AS value, count(*) AS n FROM ${from} WHERE ${expr} IS NOT NULL AND contains(lower(${text}), lower(${literal(search)})) GROUP BY 1 ORDER BY n DESC, 1 LIMIT ${Math.floor(limit)}`,
  );
  return rows<{ value: string; n: number }>(frame);
}
