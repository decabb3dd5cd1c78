import type { Rule } from '../core/rule.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Entity } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { TABLE } from './context.ts';

/** A pasted or dropped list as cells. `columns` are the header's names, or "Column 1" …; `at` is where ids most likely stand. */
export interface ListTable {
  columns: string[];
  at: number;
  rows: string[][];
}
const SIGNS = ['\t', ';', ','];
const HEAD = /^(user|product|customer|client|member|account|item|sku|visitor|uid|pid)?[ _-]?(id|no|nr|number|code|编号)?$/i;

/** Lines of an id, or a CSV with a column of ids; a first line that only names columns is a header. Cells may be in double quotes, and are trimmed. */
export function readList(text: string): ListTable {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((l) => l.trim() !== '');
  const sign = SIGNS.find((s) => lines.length > 0 && lines.filter((l) => l.includes(s)).length * 2 >= lines.length);
  const rows = lines.map((l) => (sign ? cells(l, sign) : [bare(l)]));
  const head = rows[0]?.findIndex((c) => c !== '' && HEAD.test(c)) ?? -1;
  const width = rows.reduce((w, r) => Math.max(w, r.length), 0);
  const columns = Array.from({ length: width }, (_, i) => (head >= 0 && rows[0]![i]) || `Column ${i + 1}`);
  return { columns, at: Math.max(0, head), rows: head >= 0 ? rows.slice(1) : rows };
}
const bare = (cell: string): string => {
  const t = cell.trim();
  return t.length > 1 && t.startsWith('"') && t.endsWith('"') ? t.slice(1, -1).replaceAll('""', '"').trim() : t;
};
function cells(line: string, sign: string): string[] {
  if (!line.includes('"')) return line.split(sign).map((c) => c.trim());
  const out: string[] = [];
  let cell = '';
  let quoted = false;
  for (const c of line) {
    if (c === '"') quoted = !quoted;
    if (c === sign && !quoted) {
      out.push(bare(cell));
      cell = '';
    } else cell += c;
  }
  return [...out, bare(cell)];
}

/** The ids of a list's column, empty cells left out. */
export const idsIn = (list: ListTable, column: number): string[] => list.rows.map((r) => r[column] ?? '').filter((id) => id !== '');

/** Every listed id accounted for: `listed` = matched + unknown + doubled, counting lines. `matched` are as they stand in the data. */
export interface IdAccount {
  listed: number;
  matched: string[];
  unknown: string[];
  doubled: string[];
}

/**
 * Which listed ids are in the universe. An id with the apostrophe that exports put before a formula sign matches the id without it, where there is
 * none with it: so an exported list comes back as the same members.
 */
export async function accountFor(engine: Engine, ids: readonly string[], entity: Entity, opts: QueryOptions = {}): Promise<IdAccount> {
  const { table, id } = TABLE[entity];
  const given = ids.map((v) => v.trim()).filter((v) => v !== '');
  const plain = (v: string): string | null => (/^'[=+\-@\t\r]/.test(v) ? v.slice(1) : null);
  const asked = [...new Set(given.flatMap((v) => [v, plain(v) ?? v]))];
  const frame = await engine.query(`SELECT t.${id} FROM ${table} t WHERE t.${id} IN (SELECT i FROM (${listSql(asked)}))`, opts);
  const known = new Set(Array.from(frame.columns[0] ?? [], String));
  const out: IdAccount = { listed: given.length, matched: [], unknown: [], doubled: [] };
  const seen = new Set<string>();
  for (const v of given) {
    const own = known.has(v) ? v : (plain(v) ?? v);
    if (seen.has(own)) out.doubled.push(v);
    else (known.has(own) ? out.matched : out.unknown).push(known.has(own) ? own : v);
    seen.add(own);
  }
  return out;
}

/** A list as text, read and accounted for. */
export interface ReadAccount extends IdAccount {
  columns: string[];
  at: number;
  /** Lines without the header. */
  lines: number;
}
/** Reads a list and accounts for the ids of one column of it; null: the column where ids most likely stand. */
export async function accountOf(engine: Engine, text: string, column: number | null, entity: Entity, opts: QueryOptions = {}): Promise<ReadAccount> {
  const list = readList(text);
  const at = column ?? list.at;
  return { columns: list.columns, at, lines: list.rows.length, ...(await accountFor(engine, idsIn(list, at), entity, opts)) };
}

/** Texts as a SELECT of `i`. One text that is split is read some ten times faster than a list of as many literals. */
function listSql(values: readonly string[]): string {
  const sign = ['\u0001', '\u0002', '\u001f'].find((s) => !values.some((v) => v.includes(s)));
  if (values.length === 0) return `SELECT NULL::VARCHAR AS i WHERE false`;
  return sign ? `SELECT unnest(string_split(${literal(values.join(sign))}, ${literal(sign)})) AS i` : `SELECT unnest(${literal(values)}) AS i`;
}

/** From how many ids on a list is a table of its own, loaded once, instead of a part of each query. */
const LARGE = 500;
export type Lists = ReadonlyMap<readonly string[], string>;

/** Puts the large id lists of these rules into tables of the engine, each once, and names them. Lists are told apart by a hash of their ids. */
export async function loadLists(engine: Engine, refs: readonly (SegmentRef | null | undefined)[], opts: QueryOptions = {}): Promise<Lists> {
  const lists = refs.flatMap((ref) => (ref ? listsIn(ref.rule).filter((ids) => ids.length > LARGE) : []));
  const named = new Map<readonly string[], string>(lists.map((ids) => [ids, `ids_${ids.length}_${hash(ids)}`]));
  if (named.size === 0) return named;
  const frame = await engine.query(`SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'ids_')`, opts);
  const there = new Set(Array.from(frame.columns[0] ?? [], String));
  for (const [ids, name] of named) {
    if (there.has(name)) continue;
    await engine.exec(`CREATE TEMP TABLE IF NOT EXISTS ${ident(name)} AS SELECT DISTINCT i FROM (${listSql(ids.map((v) => v.trim()))})`, opts);
    there.add(name);
  }
  return named;
}

/** All lists of ids in a rule itself, not those of segments that it names. */
export function listsIn(rule: Rule): string[][] {
  if ('all' in rule) return rule.all.flatMap(listsIn);
  if ('any' in rule) return rule.any.flatMap(listsIn);
  if ('not' in rule) return listsIn(rule.not);
  return 'ids' in rule ? [rule.ids] : [];
}

const hashes = new WeakMap<readonly string[], string>();
/** 53 bits of the ids in order (cyrb53), found once for an array: names a list, guards nothing. */
function hash(ids: readonly string[]): string {
  const known = hashes.get(ids);
  if (known) return known;
  const found = cyrb53(ids);
  hashes.set(ids, found);
  return found;
}
/** A long list by its length and hash, a short one as it is. */
export const listKey = (ids: readonly string[]): string | readonly string[] => (ids.length > LARGE ? `${ids.length} ${hash(ids)}` : ids);
function cyrb53(ids: readonly string[]): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const id of ids) {
    for (let i = 0; i <= id.length; i++) {
      const c = i < id.length ? id.charCodeAt(i) : 0x10000;
      a = Math.imul(a ^ c, 2654435761);
      b = Math.imul(b ^ c, 1597334677);
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

/** Members of an id list as a condition on `t`. */
export function idsExpr(ids: string[], lists: Lists | undefined, entity: Entity): string {
  const { key, id, ids: all } = TABLE[entity];
  const table = lists?.get(ids);
  const select = table ? `SELECT i FROM ${ident(table)}` : `SELECT i FROM (${listSql(ids.map((v) => v.trim()))})`;
  return `t.${key} IN (SELECT ${key} FROM ${all} WHERE ${id} IN (${select}))`;
}
