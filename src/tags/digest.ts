import type { TagContext, TagDef } from './define.ts';
import { findColumn } from './needs.ts';
import { closure, relationsOf } from './planner.ts';
import type { TableName } from '../core/roles.ts';

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** JSON with keys in order and nothing undefined (RFC 8785 for what a definition holds: text, booleans, finite numbers). */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((v: Json) => canonical(v ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value as { [key: string]: Json }).filter(([, v]) => v !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(',')}}`;
}

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

/** First 12 hex digits of SHA-256 of the canonical JSON. */
export async function sha12(value: Json): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(value)));
  return Array.from(new Uint8Array(hash).subarray(0, 6), (b) => b.toString(16).padStart(2, '0')).join('');
}
