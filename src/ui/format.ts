/**
 * Every number and date that people read. British English; a narrow no-break space before %, a true minus, the currency before the amount,
 * an en dash in ranges. A null, undefined or non-finite number is "–": never 0.
 */
const LOCALE = 'en-GB';
export const NONE = '–';
const THIN = '\u202f';
const MINUS = '\u2212';
type Maybe = number | null | undefined;
const known = (x: Maybe): x is number => x !== null && x !== undefined && Number.isFinite(x);

const cache = new Map<string, Intl.NumberFormat>();
function format(x: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let f = cache.get(key);
  if (!f) cache.set(key, (f = new Intl.NumberFormat(LOCALE, options)));
  // Rounding may leave "-0": a sign without a number.
  return f
    .format(x)
    .replace(/^-(?=[\d.,]*$)(?=[0.,]*$)/, '')
    .replace('-', MINUS);
}

/** Whole number with thousands: 19,507. */
export const int = (x: Maybe): string => (known(x) ? format(Math.round(x), { maximumFractionDigits: 0 }) : NONE);

/** A number in prose and figures: whole above 1,000, else up to `significant` digits. */
export function num(x: Maybe, significant = 3): string {
  if (!known(x)) return NONE;
  return Math.abs(x) >= 1000 ? int(x) : format(x, { maximumSignificantDigits: significant });
}

/** Fixed decimals, for table columns that must line up. */
export const fixed = (x: Maybe, digits = 1): string =>
  known(x) ? format(x, { minimumFractionDigits: digits, maximumFractionDigits: digits }) : NONE;

/** A share from 0 to 1 as per cent: 47.1 %. */
export const pct = (share: Maybe, digits = 1): string => (known(share) ? `${fixed(share * 100, digits)}${THIN}%` : NONE);

/** A share in prose: 7 %, 0.4 %, under 0.1 %. */
export function pctShort(share: Maybe): string {
  if (!known(share)) return NONE;
  const p = share * 100;
  if (p > 0 && p < 0.1) return `under 0.1${THIN}%`;
  return `${format(p, { maximumFractionDigits: p < 1 ? 1 : 0 })}${THIN}%`;
}

/** Money with its currency before it: €1,240, €38.20. `currency` is an ISO code, a sign, or '' where the data names none. */
export function money(x: Maybe, currency: string, digits?: number): string {
  if (!known(x)) return NONE;
  const abs = Math.abs(x);
  const d = digits ?? (abs >= 100 || abs === 0 ? 0 : 2);
  return `${x < 0 ? MINUS : ''}${currencySign(currency)}${format(abs, { minimumFractionDigits: d, maximumFractionDigits: d })}`;
}

/** € for EUR, the sign itself for a sign, '' for ''. Codes without a sign of their own keep a space: CHF 12. */
export function currencySign(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return currency;
  const sign =
    new Intl.NumberFormat(LOCALE, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
      .formatToParts(0)
      .find((p) => p.type === 'currency')?.value ?? currency;
  return sign === currency ? `${sign}${THIN}` : sign;
}

/** Change with its sign: +2.5, −0.2. */
export const signed = (x: Maybe, significant = 3): string => (known(x) ? (x > 0 ? '+' : '') + num(x, significant) : NONE);

/** Two ends with an en dash: 131–146. Negative ends take "to", as a dash beside a minus cannot be read. */
export function range(lo: Maybe, hi: Maybe, f: (x: Maybe) => string = int): string {
  if (!known(lo) && !known(hi)) return NONE;
  return (known(lo) && lo < 0) || (known(hi) && hi < 0) ? `${f(lo)} to ${f(hi)}` : `${f(lo)}–${f(hi)}`;
}

/** TGI as a whole number; "≈ 100" where the difference is not clear. */
export const tgi = (x: Maybe, clear = true): string => (!clear ? `≈${THIN}100` : int(x));

/** 6.8 MB, 212 MB, 1 kB, 0 bytes. */
export function bytes(n: Maybe): string {
  if (!known(n)) return NONE;
  if (n < 1000) return `${int(n)} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let x = n / 1000;
  let i = 0;
  for (; x >= 999.5 && i < units.length - 1; i++) x /= 1000;
  return `${format(x, { maximumSignificantDigits: x >= 100 ? 3 : 2 })} ${units[i]}`;
}

/** Time that something took: 6 ms, 1.2 s, 3 min. */
export function duration(ms: Maybe): string {
  if (!known(ms)) return NONE;
  if (ms < 1000) return `${int(ms)} ms`;
  if (ms < 60_000) return `${format(ms / 1000, { maximumSignificantDigits: 2 })} s`;
  return `${int(ms / 60_000)} min`;
}

/** Wall clock text 'YYYY-MM-DD[ HH:MM:SS]' as a date in UTC, so that no zone of this device can shift it. */
export function wallClock(text: string | null | undefined): Date | null {
  const m = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/.exec(text ?? '');
  return m ? new Date(Date.UTC(+m[1]!, +m[2]! - 1, +m[3]!, +(m[4] ?? 0), +(m[5] ?? 0), +(m[6] ?? 0))) : null;
}
const inUtc = (text: string | null | undefined, options: Intl.DateTimeFormatOptions): string => {
  const d = wallClock(text);
  return d ? new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', ...options }).format(d).replace('Sept', 'Sep') : NONE;
};
/** 1 Sep 2026 */
export const date = (text: string | null | undefined): string => inUtc(text, { day: 'numeric', month: 'short', year: 'numeric' });
/** 1 Sep 2026, 20:14 */
export const dateTime = (text: string | null | undefined): string =>
  text && wallClock(text) ? `${date(text)}, ${inUtc(text, { hour: '2-digit', minute: '2-digit' })}` : NONE;
/** Sep 2026 */
export const month = (text: string | null | undefined): string => inUtc(text, { month: 'short', year: 'numeric' });
/** An as-of: midnight is said as the date alone. */
export const asOf = (text: string | null | undefined): string => (/ (?!00:00:00)/.test(text ?? '') ? dateTime(text) : date(text));
/** An instant (ISO) on this device's clock, for lists of projects: "today, 17:42", "12 Nov 2026". */
export function ago(iso: string, now: Date): string {
  const d = new Date(iso);
  if (Number.isNaN(+d)) return NONE;
  const day = (x: Date): number => Math.floor((+x - x.getTimezoneOffset() * 60_000) / 86_400_000);
  const time = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' }).format(d);
  const back = day(now) - day(d);
  if (back === 0) return `today, ${time}`;
  if (back === 1) return `yesterday, ${time}`;
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' }).format(d).replace('Sept', 'Sep');
}

/** 1 is Monday, 7 is Sunday: the numbers of a preferred weekday. */
const weekday = (n: number): string =>
  new Intl.DateTimeFormat(LOCALE, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, Math.round(n))));
/** A tag's value in the words of its type. Shares are 0 to 1. */
export function tagValue(v: string | number | boolean | null | undefined, type: string, unit = '', currency = ''): string {
  if (v === null || v === undefined || v === '') return NONE;
  if (typeof v === 'boolean') return v ? 'yes' : 'no';
  if (typeof v === 'string') return type === 'date' ? (v.includes(' ') ? dateTime(v) : date(v)) : v;
  if (type === 'money') return money(v, currency);
  if (type === 'share') return pct(v);
  if (unit === 'weekday') return weekday(v);
  const text = type === 'int' ? int(v) : num(v);
  if (unit === 'days' && text === '1') return '1 day';
  return unit && unit !== '%' ? `${text} ${unit}` : unit === '%' ? `${text}${THIN}%` : text;
}

/** How many users one tile of a waffle stands for, so that at most `tiles` are drawn: 1, 2 or 5 times a power of ten. */
export function perTile(total: number, tiles = 400): number {
  const raw = Math.max(1, total / tiles);
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((m) => m * power).find((x) => x >= raw * 0.999999)!;
}
