import { Temporal } from 'temporal-polyfill';
import type { Basis, Settings } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';

/** 'YYYY-MM-DD HH:MM:SS' without a zone. */
const plain = (text: string): Temporal.PlainDateTime => Temporal.PlainDateTime.from(text.trim().replace(' ', 'T'));
const write = (t: Temporal.PlainDateTime): string =>
  t.toString({ smallestUnit: t.millisecond + t.microsecond + t.nanosecond === 0 ? 'second' : 'microsecond' }).replace('T', ' ');

/**
 * Settings with asOf decided. Default asOf: the first local midnight after the last dated event (definitions, "as-of"); without dated events
 * 2000-01-01, which only static tags and windows without time can meet. Where the data has no user at all, product tags count every row.
 */
export function resolveBasis(settings: Settings, facts: DataFacts): Basis {
  const asOf =
    settings.asOf ??
    (facts.lastEvent === null
      ? '2000-01-01 00:00:00'
      : write(plain(facts.lastEvent).add({ days: 1 }).with({ hour: 0, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })));
  return { ...settings, asOf: write(plain(asOf)), scope: facts.users === 0 ? 'all' : settings.scope };
}

/**
 * The instant of a wall clock in a zone, as UTC 'YYYY-MM-DD HH:MM:SS'. A time that occurs twice is the earlier instant, one that is skipped moves
 * forward (ECMAScript Temporal, "compatible").
 */
export function toUtc(wall: string, zone: string): string {
  return write(plain(wall).toZonedDateTime(zone, { disambiguation: 'compatible' }).withTimeZone('UTC').toPlainDateTime());
}
