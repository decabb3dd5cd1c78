import { currencySign } from '../segments/words-number.ts';

/** Numbers as findings say them (look, "Type"): thin space before %, true minus, three significant figures at most. */
const THIN = '\u202f';
const MINUS = '−';
const written = (x: number, options: Intl.NumberFormatOptions): string =>
  x
    .toLocaleString('en-GB', options)
    .replace(/^-(?=[0.,]*$)/, '')
    .replace('-', MINUS);

/** Signs that are one value, such as the RFM group +--, stay on one line: between them stands a word joiner. */
export const unbroken = (text: string): string => text.replace(/[+-]{2,}/g, (signs) => [...signs].join('\u2060'));

export const whole = (x: number): string => written(x, { maximumFractionDigits: 0 });
export const number3 = (x: number): string => (Math.abs(x) >= 1000 ? whole(x) : written(x, { maximumSignificantDigits: 3 }));
/** Without the last bit of the product, so that 0.45 % rounds up. */
const percent = (x: number): number => +(x * 100).toPrecision(12);
/** A share in prose: 7 %, 0.4 %, under 0.1 %. */
export function shareOf(x: number): string {
  const p = percent(x);
  if (p > 0 && p < 0.1) return `under 0.1${THIN}%`;
  return `${written(p, { maximumFractionDigits: p < 1 ? 1 : 0 })}${THIN}%`;
}
/** A share beside another that may be near: 47.1 %. */
export const share1 = (x: number): string => `${written(percent(x), { minimumFractionDigits: 1, maximumFractionDigits: 1 })}${THIN}%`;
export function amount(x: number, unit: string, money: boolean): string {
  if (!money) return unit ? `${number3(x)} ${unit}` : number3(x);
  const digits = Math.abs(x) >= 100 || x === 0 ? 0 : 2;
  return `${x < 0 ? MINUS : ''}${currencySign(unit)}${written(Math.abs(x), { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}
/** How many times as much, in words: "3.9 times", "1.4 times", "0.6 times". */
export const times = (ratio: number): string => `${written(ratio, { maximumSignificantDigits: 2 })} times`;
