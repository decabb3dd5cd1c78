import { column, rows } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { quantileCut } from './bands.ts';
import type { TagDef } from './define.ts';
import { binExpr, binsOf } from './histogram.ts';
import type { Bins } from './histogram.ts';
import { bandExpr, isNumeric, tagValueExpr } from './values.ts';
import type { Cut } from './values.ts';

/** Values listed of one tag; `TagInfo.distinct` counts them all. */
export const MOST_LISTED = 1000;
/** Tags described by one statement: more would hold the quantiles of too many columns in memory at once. */
const AT_ONCE = 8;
const QUANTILES = [0.01, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 0.8, 0.99];

interface Basics {
  id: string;
  known: number;
  dist: number;
  lo: number | null;
  hi: number | null;
  mean: number | null;
  q: number[] | null;
  years: number | null;
}

function basicsSql(def: TagDef, table: string): string {
  const x = ident(def.id);
  const id = `${literal(def.id)} AS id, count(${x}) AS known`;
  const none = 'NULL::DOUBLE AS lo, NULL::DOUBLE AS hi, NULL::DOUBLE AS mean, NULL::DOUBLE[] AS q';
  if (isNumeric(def.type)) {
    const list = `quantile_cont(${x}::DOUBLE, [${QUANTILES.join(', ')}])`;
    return `SELECT ${id}, count(DISTINCT ${x}) AS dist, min(${x})::DOUBLE AS lo, max(${x})::DOUBLE AS hi, avg(${x})::DOUBLE AS mean, ${list} AS q, NULL::DOUBLE AS years FROM ${table}`;
  }
  const distinct =
    def.type === 'set'
      ? `(SELECT count(DISTINCT m) FROM (SELECT unnest(${x}) AS m FROM ${table}))`
      : def.type === 'map'
        ? '0'
        : `count(DISTINCT ${x})`;
  const years = def.type === 'date' ? `date_diff('month', min(${x}), max(${x}))::DOUBLE` : 'NULL::DOUBLE';
  return `SELECT ${id}, ${distinct} AS dist, ${none}, ${years} AS years FROM ${table}`;
}

/** Runs SELECTs of equal shape side by side, a few at a time. */
async function together<T extends object>(engine: Engine, selects: string[], atOnce: number, opts: QueryOptions): Promise<T[]> {
  const out: T[] = [];
  for (let i = 0; i < selects.length; i += atOnce) out.push(...rows<T>(await engine.query(selects.slice(i, i + atOnce).join('\nUNION ALL '), opts)));
  return out;
}

/** Bands of a number: its own, or cut at its quantiles. */
function cutOf(def: TagDef, b: Basics): Cut | null {
  if (!isNumeric(def.type) || def.bands === undefined || b.q === null || b.lo === null || b.hi === null) return null;
  if (def.bands !== 'quantiles') return { edges: def.bands.edges, labels: def.bands.labels, leftClosed: def.bands.leftClosed ?? false };
  return quantileCut([b.q[1]!, b.q[3]!, b.q[5]!, b.q[7]!], b.lo, b.hi, def.type);
}

/**
 * The catalogue's line of every tag of a wide table: coverage, distinct values, values (bands of numbers) with their counts, figures, histogram,
 * freshness (median days since the newest event used, over the known who have one). `fresh` gives per `rows` predicate its column of `cells`.
 */
export async function describe(
  engine: Engine,
  table: string,
  key: 'u' | 'p',
  defs: readonly TagDef[],
  fresh: { cells: string; columns: Map<string, string> },
  opts: QueryOptions,
): Promise<TagInfo[]> {
  if (defs.length === 0) return [];
  const universe = Number(column(await engine.query(`SELECT count(*) AS n FROM ${table}`, opts), 'n')[0]);
  const basics = new Map(
    (
      await together<Basics>(
        engine,
        defs.map((d) => basicsSql(d, table)),
        AT_ONCE,
        opts,
      )
    ).map((b) => [b.id, b]),
  );
  const infos = defs.map((def) => infoOf(def, basics.get(def.id)!, universe));

  const bins = new Map<string, Bins>();
  const selects = infos.flatMap((info) => {
    const b = basics.get(info.id)!;
    const count = (what: string, value: string, where: string) =>
      `SELECT * FROM (SELECT ${literal(info.id)} AS id, ${what} AS what, value::VARCHAR AS value, count(*) AS n FROM (SELECT ${value} AS value FROM ${table} WHERE ${where}) WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT ${MOST_LISTED})`;
    const out: string[] = [];
    const x = ident(info.id);
    const dated = info.type === 'date' ? { ...info, values: [{ value: (b.years ?? 0) > 36 ? '2000' : '2000-01', n: 0 }] } : info;
    if (info.bands) out.push(count("'v'", bandExpr(`${x}`, info.bands), `${x} IS NOT NULL`));
    else if (!isNumeric(info.type) && info.type !== 'map' && info.type !== 'text')
      out.push(count("'v'", tagValueExpr(dated, table), `${x} IS NOT NULL`));
    const histogram = isNumeric(info.type) && b.q ? binsOf({ min: b.lo!, p01: b.q[0]!, p99: b.q[8]!, max: b.hi! }, info.type === 'int') : null;
    if (histogram) {
      bins.set(info.id, histogram);
      out.push(count("'h'", binExpr(x.text, histogram), `${x} IS NOT NULL`));
    }
    return out;
  });
  const counts = await together<{ id: string; what: string; value: string; n: number }>(engine, selects, 24, opts);
  const byTag = new Map<string, typeof counts>(infos.map((i) => [i.id, []]));
  for (const c of counts) byTag.get(c.id)?.push(c);
  for (const info of infos) {
    const own = byTag.get(info.id) ?? [];
    info.values = inOrder(
      info,
      own.filter((c) => c.what === 'v').map(({ value, n }) => ({ value, n })),
    );
    const h = bins.get(info.id);
    if (h) {
      const n = new Array<number>(h.edges.length - 1).fill(0);
      for (const c of own) if (c.what === 'h') n[Number(c.value)] = c.n;
      info.histogram = { edges: h.edges, counts: n };
    }
  }
  await freshen(engine, table, key, defs, infos, fresh, opts);
  return infos;
}

function infoOf(def: TagDef, b: Basics, universe: number): TagInfo {
  const cut = cutOf(def, b);
  const q = b.q;
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
    order: cut?.labels ?? (def.order ? [...def.order] : null),
    values: [],
    distinct: b.dist,
    known: b.known,
    universe,
    figures: q && b.lo !== null ? { min: b.lo, q1: q[2]!, median: q[4]!, q3: q[6]!, max: b.hi!, mean: b.mean! } : null,
    histogram: null,
    bands: cut,
    freshness: null,
    needs: [...def.needs],
    nullRule: def.nullRule,
  };
}

/** Values in the tag's own order (bands all of them, dates by time), else commonest first. */
function inOrder(info: TagInfo, values: { value: string; n: number }[]): { value: string; n: number }[] {
  if (info.bands) {
    const n = new Map(values.map((v) => [v.value, v.n]));
    return info.bands.labels.map((value) => ({ value, n: n.get(value) ?? 0 }));
  }
  if (info.type === 'date') return values.toSorted((a, b) => (a.value < b.value ? -1 : 1));
  if (!info.order) return values;
  const place = (v: string) => {
    const i = info.order!.indexOf(v);
    return i < 0 ? info.order!.length : i;
  };
  return values.toSorted((a, b) => place(a.value) - place(b.value));
}

async function freshen(
  engine: Engine,
  table: string,
  key: 'u' | 'p',
  defs: readonly TagDef[],
  infos: TagInfo[],
  fresh: { cells: string; columns: Map<string, string> },
  opts: QueryOptions,
): Promise<void> {
  const dated = defs.flatMap((d) => {
    const at = d.rows === undefined ? undefined : fresh.columns.get(d.rows);
    return at ? [{ id: d.id, at }] : [];
  });
  for (let i = 0; i < dated.length; i += AT_ONCE * 2) {
    const part = dated.slice(i, i + AT_ONCE * 2);
    const medians = part.map((t, k) => `median(ago(c.${t.at})::INTEGER) FILTER (t.${ident(t.id)} IS NOT NULL) AS m${k}`);
    const answer = await engine.query(`SELECT ${medians.join(', ')} FROM ${table} t JOIN temp.${ident(fresh.cells)} c USING (${key})`, opts);
    part.forEach((t, k) => {
      const value = answer.columns[k]![0];
      const info = infos.find((x) => x.id === t.id)!;
      if (typeof value === 'number') info.freshness = value;
    });
  }
}
