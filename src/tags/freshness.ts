import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import type { TagDef } from './define.ts';

/** Where the planner left the newest event of each kind: per predicate of `TagDef.rows` its column of a table keyed by u or p. */
export interface Fresh {
  cells: string;
  key: 'u' | 'p';
  columns: ReadonlyMap<string, string>;
}
const AT_ONCE = 8;

/**
 * Freshness (definitions, "catalogue figures"): median over the known members of the days since the newest row used; members known without a row (zeros)
 * have none. A tag known for everyone, or for as many as have such a row, shares the median of all who have one; the rest is asked for by itself.
 */
export async function freshness(
  engine: Engine,
  table: string,
  defs: readonly TagDef[],
  infos: TagInfo[],
  { cells, key, columns }: Fresh,
  opts: QueryOptions,
): Promise<void> {
  const kinds = [...columns];
  if (kinds.length === 0) return;
  const days = (column: string) => `ago(c.${column})::INTEGER`;
  const all = await engine.query(`SELECT ${kinds.map(([, c]) => `median(${days(c)}), count(c.${c})`).join(', ')} FROM temp.${ident(cells)} c`, opts);
  const base = new Map(kinds.map(([rows], i) => [rows, { median: all.columns[2 * i]![0], n: Number(all.columns[2 * i + 1]![0]) }]));
  const alone: { info: TagInfo; column: string }[] = [];
  for (const info of infos) {
    const { rows } = defs.find((d) => d.id === info.id)!;
    const known = rows === undefined ? undefined : base.get(rows);
    if (!known || rows === undefined) continue;
    if (info.known === info.universe || info.known === known.n) info.freshness = typeof known.median === 'number' ? known.median : null;
    else if (info.known > 0) alone.push({ info, column: columns.get(rows)! });
  }
  for (let i = 0; i < alone.length; i += AT_ONCE) {
    const part = alone.slice(i, i + AT_ONCE);
    const medians = part.map(({ info, column }) => `median(${days(column)}) FILTER (t.${ident(info.id)} IS NOT NULL)`);
    const answer = await engine.query(`SELECT ${medians.join(', ')} FROM ${table} t JOIN temp.${ident(cells)} c USING (${key})`, opts);
    part.forEach(({ info }, k) => {
      const value = answer.columns[k]![0];
      info.freshness = typeof value === 'number' ? value : null;
    });
  }
}
