import type { Contradiction, Note } from '../core/files.ts';
import type { Value } from '../core/frame.ts';
import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import type { EntityColumn, EntityContext } from './entities.ts';
import { typed } from './entity-schema.ts';
import type { Col, FilePlan } from './plan.ts';
import { col } from './plan.ts';
import { tablesOf } from './role-words.ts';
import { plural } from './say.ts';

type Table = Contradiction['table'];
const KEY = { users: ['u', 'user_id'], products: ['p', 'product_id'] } as const;
/** Members shown of each contradiction. */
export const SHOWN = 3;
/** Nobody has two of these. Everything else may have changed between two rows. */
const FIXED: readonly Role[] = ['gender', 'age', 'birth_date', 'signup_at', 'signup_channel', 'referrer_id', 'launched_at', 'brand'];
/** Tells who somebody is: the report names the line, never the value. */
const PERSONAL: readonly Role[] = ['name', 'email', 'phone', 'birth_date', 'postcode'];
const TITLES: Partial<Record<Role, string>> = {
  signup_at: 'sign-up date',
  signup_channel: 'sign-up channel',
  launched_at: 'launch date',
  referrer_id: 'referrer',
};
const titleOf = (x: EntityColumn): string =>
  x.role === null || x.role === 'label' ? x.name.replace(/^attr:/, '') : (TITLES[x.role] ?? x.role.replaceAll('_', ' '));

/** One column that contradicts itself, on its way to the report: who, by `bad` (SELECT of k), and what was said, by `rows` (SELECT k, v, src, line). */
export interface Doubtful {
  table: Table;
  column: EntityColumn;
  n: number;
  takes: Contradiction['takes'];
  bad: string;
  rows: string;
}

/** Columns of rows that repeat an id and do not agree, from the table of rows `entity_rows`: one pass over the ids that repeat. */
export async function doubtfulRows(engine: Engine, table: Table, columns: readonly EntityColumn[], opts?: QueryOptions): Promise<Doubtful[]> {
  const [key] = KEY[table];
  const name = (x: EntityColumn): string => ident(x.name).text;
  const differ = columns.map((x, i) => `, min(${name(x)}) < max(${name(x)}) AS d${i}`).join('');
  const again = `SELECT ${key} FROM entity_rows WHERE ${key} IS NOT NULL GROUP BY ${key} HAVING count(*) > 1`;
  const frame = await engine.query(
    `SELECT ${columns.map((_, i) => `count(*) FILTER (d${i})`).join(', ')} FROM (SELECT ${key}${differ} FROM entity_rows WHERE ${key} IN (${again}) GROUP BY ${key})`,
    opts,
  );
  return columns.flatMap((x, i): Doubtful[] => {
    const n = Number((frame.columns[i] as ArrayLike<Value>)[0]);
    const known = `${key} IS NOT NULL AND ${name(x)} IS NOT NULL`;
    return n === 0
      ? []
      : [
          {
            ...{ table, column: x, n, takes: 'last row' },
            bad: `SELECT ${key} AS k FROM entity_rows WHERE ${known} GROUP BY ${key} HAVING min(${name(x)}) < max(${name(x)})`,
            rows: `SELECT ${key} AS k, CAST(${name(x)} AS VARCHAR) AS v, src, line FROM entity_rows WHERE ${known}`,
          },
        ];
  });
}

/**
 * What files of events say of users or products that have a table of their own, against that table: only roles that belong to it alone, and only
 * files where such a column stands are read. Leaves temp.said_<place> for the examples.
 */
export async function doubtfulEvents(
  engine: Engine,
  table: Table,
  own: readonly EntityColumn[],
  files: readonly FilePlan[],
  c: EntityContext,
): Promise<Doubtful[]> {
  const [key, role] = KEY[table];
  const out: Doubtful[] = [];
  for (const x of own) {
    if (x.role === null || x.role === 'label' || x.role === role || tablesOf(x.role).filter((t) => t !== 'outcomes').length > 1) continue;
    const from = new Map(
      files.flatMap((f): [FilePlan, Col][] => (col(f, x.role!)?.sql.startsWith('f.') && col(f, role) ? [[f, col(f, x.role!)!]] : [])),
    );
    if (from.size === 0) continue;
    const said = await typed(engine, x.role, [...from.values()], c.zone, c.opts);
    if (said.kind !== x.kind) continue;
    const as = said.kind === 'number' || said.kind === 'money' ? 'DOUBLE' : 'VARCHAR';
    const parts = [...from].map(([f, column]) => {
      const id = c.dictionary.lookup(col(f, role)!, 'i');
      return `SELECT ${id.ordinal} AS k, CAST(${said.of(column)} AS ${as}) AS v, ${f.src} AS src, max(f.line) AS line FROM ${f.table} f ${f.join} ${id.join} GROUP BY 1, 2`;
    });
    const name = ident(x.name).text;
    const place = `temp.said_${out.length}`;
    await engine.exec(
      `CREATE OR REPLACE TEMP TABLE said_${out.length} AS SELECT s.k, CAST(s.v AS VARCHAR) AS v, s.src, s.line FROM (${parts.join(' UNION ALL ')}) s JOIN z.n_${table} t ON t.${key} = s.k WHERE CAST(t.${name} AS ${as}) <> s.v`,
      c.opts,
    );
    const frame = await engine.query(`SELECT count(DISTINCT k) FROM ${place}`, c.opts);
    const n = Number((frame.columns[0] as ArrayLike<Value>)[0]);
    const column = { ...x, sources: new Map([...x.sources, ...from]) };
    out.push({ table, column, n, takes: 'own file', bad: `SELECT DISTINCT k FROM ${place}`, rows: `SELECT k, v, src, line FROM ${place}` });
  }
  return out;
}

/** Drops what `doubtfulEvents` left. */
export async function dropSaid(engine: Engine, found: readonly Doubtful[]): Promise<void> {
  for (let i = 0; i < found.length; i++) await engine.exec(`DROP TABLE IF EXISTS temp.said_${i}`);
}

/** Doubtful columns with their first members by id, in one statement for all of them. `taken` is SQL of (k, v): the value that counts. */
export async function withExamples(
  engine: Engine,
  found: readonly Doubtful[],
  c: EntityContext,
  files: readonly FilePlan[],
  taken: (x: Doubtful) => string = ({ table, column }) =>
    `SELECT ${KEY[table][0]} AS k, CAST(${ident(column.name).text} AS VARCHAR) AS v FROM z.n_${table}`,
): Promise<Contradiction[]> {
  const some = found.filter((x) => x.n > 0);
  if (some.length === 0) return [];
  const parts = some.map((x, i) => {
    const [key, id] = KEY[x.table];
    return (
      `SELECT ${i} AS i, b.k, d.${id} AS id, t.v AS taken, r.v, r.src, max(r.line) AS line FROM (SELECT k FROM (${x.bad}) ORDER BY k LIMIT ${SHOWN}) b ` +
      `JOIN (${x.rows}) r ON r.k = b.k JOIN ${c.dictionary.table} d ON d.${key} = b.k LEFT JOIN (${taken(x)}) t ON t.k = b.k GROUP BY ALL`
    );
  });
  const frame = await engine.query(`SELECT i, id, taken, v, src, line FROM (${parts.join(' UNION ALL ')}) ORDER BY i, k, src, line, v`, c.opts);
  const [at, ids, takens, values, srcs, lines] = frame.columns as unknown as ArrayLike<Value>[];
  const out = some.map(({ table, column, n, takes }): Contradiction => {
    const { name, role, sources } = column;
    return {
      ...{ table, column: name, role, title: titleOf(column), n, fixed: role !== null && FIXED.includes(role), takes },
      from: [...sources.values()].map((x) => x.title),
      examples: [],
    };
  });
  const shown = (x: Contradiction, v: Value): string | null =>
    v === null || v === undefined || (x.role !== null && PERSONAL.includes(x.role) && !(x.role === 'name' && x.table === 'products'))
      ? null
      : String(v).replace(/( 00:00:00|\.0+)$/, '');
  for (let row = 0; row < frame.n; row++) {
    const x = out[Number(at![row])]!;
    const id = String(ids![row]);
    let example = x.examples.find((e) => e.id === id);
    if (!example) x.examples.push((example = { id, taken: shown(x, takens![row]!), said: [] }));
    example.said.push({ value: shown(x, values![row]!), file: files.find((f) => f.src === srcs![row])?.facts.name ?? '', line: Number(lines![row]) });
  }
  return out;
}

const TAKEN: Record<Contradiction['takes'], string> = {
  'last row': 'Of the files in their order and their lines, the last known value counts.',
  'last dated': 'The last known value by the time of its event counts, before the as-of date.',
  'most rows': 'What most rows say counts; where two are as frequent, the later one.',
  'own file': 'What the table of its own says counts, not what the events say.',
};

/** One note per column: how many, and which value counts. Ids and values stay out of it. */
export function contradictionNotes(found: readonly Contradiction[]): Note[] {
  return found.map((x) => ({
    id: `differs:${x.table}:${x.column}:${x.takes}`,
    level: x.fixed ? 'warn' : 'info',
    title: `${plural(x.n, x.table === 'users' ? 'user' : 'product')} ${x.n === 1 ? 'has' : 'have'} more than one ${x.title}`,
    detail: `${TAKEN[x.takes]}${x.fixed ? '' : ' It may have changed between the rows.'}`,
  }));
}
