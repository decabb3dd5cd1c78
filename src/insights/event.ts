import type { DataFacts } from '../core/tables.ts';
import { list, literal } from '../engine/sql.ts';

/** Kinds that are no act of a user. */
const PASSIVE = new Set(['refund', 'adjustment', 'free']);

/** The kind of event a parameter means: 'auto' is purchases where there are any, else whatever a user does. */
export const eventOf = (param: string, facts: DataFacts): string =>
  param !== 'auto' ? param : (facts.events['purchase'] ?? 0) > 0 ? 'purchase' : 'any';

/** A condition on one row `e` of `ev0`. */
export const isEvent = (event: string): string => (event === 'any' ? `e.event NOT IN ${list([...PASSIVE])}` : `e.event = ${literal(event)}`);

/** The same kinds as the segment language names them. */
export const kindsOf = (event: string, facts: DataFacts): string | string[] =>
  event === 'any' ? Object.keys(facts.events).filter((k) => !PASSIVE.has(k)) : event;
