import type { TagType } from '../core/tag.ts';

/** A number as a sentence shows it: grouped thousands, no more digits than it has, at most six decimals (all of one that would be 0 so), a true minus. */
export const numberWords = (x: number): string =>
  x.toLocaleString('en-GB', x !== 0 && Math.abs(x) < 5e-7 ? { maximumSignificantDigits: 17 } : { maximumFractionDigits: 6 }).replace('-', '−');
/** A number to the last digit. With six decimals it could be taken for a rounded one, so a zero follows. */
export function exactWords(x: number): string {
  const said = x.toLocaleString('en-GB', { maximumSignificantDigits: 17 }).replace('-', '−');
  return said.split('.')[1]?.length === 6 ? `${said}0` : said;
}

/** Denominators of shares that no decimal number says exactly. */
const PARTS = [3, 6, 7, 9, 11, 12];
/** "2/3" for a share that would otherwise be rounded; null for all that a percentage says. */
function fraction(x: number): string | null {
  const d = PARTS.find((n) => Math.round(x * n) / n === x);
  return d === undefined || Number.isInteger(+(x * 1e8).toPrecision(12)) ? null : `${Math.round(x * d)}/${d}`;
}

/** "€" for EUR, the sign itself for a sign, "CHF " for a code without one. */
export function currencySign(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return currency;
  const part = new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find((p) => p.type === 'currency');
  return !part || part.value === currency ? `${currency} ` : part.value;
}
const moneyWords = (x: number, currency: string, number: (x: number) => string): string =>
  `${x < 0 ? '−' : ''}${currencySign(currency)}${number(Math.abs(x))}`;

export interface Measure {
  type: TagType | 'number' | 'money';
  unit: string;
  /** Every digit is said, as a sentence needs that is to be read again. */
  exact?: boolean;
}
const plural = (unit: string, x: number): string => (Math.abs(x) === 1 || !/^[a-z]+$/.test(unit) || unit.endsWith('s') ? unit : `${unit}s`);

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** Units that are not counted things: an hour of the day reads "18 h", a weekday by its name, a score bare. */
const SPECIAL: Record<string, (x: number) => string> = {
  'hour of day': (x) => `${numberWords(x)} h`,
  weekday: (x) => WEEKDAYS[x - 1] ?? numberWords(x),
  'of 100': numberWords,
};

/** A hundred times x by its digits: 7 of 0.07, which 0.07 × 100 is not. */
const hundredfold = (x: number): number => Number(x.toExponential().replace(/e(.*)$/, (_, e: string) => `e${Number(e) + 2}`));

/** A number with its unit: "22 years", "€45", "20 %". `bare` leaves the unit out, for the first of two. */
export function measured(x: number, { type, unit, exact }: Measure, currency: string, bare = false): string {
  const number = exact ? exactWords : numberWords;
  if (type === 'money') return moneyWords(x, currency, number);
  if (type === 'share') return fraction(x) ?? `${number(exact ? hundredfold(x) : +(x * 100).toPrecision(12))}${bare ? '' : ' %'}`;
  const special = SPECIAL[unit];
  if (special) return special(x);
  return bare || !unit ? number(x) : `${number(x)} ${plural(unit, x)}`;
}
