import type { Segment } from '../core/rule.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Basis } from '../core/settings.ts';
import type { DataFacts, TableColumn } from '../core/tables.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { Lists } from './id-list.ts';

/** What a rule may speak about: the tags there are, the data's columns and events, and the other segments. */
export interface RuleContext {
  tags: TagInfo[];
  facts: DataFacts;
  basis: Basis;
  segments: Segment[];
  /** Tables of the engine that hold large id lists of these very rules. */
  lists?: Lists;
}

/** Names of an entity's tag table, its ordinal and its id. */
export const TABLE = {
  user: { table: 'user_tags', key: 'u', id: 'user_id', ids: 'user_ids' },
  product: { table: 'product_tags', key: 'p', id: 'product_id', ids: 'product_ids' },
} as const;

export const tagOf = (ctx: RuleContext, entity: Entity, id: string): TagInfo | undefined => ctx.tags.find((t) => t.id === id && t.entity === entity);
export const segmentOf = (ctx: RuleContext, id: string): Segment | undefined => ctx.segments.find((s) => s.id === id);
export const entityOf = (ref: SegmentRef): Entity => ('entity' in ref && ref.entity) || 'user';

/** A column that `where` may test: of the events, of their product, or the product's id. */
export type WhereColumn = { of: 'event' | 'product'; column: TableColumn } | { of: 'id' };
const KEYS = new Set(['row', 'src', 'line', 'u', 'p', 'o', 'ord', 'occ', 'utc', 'user_id', 'order_id', 'session_id', 'event_id']);

/** The column of that name, events before products; undefined if there is none. */
export function whereColumn(ctx: RuleContext, name: string): WhereColumn | undefined {
  if (name === 'product_id') return ctx.facts.products > 0 ? { of: 'id' } : undefined;
  if (KEYS.has(name)) return undefined;
  const event = ctx.facts.tables.events?.columns.find((c) => c.name === name);
  if (event) return { of: 'event', column: event };
  const product = ctx.facts.tables.products?.columns.find((c) => c.name === name);
  return product ? { of: 'product', column: product } : undefined;
}

/** All columns that `where` may test, in the order of the tables. */
export function whereColumns(ctx: RuleContext): { name: string; column: WhereColumn }[] {
  const names = [...(ctx.facts.tables.events?.columns ?? []), ...(ctx.facts.tables.products?.columns ?? [])].map((c) => c.name);
  return [...new Set([...names, 'product_id'])].flatMap((name) => {
    const column = whereColumn(ctx, name);
    return column ? [{ name, column }] : [];
  });
}

/** A date that windows "after …" may start from: a date tag, or a date column of the users file. */
export function dateOf(ctx: RuleContext, id: string): { of: 'tag' | 'users'; title: string } | undefined {
  const tag = tagOf(ctx, 'user', id);
  if (tag) return tag.type === 'date' ? { of: 'tag', title: tag.title } : undefined;
  const column = ctx.facts.tables.users?.columns.find((c) => c.name === id && (c.type === 'date' || c.type === 'timestamp'));
  return column ? { of: 'users', title: id } : undefined;
}
