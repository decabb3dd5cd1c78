import type { Span } from '../core/rule.ts';
import { numberWords, measured, type Measure } from './words-number.ts';
import { spanWords } from './span.ts';
import type { TestParts } from './test.ts';

/** A value as a sentence shows it. */
export const valueWords = (v: unknown): string =>
  v === true || v === 'true' ? 'yes' : v === false || v === 'false' ? 'no' : typeof v === 'number' ? numberWords(v) : String(v);
/** "a", "a or b", "a, b or c". */
export const listWords = (items: string[], by = 'or'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${by} ${items.at(-1)}`;

const NUMBER: Partial<Record<string, string>> = {
  eq: 'exactly',
  ne: 'other than',
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
};

/** "at least 2 orders", "between 2 and 5 orders": a numeric test without its verb. */
export function amountWords({ op, value }: TestParts, measure: Measure, currency: string): string {
  const word = NUMBER[op];
  if (word) return `${word} ${measured(value as number, measure, currency)}`;
  const [lo, hi] = value as [number, number];
  return `between ${measured(lo, measure, currency, true)} and ${measured(hi, measure, currency)}`;
}

const ordinal = (n: number): string => {
  const tens = n % 100;
  return `${numberWords(n)}${tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
};

/** A test with its verb: "is at least 3 days", "is known and not male". */
export function testWords(test: TestParts, measure: Measure, currency: string): string {
  const { op, value } = test;
  const values = (Array.isArray(value) ? value : [value]).map(valueWords);
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
      return `is among the ${op} ${values[0]}`;
    case 'topPercent':
    case 'bottomPercent':
      return `is in the ${op === 'topPercent' ? 'top' : 'bottom'} ${values[0]} %`;
    case 'percentile': {
      const [lo, hi] = value as [number, number];
      return `is from the ${ordinal(lo)} until before the ${ordinal(hi)} percentile`;
    }
    case 'before':
      return `is before ${values[0]}`;
    case 'after':
      return `is on or after ${values[0]}`;
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
