import type { Value } from '../core/frame.ts';
import type { Role } from '../core/roles.ts';
import type { Engine } from '../engine/engine.ts';
import type { Col, FilePlan } from './plan.ts';
import { col } from './plan.ts';
import { idSql } from './raw.ts';

/** What a line takes from its order where its own file does not say it. */
const INHERITED: readonly Role[] = [
  'user_id',
  'at',
  'status',
  'device',
  'os',
  'channel',
  'campaign',
  'country',
  'region',
  'city',
  'postcode',
  'session_id',
];

/**
 * A file of orders and a file of their lines that share order_id are joined: lines inherit user, time and status, and the orders make no events of
 * their own (definitions, section 2: shape 4). At least half of the lines' orders must be found.
 */
export async function joinOrders(engine: Engine, files: readonly FilePlan[]): Promise<void> {
  const events = files.filter((f) => f.mapping.shape === 'events' && col(f, 'order_id'));
  const orders = events.filter((f) => !col(f, 'product_id') && col(f, 'user_id') && isKey(col(f, 'order_id')!));
  for (const lines of events) {
    if (!col(lines, 'product_id') || isKey(col(lines, 'order_id')!)) continue;
    for (const head of orders) if (await shares(engine, lines, head)) inherit(lines, head);
  }
}

const isKey = (c: Col): boolean => c.facts.known > 0 && c.facts.distinct >= 0.999 * c.facts.known;

async function shares(engine: Engine, lines: FilePlan, head: FilePlan): Promise<boolean> {
  const ids = (f: FilePlan): string => `SELECT DISTINCT ${idSql(col(f, 'order_id')!)} AS id FROM ${f.table} f`;
  const frame = await engine.query(`SELECT count(*) FILTER (id IN (${ids(head)})) / nullif(count(*), 0) FROM (${ids(lines)}) WHERE id IS NOT NULL`);
  return Number((frame.columns[0] as ArrayLike<Value>)[0] ?? 0) >= 0.5;
}

function inherit(lines: FilePlan, head: FilePlan): void {
  const given = head.cols.filter((c) => c.role !== null && INHERITED.includes(c.role) && !col(lines, c.role));
  if (given.length === 0 || lines.join !== '') return;
  const key = col(head, 'order_id')!;
  const order = idSql(key);
  lines.join = `LEFT JOIN (SELECT *, ${order} AS order_key FROM ${head.table} f QUALIFY row_number() OVER (PARTITION BY ${order} ORDER BY line) = 1) h ON h.order_key = ${idSql(col(lines, 'order_id')!)}`;
  lines.cols.push(...given.map((c): Col => ({ ...c, sql: c.sql.replace(/^f\./, 'h.'), home: `${head.table} h` })));
  head.linesIn = lines;
}
