import type { Span, SpanUnit } from '../core/rule.ts';

export const SPAN_UNITS: readonly SpanUnit[] = ['hour', 'day', 'week', 'month', 'year'];

/** "30 days", "1 day". */
export const spanWords = ([n, unit]: Span): string => `${n} ${unit}${n === 1 ? '' : 's'}`;
/** INTERVAL 30 DAY. Months and years step the calendar and clamp to the month's end, as DuckDB does. Numbers were validated as whole. */
export const intervalSql = ([n, unit]: Span): string => `INTERVAL ${n} ${unit.toUpperCase()}`;

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(\.\d{1,6})?)?)?$/;
/** True for 'YYYY-MM-DD', also with ' HH:MM[:SS]', that exists in the calendar. */
export function isDateText(text: unknown): text is string {
  const m = typeof text === 'string' ? DATE.exec(text) : null;
  if (!m) return false;
  const [y, mo, d, h, mi, s] = m.slice(1, 7).map((x) => Number(x ?? 0)) as [number, number, number, number, number, number];
  const date = new Date(Date.UTC(2000, mo - 1, d));
  date.setUTCFullYear(y, mo - 1, d);
  return date.getUTCFullYear() === y && date.getUTCMonth() === mo - 1 && date.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
}
