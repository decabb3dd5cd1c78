import { TesseraError } from '../core/errors.ts';
import type { FileFacts } from '../core/files.ts';
import { rows, type Value } from '../core/frame.ts';
import type { Card, CardEvent, CardTag } from '../core/profile.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { entityOf, TABLE, type RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';
import { problemsOf } from '../segments/validate.ts';
import { isNumeric } from '../tags/values.ts';
import { bandIndex } from './cells-sql.ts';
import { flat } from './members.ts';
import { why } from './why.ts';

/** Events on a card; `eventsTotal` counts all. */
export const MOST_EVENTS = 500;

/**
 * One user or product: every tag with its band, place among the known and reason, the events newest first with the file line each came from, and the
 * segments it is in. Rejects with USAGE if the id is not in the universe.
 */
export async function card(
  engine: Engine,
  entity: Entity,
  id: string,
  ctx: RuleContext,
  files: Pick<FileFacts, 'name'>[],
  opts: QueryOptions = {},
): Promise<Card> {
  const { table, key, id: idColumn } = TABLE[entity];
  const ordinal = (await engine.query(`SELECT ${key} FROM ${table} WHERE ${ident(idColumn)} = ${literal(id)}`, opts)).columns[0]![0];
  if (typeof ordinal !== 'number')
    throw new TesseraError('USAGE', `There is no ${entity} “${id}” as of ${ctx.basis.asOf.slice(0, 10)}.`, {
      next: 'Look for another id, or move the as-of date.',
    });
  const found = rows<Record<string, Value>>(await engine.query(`SELECT * FROM ${table} WHERE ${key} = ${ordinal}`, opts))[0]!;
  const tags = ctx.tags.filter((t) => t.entity === entity && Object.hasOwn(found, t.id));
  const positions = await positionsOf(engine, tags, table, found, opts);
  const { events, total } = await eventsOf(engine, key, ordinal, ctx, files, opts);
  return {
    entity,
    id,
    title: await titleOf(engine, entity, ordinal, id, opts),
    tags: tags.map((t) => cardTag(t, found[t.id], positions.get(t.id) ?? null, ctx)),
    events,
    eventsTotal: total,
    segments: await segmentsOf(engine, entity, ordinal, ctx, opts),
  };
}

async function titleOf(engine: Engine, entity: Entity, ordinal: number, id: string, opts: QueryOptions): Promise<string> {
  if (entity === 'user') return id;
  const name = (await engine.query(`SELECT name FROM product_base WHERE p = ${ordinal}`, opts)).columns[0]![0];
  return typeof name === 'string' && name !== '' ? name : id;
}

/** Mid-percentiles among the known, in one scan: (below + equal / 2) / known. */
async function positionsOf(
  engine: Engine,
  tags: TagInfo[],
  table: string,
  found: Record<string, Value>,
  opts: QueryOptions,
): Promise<Map<string, number>> {
  const known = tags.filter((t) => isNumeric(t.type) && typeof found[t.id] === 'number');
  if (known.length === 0) return new Map();
  const select = known.map((t, i) => {
    const [x, v] = [ident(t.id).text, literal(found[t.id] as number).text];
    return `(count(*) FILTER (${x} < ${v}) + count(*) FILTER (${x} = ${v}) / 2) / count(${x}) AS p${i}`;
  });
  const row = rows<Record<string, number>>(await engine.query(`SELECT ${select.join(', ')} FROM ${table}`, opts))[0]!;
  return new Map(known.map((t, i) => [t.id, row[`p${i}`]!]));
}

function cardTag(tag: TagInfo, value: Value | undefined, position: number | null, ctx: RuleContext): CardTag {
  const cell = flat(value);
  const band = typeof value === 'number' && tag.bands ? tag.bands.labels[bandIndex(tag.bands, value)]! : null;
  return {
    id: tag.id,
    title: tag.title,
    dimension: tag.dimension,
    kind: tag.kind,
    type: tag.type,
    unit: tag.unit,
    value: cell,
    band,
    position,
    why: why(tag, cell, position, ctx),
  };
}

async function eventsOf(
  engine: Engine,
  key: 'u' | 'p',
  ordinal: number,
  ctx: RuleContext,
  files: Pick<FileFacts, 'name'>[],
  opts: QueryOptions,
): Promise<{ events: CardEvent[]; total: number }> {
  if (!ctx.facts.tables.events) return { events: [], total: 0 };
  const ordered = ctx.facts.tables.events.columns.some((c) => c.role === 'order_id');
  const order = ordered ? '(SELECT order_id FROM order_ids o WHERE o.o = e.o)' : 'NULL';
  const frame = await engine.query(
    `SELECT e.ts AS "at", e.event::VARCHAR AS event, (SELECT product_id FROM product_ids i WHERE i.p = e.p) AS product, g.name::VARCHAR AS "productName", g.category::VARCHAR AS category,
      e.amount, e.quantity, ${order} AS "order", e.device::VARCHAR AS device, e.channel::VARCHAR AS channel, e.occ::DOUBLE AS occasion, e.src AS file, e.line, count(*) OVER () AS total
     FROM ev0 e LEFT JOIN product_base g USING (p) WHERE e.${key} = ${ordinal} ORDER BY e.ts DESC NULLS LAST, e.row DESC LIMIT ${MOST_EVENTS}`,
    opts,
  );
  const raw = rows<Omit<CardEvent, 'file'> & { file: number; total: number }>(frame);
  return { events: raw.map(({ total: _, file, ...e }) => ({ ...e, file: files[file]?.name ?? '' })), total: raw[0]?.total ?? 0 };
}

/** Names of the segments it is in; those with a mistake are left out. */
async function segmentsOf(engine: Engine, entity: Entity, ordinal: number, ctx: RuleContext, opts: QueryOptions): Promise<string[]> {
  const usable = ctx.segments.filter((s) => entityOf(s) === entity && problemsOf(s, ctx).length === 0);
  if (usable.length === 0) return [];
  const flags = usable.map((s, i) => `${ordinal} IN (${membersSql(s, ctx)}) AS f${i}`);
  const row = rows<Record<string, boolean>>(await engine.query(`SELECT ${flags.join(', ')}`, opts))[0]!;
  return usable.filter((_, i) => row[`f${i}`]).map((s) => s.name);
}
