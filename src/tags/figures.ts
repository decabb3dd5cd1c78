import { rows, type Frame } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import type { TagDef } from './define.ts';
import { freshness } from './freshness.ts';
import type { Fresh } from './freshness.ts';
import { summarise } from './summary.ts';
import { isNumeric, tagValueExpr } from './values.ts';

/** Values listed of one tag; `TagInfo.distinct` counts them all. */
const MOST_LISTED = 1000;
/** Numbers that cross from the engine at once: 32 MB. */
const AT_ONCE = 4_000_000;
/** Tags counted by one statement. */
const BRANCHES = 16;
/** Dates over more months than this are listed by year. */
const MOST_MONTHS = 36;

/**
 * The catalogue's line of every tag of a wide table: coverage, distinct values, values (bands of numbers) with their counts, figures, histogram,
 * freshness. Columns of numbers come over whole and are sorted once here: several times cheaper than quantiles and distinct counts in SQL, and the same on
 * every engine. Everything else is grouped in SQL.
 */
export async function describe(engine: Engine, table: string, defs: readonly TagDef[], fresh: Fresh, opts: QueryOptions): Promise<TagInfo[]> {
  const universe = Number((await engine.query(`SELECT count(*) FROM ${table}`, opts)).columns[0]![0]);
  const infos = defs.map((def) => blank(def, universe));
  const numbers = infos.filter((i) => isNumeric(i.type));
  const width = Math.max(1, Math.min(12, Math.floor(AT_ONCE / Math.max(1, universe))));
  // NaN for unknown keeps the column one typed array; no tag is NaN by itself.
  const ask = (part: readonly TagInfo[]): Promise<Frame> =>
    engine.query(`SELECT ${part.map((t) => `coalesce(${ident(t.id)}::DOUBLE, 'nan'::DOUBLE)`).join(', ')} FROM ${table}`, opts);
  const parts = Array.from({ length: Math.ceil(numbers.length / width) }, (_, i) => numbers.slice(i * width, (i + 1) * width));
  // The engine reads the next columns while these are counted.
  let coming = parts[0] && ask(parts[0]);
  for (const [i, part] of parts.entries()) {
    const frame = await coming!;
    coming = parts[i + 1] && ask(parts[i + 1]!);
    // Awaited in the next turn; should this one throw first, its own failure has been told.
    coming?.catch(() => undefined);
    part.forEach((info, k) => {
      const def = defs.find((d) => d.id === info.id)!;
      const { values, ...rest } = summarise(frame.columns[k] as Float64Array, info.type, def.bands);
      Object.assign(info, rest, { values, order: rest.bands?.labels ?? null });
    });
  }
  await countValues(
    engine,
    table,
    defs,
    infos.filter((i) => !isNumeric(i.type)),
    opts,
  );
  await freshness(engine, table, defs, infos, fresh, opts);
  return infos;
}

function blank(def: TagDef, universe: number): TagInfo {
  return {
    id: def.id,
    entity: def.entity,
    title: def.title,
    description: def.description,
    dimension: def.dimension,
    kind: def.kind,
    type: def.type,
    unit: def.unit,
    version: `${def.id}@${def.version ?? '1.0'}`,
    order: Array.isArray(def.order) ? [...def.order] : null,
    values: [],
    distinct: 0,
    known: 0,
    universe,
    figures: null,
    histogram: null,
    bands: null,
    freshness: null,
    needs: [...def.needs],
    nullRule: def.nullRule,
    ...(def.source === undefined ? {} : { source: def.source }),
  };
}

/** Coverage, distinct values and the values with their counts, of tags that are not numbers. */
async function countValues(engine: Engine, table: string, defs: readonly TagDef[], infos: TagInfo[], opts: QueryOptions): Promise<void> {
  if (infos.length === 0) return;
  const basics = infos.map(
    (t) => `count(${ident(t.id)}), ${t.type === 'date' ? `date_diff('month', min(${ident(t.id)}), max(${ident(t.id)}))` : '0'}`,
  );
  const frame = await engine.query(`SELECT ${basics.join(', ')} FROM ${table}`, opts);
  const figure = (i: number) => Number(frame.columns[i]![0] ?? 0);
  // Distinct values are counted as groups: many DISTINCT aggregates in one statement take the engine longer than all else here.
  const selects = infos.flatMap((info, i) => {
    info.known = figure(2 * i);
    if (info.type === 'map' || info.known === 0) return [];
    // Which of month and year a date is listed by is told by the values themselves, so a first one is put there.
    const shown = info.type === 'date' ? { ...info, values: [{ value: figure(2 * i + 1) > MOST_MONTHS ? '2000' : '2000-01', n: 0 }] } : info;
    const value = info.type === 'text' ? `t.${ident(info.id)}` : tagValueExpr(shown, 't');
    const most = info.type === 'text' ? 1 : MOST_LISTED;
    return `SELECT * FROM (SELECT ${literal(info.id)} AS id, value::VARCHAR AS value, count(*) AS n, count(*) OVER () AS groups FROM (SELECT ${value} AS value FROM ${table} t) WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT ${most})`;
  });
  const values = new Map<string, { value: string; n: number }[]>(infos.map((t) => [t.id, []]));
  for (let i = 0; i < selects.length; i += BRANCHES) {
    const counted = await engine.query(selects.slice(i, i + BRANCHES).join('\nUNION ALL '), opts);
    for (const { id, value, n, groups } of rows<{ id: string; value: string; n: number; groups: number }>(counted)) {
      const info = infos.find((t) => t.id === id)!;
      info.distinct = groups;
      if (info.type !== 'text') values.get(id)!.push({ value, n });
    }
  }
  for (const info of infos) {
    const def = defs.find((d) => d.id === info.id)!;
    info.values = inOrder(info, values.get(info.id)!, info.type === 'date' || def.order === 'ascending');
    if (def.order === 'ascending') info.order = info.values.map((v) => v.value);
  }
}

/** Values in the tag's own order (dates and months by time), else commonest first, equal counts by value. */
function inOrder(info: TagInfo, values: { value: string; n: number }[], ascending: boolean): { value: string; n: number }[] {
  const byCount = values.toSorted((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1));
  if (ascending) return byCount.toSorted((a, b) => Number(a.value) - Number(b.value) || (a.value < b.value ? -1 : 1));
  if (!info.order) return byCount;
  const place = (v: string) => (info.order!.includes(v) ? info.order!.indexOf(v) : info.order!.length);
  return byCount.toSorted((a, b) => place(a.value) - place(b.value));
}
