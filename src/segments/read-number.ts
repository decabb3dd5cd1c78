import type { Span } from '../core/rule.ts';
import type { Reader } from './reader.ts';
import { SPAN_UNITS } from './span.ts';
import type { TestParts } from './test.ts';
import { currencySign, measured, type Measure } from './words-number.ts';
import { NUMBER } from './words-test.ts';

const DIGITS = /−?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d.]*\d)|−?\d+(?:\.\d+)?/;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** A number as sentences write it. Stops at six decimals, as it may have been rounded to them; more than six are exact. */
export function readNumber(r: Reader): number {
  const text = r.match(DIGITS);
  if ((text.split('.')[1]?.length ?? 0) === 6)
    r.stop({
      message: `“${text}” may be a rounded number, so the sentence does not say the rule exactly.`,
      next: 'Copy the rule as words from its own page, which say all digits, or paste it as JSON.',
    });
  return Number(text.replaceAll(',', '').replace('−', '-'));
}

/** A number with its unit, as `measured` writes it. */
export function readMeasured(r: Reader, measure: Measure, bare = false): number {
  const { currency } = r.ctx.basis;
  const said = (x: number, exact = false): string => measured(x, { ...measure, exact }, currency, bare);
  if (measure.unit === 'weekday') {
    const day = WEEK.find((x) => r.take(said(x)));
    if (day !== undefined) return day;
  }
  const from = r.pos;
  const x = measure.type === 'money' ? readMoney(r, currency) : measure.type === 'share' ? readShare(r) : readNumber(r);
  r.pos = from;
  if (!r.take(said(x, true))) r.need(said(x));
  return x;
}
function readMoney(r: Reader, currency: string): number {
  const minus = r.take('−');
  r.need(currencySign(currency));
  return (minus ? -1 : 1) * readNumber(r);
}
function readShare(r: Reader): number {
  const parts = r.attempt(() => r.match(/−?\d+\/\d+/));
  if (parts === null) return Number(`${readNumber(r)}e-2`);
  const [a, b] = parts.replace('−', '-').split('/').map(Number) as [number, number];
  return a / b;
}

/** "at least 2 orders", "between 2 and 5 orders". */
export function readAmount(r: Reader, measure: Measure): TestParts {
  const op = (Object.keys(NUMBER) as (keyof typeof NUMBER)[]).find((o) => r.take(`${NUMBER[o]} `));
  if (op) return { op, value: readMeasured(r, measure) };
  r.need('between ');
  const lo = readMeasured(r, measure, true);
  r.need(' and ');
  return { op: 'between', value: [lo, readMeasured(r, measure)] };
}

/** "30 days". */
export function readSpan(r: Reader): Span {
  const n = Number(r.match(/[1-9]\d*/));
  r.need(' ');
  const unit = SPAN_UNITS.find((u) => r.take(n === 1 ? u : `${u}s`));
  return unit ? [n, unit] : r.stop();
}

export const readDate = (r: Reader): string => r.match(/\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?/);
