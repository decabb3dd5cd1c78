import type { Span } from '../../core/rule.ts';

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?$/;
const HOUR = 3_600_000_000;
const IN_HOURS = { hour: 1, day: 24, week: 168 } as const;

function fields(text: string): { date: Date; micros: number } {
  const m = FORM.exec(text);
  if (!m) throw new Error(`${text} is not a date`);
  const [y, mo, d, h, mi, s] = m.slice(1, 7).map((x) => Number(x ?? 0)) as [number, number, number, number, number, number];
  const date = new Date(Date.UTC(2000, mo - 1, d, h, mi, s));
  date.setUTCFullYear(y, mo - 1, d);
  return { date, micros: Number((m[7] ?? '').padEnd(6, '0')) };
}

/** Microseconds since 1970 of a wall clock 'YYYY-MM-DD[ HH:MM[:SS[.ffffff]]]', as DuckDB's epoch_us counts them. */
export function instant(text: string): number {
  const { date, micros } = fields(text);
  return date.getTime() * 1000 + micros;
}

/** The instant a span before a wall clock. Months and years step the calendar and clamp to the month's end, as DuckDB's intervals do. */
export function before(text: string, [n, unit]: Span): number {
  if (unit !== 'month' && unit !== 'year') return instant(text) - n * IN_HOURS[unit] * HOUR;
  const { date, micros } = fields(text);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - n * (unit === 'year' ? 12 : 1));
  const last = new Date(date);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  date.setUTCDate(Math.min(day, last.getUTCDate()));
  return date.getTime() * 1000 + micros;
}
