import type { Span } from '../core/rule.ts';
import { quoted } from './names.ts';
import { exactWords, measured, numberWords, type Measure } from './words-number.ts';
import { spanWords } from './span.ts';
import type { TestParts } from './test.ts';

/** Words that go on with the sentence: a value that has one of them stands in quotation marks, so that it can be told from the sentence around it. */
export const GOES_ON =
  'and|or|is|has|starts|contains|not|then|each|all|same|the|in|on|for|with|within|from|until|between|exactly|at least|at most|more than|less than|other than';
const NOT_PLAIN = new RegExp(`[,()“”]|[^\\S ]|  |^ | $|^$|^(known|unknown)$|(^| )(${GOES_ON})( |$)`);
/** Begins of rules that a later value of a list may look like. */
const LIKE_A_RULE = /^(bought|viewed|added to cart|searched|returned|did|everyone|no one)( |$)/;
/** True if a value needs no quotation marks; `later`: it stands after another one. */
export const isPlain = (value: string, later = false): boolean => !NOT_PLAIN.test(value) && !(later && LIKE_A_RULE.test(value));

/** A value as a sentence shows it; "yes" and "no" for what is one or the other. A ” inside a quoted value is doubled. */
export function valueWords(v: unknown, type: Measure['type'], later = false): string {
  if (type === 'boolean' || typeof v === 'boolean') return v === true || v === 'true' ? 'yes' : 'no';
  return isPlain(String(v), later) ? String(v) : quoted(String(v));
}
/** "a", "a or b", "a, b or c". */
export const listWords = (items: string[], by = 'or'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${by} ${items.at(-1)}`;

export const NUMBER = {
  eq: 'exactly',
  ne: 'other than',
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
} as const;

/** "at least 2 orders", "between 2 and 5 orders": a numeric test without its verb. */
export function amountWords({ op, value }: TestParts, measure: Measure, currency: string): string {
  const word = op in NUMBER ? NUMBER[op as keyof typeof NUMBER] : null;
  if (word) return `${word} ${measured(value as number, measure, currency)}`;
  const [lo, hi] = value as [number, number];
  return `between ${measured(lo, measure, currency, true)} and ${measured(hi, measure, currency)}`;
}

const ordinal = (n: number, number: (x: number) => string): string => {
  const tens = n % 100;
  return `${number(n)}${tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
};

/** A test with its verb: "is at least 3 days", "is known and not male". */
export function testWords(test: TestParts, measure: Measure, currency: string): string {
  const { op, value } = test;
  const number = measure.exact ? exactWords : numberWords;
  const values = (Array.isArray(value) ? value : [value]).map((v, i) => valueWords(v, measure.type, i > 0));
  switch (op) {
    case 'known':
      return value === true ? 'is known' : 'is unknown';
    case 'is':
      return `is ${values[0]}`;
    case 'isNot':
      return `is known and not ${values[0]}`;
    case 'in':
      return `is ${listWords(values)}`;
    case 'notIn':
      return `is known and not ${listWords(values)}`;
    case 'startsWith':
      return `starts with ${values[0]}`;
    case 'contains':
      return `contains ${values[0]}`;
    case 'top':
    case 'bottom':
      return `is among the ${op} ${number(value as number)}`;
    case 'topPercent':
    case 'bottomPercent':
      return `is in the ${op === 'topPercent' ? 'top' : 'bottom'} ${number(value as number)} %`;
    case 'percentile': {
      const [lo, hi] = value as [number, number];
      return `is from the ${ordinal(lo, number)} until before the ${ordinal(hi, number)} percentile`;
    }
    case 'before':
      return `is before ${String(value)}`;
    case 'after':
      return `is on or after ${String(value)}`;
    case 'last':
      return `is in the last ${spanWords(value as Span)}`;
    case 'older':
      return `is more than ${spanWords(value as Span)} ago`;
    case 'has':
      return `has ${values[0]}`;
    case 'hasAny':
      return `has ${listWords(values)}`;
    case 'hasAll':
      return `has ${listWords(values, 'and')}`;
    default:
      return `is ${amountWords(test, measure, currency)}`;
  }
}
