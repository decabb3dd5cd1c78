import type { TagType } from '../core/tag.ts';

/** A number as a sentence shows it: grouped thousands, no more digits than it has, a true minus. */
export const numberWords = (x: number): string => x.toLocaleString('en-GB', { maximumFractionDigits: 6 }).replace('-', '−');

/** "€" for EUR, the sign itself for a sign, "CHF " for a code without one. */
export function currencySign(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return currency;
  const part = new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find((p) => p.type === 'currency');
  return !part || part.value === currency ? `${currency} ` : part.value;
}
export const moneyWords = (x: number, currency: string): string => `${x < 0 ? '−' : ''}${currencySign(currency)}${numberWords(Math.abs(x))}`;

export interface Measure {
  type: TagType | 'number' | 'money';
  unit: string;
}
const plural = (unit: string, x: number): string => (Math.abs(x) === 1 || !/^[a-z]+$/.test(unit) || unit.endsWith('s') ? unit : `${unit}s`);

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** Units that are not counted things: an hour of the day reads "18 h", a weekday by its name, a score bare. */
const SPECIAL: Record<string, (x: number) => string> = {
  'hour of day': (x) => `${numberWords(x)} h`,
  weekday: (x) => WEEKDAYS[x - 1] ?? numberWords(x),
  'of 100': numberWords,
};

/** A number with its unit: "22 years", "€45", "20 %". `bare` leaves the unit out, for the first of two. */
export function measured(x: number, { type, unit }: Measure, currency: string, bare = false): string {
  if (type === 'money') return moneyWords(x, currency);
  if (type === 'share') return `${numberWords(+(x * 100).toPrecision(12))}${bare ? '' : ' %'}`;
  const special = SPECIAL[unit];
  if (special) return special(x);
  return bare || !unit ? numberWords(x) : `${numberWords(x)} ${plural(unit, x)}`;
}
