/** Calendar periods counted from Monday 5 January 1970, so that weeks start on Monday; the same count in SQL and here. */
export type Period = 'day' | 'week' | 'month';
const ORIGIN = Date.UTC(1970, 0, 5);
const DAY = 86_400_000;

/** The number of the period that a date or timestamp lies in, as SQL. */
export const periodSql = (unit: Period, x: string): string => `date_diff('${unit}', DATE '1970-01-05', (${x})::DATE)`;

/** The number of the period that a wall clock text lies in. */
export function periodOf(unit: Period, wall: string): number {
  const [y, m, d] = wall.slice(0, 10).split('-').map(Number) as [number, number, number];
  if (unit === 'month') return (y - 1970) * 12 + m - 1;
  const days = Math.round((Date.UTC(y, m - 1, d) - ORIGIN) / DAY);
  return unit === 'day' ? days : Math.floor(days / 7);
}

/** First day of a period, 'YYYY-MM-DD'. */
export function periodStart(unit: Period, index: number): string {
  const t = unit === 'month' ? Date.UTC(1970, index, 1) : ORIGIN + index * (unit === 'day' ? 1 : 7) * DAY;
  return new Date(t).toISOString().slice(0, 10);
}

/** What a period is called in a table: '2011-01' for a month, else its first day. */
export const periodLabel = (unit: Period, index: number): string => periodStart(unit, index).slice(0, unit === 'month' ? 7 : 10);
