import type { Role } from '../core/roles.ts';
import type { ColumnType } from '../core/tables.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { attribute, moneyType, scaleOf } from './event-schema.ts';
import type { Col } from './plan.ts';
import { dateOf, numberOf } from './plan.ts';
import { idSql, textSql } from './raw.ts';
import { textColumn } from './text-column.ts';
import { genderOf } from './value-words.ts';
import { toUtcSql, toWallSql, zoneSteps } from './zone.ts';

/** A column of users or products: its type, and its SQL from a source column. */
export interface Typed {
  type: string;
  kind: ColumnType;
  of: (c: Col) => string;
}

const MONEY: readonly Role[] = ['price', 'cost', 'competitor_price', 'deposit'];
const NUMBERS: readonly Role[] = ['tenure', 'stock'];
const MOMENTS: readonly Role[] = ['signup_at', 'launched_at'];

/** SQL: a date as wall clock of the project's zone. */
export function wallSql(c: Col, zone: string): string {
  const { ts, instant, allInstant, noneInstant } = dateOf(c);
  const wall = (utc: string): string => toWallSql(zoneSteps(zone), utc);
  if (zone === 'UTC' && c.zone === 'UTC') return ts;
  if (allInstant) return wall(ts);
  if (noneInstant && c.zone === zone) return ts;
  const local = wall(`(${toUtcSql(zoneSteps(c.zone), ts)})`);
  return noneInstant ? local : `CASE WHEN ${instant} THEN ${wall(ts)} ELSE ${local} END`;
}

/** Type and SQL of a role's column in users or products, over all files that have it. */
export async function typed(engine: Engine, role: Role | null, sources: readonly Col[], zone: string, opts?: QueryOptions): Promise<Typed> {
  if (role === null || role === 'label' || role === 'variant') return attribute(engine, sources, opts);
  if (MONEY.includes(role)) {
    const most = Math.max(1, ...sources.flatMap((c) => (c.facts.range ?? [1]).map(Math.abs)));
    const type = moneyType(sources.map(scaleOf), most);
    return { type, kind: 'money', of: (c) => numberOf(c, type) };
  }
  if (MOMENTS.includes(role)) return { type: 'TIMESTAMP', kind: 'timestamp', of: (c) => wallSql(c, zone) };
  if (role === 'birth_date') return { type: 'DATE', kind: 'date', of: (c) => `CAST(${dateOf(c).ts} AS DATE)` };
  const numeric = sources.every((c) => c.facts.number >= 0.95);
  if (role === 'age' && numeric)
    return { type: 'DOUBLE', kind: 'number', of: (c) => `CASE WHEN ${numberOf(c)} BETWEEN 0 AND 120 THEN ${numberOf(c)} END` };
  if (NUMBERS.includes(role) || (role === 'income' && numeric)) return { type: 'DOUBLE', kind: 'number', of: (c) => numberOf(c) };
  if (role === 'referrer_id') return { type: 'VARCHAR', kind: 'text', of: idSql };
  if (role === 'category') return { type: 'VARCHAR', kind: 'text', of: textSql };
  const text = await textColumn(engine, sources, opts, role === 'gender' ? genderOf : undefined);
  return { type: text.type, kind: 'text', of: text.of };
}
