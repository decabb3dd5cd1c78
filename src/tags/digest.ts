import { sha12, type Json } from '../core/canonical.ts';
import type { TagContext, TagDef } from './define.ts';
import { findColumn } from './needs.ts';
import { closure, relationsOf } from './planner.ts';
import type { TableName } from '../core/roles.ts';

/**
 * Names what a tag means here: first 12 hex digits of SHA-256 over its plan, the relations it reads (parameters stand in their SQL), bands, the names of
 * the columns that its needs are mapped to, zone, scope and money (definitions, section 5). Equal digests at the same asOf over the same data mean equal numbers.
 */
export async function digestOf(def: TagDef, ctx: TagContext): Promise<string> {
  const { zone, scope, money } = ctx.basis;
  const mapped = def.needs
    .flatMap((need) => need.split('|'))
    .flatMap((need) => {
      const [table, name] = need.split('.') as [TableName, string | undefined];
      const column = name ? findColumn(ctx.facts, table, name) : undefined;
      return column ? [[need, ...columnNames(column.from)]] : [];
    });
  const definition = {
    id: def.id,
    entity: def.entity,
    plan: def.plan as unknown as Json,
    bands: def.bands as Json,
    relations: closure(relationsOf(def)).map((r) => [r.name, r.sql(ctx)]),
    mapped,
    zone,
    scope,
    money,
  };
  return sha12(definition);
}

/** "orders.csv › Country" → "Country", each once: next month's file of the same columns keeps the meaning. */
const columnNames = (from: readonly string[]): string[] => [...new Set(from.map((f) => f.replace(/^.*? › /, '')))].sort();
