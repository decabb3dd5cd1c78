/** Days are whole numbers from a first day; instants are seconds from its midnight. Nothing here reads a clock. */
export interface Calendar {
  first: string;
  days: number;
  /** Per day: month from 0, day of month, weekday from 1 (Monday), and the number of the month since the first. */
  month: Uint8Array;
  dom: Uint8Array;
  weekday: Uint8Array;
  nth: Uint8Array;
  /** Day number of a date 'YYYY-MM-DD'. */
  day(date: string): number;
  /** 'YYYY-MM-DD' of a day number, which may be negative. */
  date(day: number): string;
  /** Microseconds since 1970 of an instant. */
  micros(second: number): bigint;
}

const DAY_MS = 86_400_000;

export function calendar(first: string, end: string): Calendar {
  const start = Date.parse(`${first}T00:00:00Z`);
  const days = Math.round((Date.parse(`${end}T00:00:00Z`) - start) / DAY_MS);
  const month = new Uint8Array(days);
  const dom = new Uint8Array(days);
  const weekday = new Uint8Array(days);
  const nth = new Uint8Array(days);
  for (let d = 0; d < days; d++) {
    const date = new Date(start + d * DAY_MS);
    month[d] = date.getUTCMonth();
    dom[d] = date.getUTCDate();
    weekday[d] = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
    nth[d] = d === 0 ? 0 : nth[d - 1]! + (dom[d] === 1 ? 1 : 0);
  }
  return {
    first,
    days,
    month,
    dom,
    weekday,
    nth,
    day: (date) => Math.round((Date.parse(`${date}T00:00:00Z`) - start) / DAY_MS),
    date: (day) => new Date(start + day * DAY_MS).toISOString().slice(0, 10),
    micros: (second) => BigInt(start + second * 1000) * 1000n,
  };
}
