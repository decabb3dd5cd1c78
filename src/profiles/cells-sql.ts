import { rows, type Frame } from '../core/frame.ts';
import type { Weight } from '../core/profile.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { bandCode, tagValueExpr } from '../tags/values.ts';
import type { Groups } from './groups.ts';

/** Sums over the members of one group with one value: how many, their weights w, w², and w times the weight of all their known values (w² where a member has one value). */
export interface Mass {
  n: number;
  w: number;
  w2: number;
  wx: number;
}
/** One value of one tag in S, in B and in both. */
export interface CountRow {
  value: string;
  s: Mass;
  b: Mass;
  both: Mass;
}
/** All of one tag: known in S, B and both, and its values, largest baseline first. */
export interface TagCounts {
  known: { s: Mass; b: Mass; both: Mass };
  values: CountRow[];
}

/** Values shown of one tag; the rest of a longer list is pooled as "(other)". */
export const MOST_VALUES = 100;
const OTHER = '(other)';
/** Tags counted by one statement. */
const AT_ONCE = 12;

/** SELECT list of the masses of S, B and both: n, w, v = w² per group. */
export function masses(weight: string | null): string {
  return (['s', 'b', 's AND b'] as const)
    .map((g, i) => {
      const own = `count(*) FILTER (${g})::INTEGER AS n${i}`;
      return weight ? `${own}, coalesce(round(fsum(w) FILTER (${g}), 6), 0) AS w${i}, coalesce(fsum(w * w) FILTER (${g}), 0) AS v${i}` : own;
    })
    .join(', ');
}

/** Reads the masses of any row of an answer with the columns of `masses`. */
export function massReader(frame: Frame): (r: number) => { s: Mass; b: Mass; both: Mass } {
  const column = (name: string): ArrayLike<unknown> | undefined => frame.columns[frame.names.indexOf(name)];
  const groups = [0, 1, 2].map((i) => ({ n: column(`n${i}`)!, w: column(`w${i}`), v: column(`v${i}`) }));
  const of = ({ n, w, v }: (typeof groups)[number], r: number): Mass => {
    const count = Number(n[r]);
    const w2 = v ? Number(v[r]) : count;
    return { n: count, w: w ? Number(w[r]) : count, w2, wx: w2 };
  };
  return (r) => ({ s: of(groups[0]!, r), b: of(groups[1]!, r), both: of(groups[2]!, r) });
}

/** Number of the band that x falls in. */
export function bandIndex({ edges, leftClosed }: NonNullable<TagInfo['bands']>, x: number): number {
  const i = edges.findIndex((e) => (leftClosed ? x < e : x <= e));
  return i < 0 ? edges.length : i;
}

/** SELECT of the counts per value of a tag; a null value counts the unknown. Sets also give a row that counts the known. */
export function tagCountsSql(tag: TagInfo, index: number, from: string, weight: string | null): string {
  const w = weight ? `, ${weight} AS w` : '';
  const x = `t.${ident(tag.id)}`;
  const head = (kind: string, v: string): string => `SELECT ${index} AS i, ${kind} AS kind, ${v}::VARCHAR AS v, ${masses(weight)}`;
  const value = tag.bands ? bandCode(x, tag.bands) : tagValueExpr(tag, 't');
  const values = `${head("'v'", 'v')} FROM (SELECT ${value} AS v, s, b${w} ${from}) GROUP BY v`;
  if (tag.type !== 'set') return values;
  return `${values} UNION ALL ${head("'k'", 'NULL')} FROM (SELECT s, b${w} ${from} WHERE ${x} IS NOT NULL)`;
}

export interface CountRaw {
  i: number;
  kind: string;
  v: string | null;
  [mass: string]: number | string | null;
}
const massOf = (r: CountRaw, i: number): Mass => {
  const n = Number(r[`n${i}`]);
  const w = r[`w${i}`] === undefined ? n : Number(r[`w${i}`]);
  const w2 = r[`v${i}`] === undefined ? n : Number(r[`v${i}`]);
  return { n, w, w2, wx: r[`x${i}`] === undefined ? w2 : Number(r[`x${i}`]) };
};
export const NO_MASS: Mass = { n: 0, w: 0, w2: 0, wx: 0 };
export const plus = (a: Mass, b: Mass): Mass => ({ n: a.n + b.n, w: a.w + b.w, w2: a.w2 + b.w2, wx: a.wx + b.wx });
export const minus = (a: Mass, b: Mass): Mass => ({ n: a.n - b.n, w: a.w - b.w, w2: a.w2 - b.w2, wx: a.wx - b.wx });
export const sum = (list: { s: Mass; b: Mass; both: Mass }[]): TagCounts['known'] =>
  list.reduce((t, r) => ({ s: plus(t.s, r.s), b: plus(t.b, r.b), both: plus(t.both, r.both) }), { s: NO_MASS, b: NO_MASS, both: NO_MASS });

/** The weight of a member, as SQL over t; null where everyone counts one. */
export function weightSql(weight: Weight, entity: Groups['entity']): string | null {
  return weight === 'revenue' ? `coalesce(t.${entity === 'user' ? 'monetary' : 'revenue'}, 0)::DOUBLE` : null;
}

/** The statements that count every value of every tag, a few for all of them. */
export function countStatements(tags: TagInfo[], from: string, weight: string | null): string[] {
  const out: string[] = [];
  for (let at = 0; at < tags.length; at += AT_ONCE) {
    out.push(
      tags
        .slice(at, at + AT_ONCE)
        .map((t, i) => tagCountsSql(t, at + i, from, weight))
        .join('\nUNION ALL '),
    );
  }
  return out;
}

/** Counts of every value of every tag in both groups, a few statements for all of them. Tags keep their order. */
export async function countTags(
  engine: Engine,
  tags: TagInfo[],
  groups: Groups,
  weight: Weight,
  opts: QueryOptions,
): Promise<{ counts: TagCounts[]; sql: string[] }> {
  const raw: CountRaw[] = [];
  const sql = countStatements(tags, groups.from, weightSql(weight, groups.entity));
  for (const statement of sql) raw.push(...rows<CountRaw>(await engine.query(statement, opts)));
  const byTag = tags.map((): CountRaw[] => []);
  for (const r of raw) byTag[r.i]!.push(r);
  return { counts: tags.map((tag, i) => gather(tag, byTag[i]!)), sql };
}

/** Rows of one tag put together, in the tag's own order (bands, weekdays) or the commonest first; a row of kind 'k' tells the known where values do not add up to them. */
export function gather(tag: Pick<TagInfo, 'bands' | 'order'>, raw: CountRaw[]): TagCounts {
  const of = (r: CountRaw) => ({ s: massOf(r, 0), b: massOf(r, 1), both: massOf(r, 2) });
  const label = (v: string): string => (tag.bands ? tag.bands.labels[Number(v)]! : v);
  const values = raw.filter((r) => r.kind === 'v' && r.v !== null).map((r): CountRow => ({ value: label(r.v!), ...of(r) }));
  const known = raw.find((r) => r.kind === 'k');
  return arrange(values, known ? of(known) : null, tag.bands?.labels ?? tag.order);
}

/** Counted values of one tag, in the order given or the largest baseline first; those beyond MOST_VALUES as one. `known` where they do not add up to it. */
export function arrange(counted: CountRow[], known: TagCounts['known'] | null, order: string[] | null): TagCounts {
  const values = counted.filter((r) => r.s.n > 0 || r.b.n > 0).sort((x, y) => y.b.n - x.b.n || y.s.n - x.s.n || (x.value < y.value ? -1 : 1));
  return { known: known ?? sum(values), values: inOrder(pooled(values), order) };
}

function inOrder(values: CountRow[], order: string[] | null): CountRow[] {
  if (!order) return values;
  const at = new Map(order.map((v, i) => [v, i]));
  const place = (r: CountRow): number => at.get(r.value) ?? order.length;
  return values.toSorted((x, y) => place(x) - place(y));
}

function pooled(values: CountRow[]): CountRow[] {
  if (values.length <= MOST_VALUES) return values;
  const rest = values.slice(MOST_VALUES - 1);
  return [...values.slice(0, MOST_VALUES - 1), { value: OTHER, ...sum(rest) }];
}
