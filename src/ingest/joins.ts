import type { IdCut, JoinReport, Note } from '../core/files.ts';
import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { FilePlan } from './plan.ts';
import { count, percent, plural } from './say.ts';
import { cutSql } from './raw.ts';

/** One join to report: rows of `from` with an id, and the ids of `to`. */
interface Join {
  from: FilePlan[];
  to: FilePlan[];
  rows: string;
  things: string;
  key: 'u' | 'p';
  one: string;
  ids: string;
  table: string;
  back: string;
}

const titles = (files: readonly FilePlan[]): string => (files.length === 1 ? files[0]!.facts.name : `${files.length} files`);
const one = async (engine: Engine, sql: string, opts?: QueryOptions): Promise<number[]> =>
  (await engine.query(sql, opts)).columns.map((c) => Number((c as ArrayLike<Value>)[0] ?? 0));

/** How events, links and outcomes join the tables of users and products that have files of their own, both ways, and offers where ids nearly match. */
export async function joinReports(
  engine: Engine,
  has: { events: FilePlan[]; users: FilePlan[]; products: FilePlan[]; edges: FilePlan[]; outcomes: FilePlan[] },
  opts?: QueryOptions,
): Promise<{ joins: JoinReport[]; notes: Note[] }> {
  const wanted: Join[] = [];
  const users = { to: has.users, key: 'u', one: 'user', ids: 'z.n_user_ids', table: 'z.n_users' } as const;
  const products = { to: has.products, key: 'p', one: 'product', ids: 'z.n_product_ids', table: 'z.n_products' } as const;
  if (has.users.length > 0) {
    if (has.events.length > 0) wanted.push({ ...users, from: has.events, rows: 'z.n_events', things: 'events', back: 'have no event' });
    if (has.edges.length > 0)
      wanted.push({
        ...users,
        from: has.edges,
        rows: '(SELECT u FROM z.n_edges UNION ALL SELECT v FROM z.n_edges)',
        things: 'ends of links',
        back: 'have no link',
      });
    const others = has.outcomes.filter((f) => !has.users.includes(f));
    if (others.length > 0) wanted.push({ ...users, from: others, rows: 'z.n_outcomes', things: 'outcomes', back: 'have no outcome' });
  }
  if (has.products.length > 0 && has.events.length > 0)
    wanted.push({ ...products, from: has.events, rows: 'z.n_events', things: 'events', back: 'have no event' });
  const joins: JoinReport[] = [];
  const notes: Note[] = [];
  for (const j of wanted) {
    const answer = await report(engine, j, opts);
    joins.push(...answer.joins);
    notes.push(...answer.notes);
  }
  return { joins, notes };
}

async function report(engine: Engine, j: Join, opts?: QueryOptions): Promise<{ joins: JoinReport[]; notes: Note[] }> {
  const { key } = j;
  const [matched, total] = (await one(
    engine,
    `SELECT count(*) FILTER (${key} IN (SELECT ${key} FROM ${j.table})), count(*) FROM ${j.rows} WHERE ${key} IS NOT NULL`,
    opts,
  )) as [number, number];
  const [met, all] = (await one(engine, `SELECT count(*) FILTER (${key} IN (SELECT ${key} FROM ${j.rows})), count(*) FROM ${j.table}`, opts)) as [
    number,
    number,
  ];
  if (total === 0) return { joins: [], notes: [] };
  const [from, to] = [titles(j.from), titles(j.to)];
  const offered = matched === 0 ? await offer(engine, j, opts) : null;
  const text =
    matched === total
      ? `All ${j.things} have a ${j.one} of ${to}.`
      : `${percent(total - matched, total)} of ${j.things} have a ${j.one} that is not in ${to}.`;
  const joins: JoinReport[] = [
    { from, to, matched, total, text, detail: offered?.text ?? `${count(matched)} of ${count(total)} ${j.things} of ${from} match.` },
    {
      from: to,
      to: from,
      matched: met,
      total: all,
      text: met === all ? `All ${j.one}s of ${to} occur in ${from}.` : `${percent(all - met, all)} of ${j.one}s of ${to} ${j.back}.`,
      detail: `${count(met)} of ${plural(all, j.one)} occur in ${from}.`,
    },
  ];
  const notes: Note[] = offered
    ? [{ id: `join:${from}:${to}:${j.one}:${offered.cut}`, level: 'warn', title: `No ${j.one} of ${from} is in ${to}`, detail: offered.text }]
    : [];
  return { joins, notes };
}

/** Nothing matches: would at least half match without leading zeros, case or '.0'? Offered, never done silently (definitions, section 2: joins). */
async function offer(engine: Engine, j: Join, opts?: QueryOptions): Promise<{ cut: IdCut; text: string } | null> {
  const words: [IdCut, string][] = [
    ['zeros', 'leading zeros'],
    ['case', 'differences of case'],
    ['dot', 'the .0 at the end'],
  ];
  const id = `${j.one}_id`;
  const met = `SELECT DISTINCT i.${id} AS id FROM ${j.ids} i JOIN ${j.rows} r ON r.${j.key} = i.${j.key}`;
  const listed = `SELECT i.${id} AS id FROM ${j.ids} i JOIN ${j.table} t ON t.${j.key} = i.${j.key}`;
  for (const [cut, name] of words) {
    const [n, of] = (await one(
      engine,
      `SELECT count(*) FILTER (${cutSql('id', cut)} IN (SELECT ${cutSql('id', cut)} FROM (${listed}))), count(*) FROM (${met})`,
      opts,
    )) as [number, number];
    if (of > 0 && n / of >= 0.5) return { cut, text: `Without ${name} ${percent(n, of)} of the ids would match.` };
  }
  return null;
}
