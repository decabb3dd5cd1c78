import type { ColumnFacts } from '../core/files.ts';
import { trimmed } from './cell.ts';

/** Currency codes and words met in exports; symbols go by their Unicode class. */
const CODES = (
  'USD EUR GBP CNY RMB JPY CHF SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH INR IDR THB VND KRW TWD HKD SGD MYR PHP AUD NZD CAD MXN BRL ARS CLP COP PEN ' +
  'ZAR NGN KES EGP AED SAR QAR ILS PKR BDT KZT Kč zł Ft kr kr\\. Rs Rs\\. Fr\\. лв руб руб\\. р\\. TL 元 円 원'
)
  .split(' ')
  .join('|');
const SPACES = String.raw`[\s\p{Zs}'’]|(?:US|CA|AU|HK|NZ|NT|MX|CN|JP|[ARCS])?\p{Sc}`;

/** What a plain number looks like, and one with groups, brackets, a sign behind or a per cent sign. */
function patterns(sign: '.' | ','): { plain: string; full: string } {
  const d = sign === '.' ? String.raw`\.` : ',';
  const g = sign === '.' ? ',' : String.raw`\.`;
  const num = String.raw`(?:(?:\d{1,3}(?:${g}\d{2,3})*${g}\d{3}|\d+)(?:${d}\d*)?|${d}\d+)`;
  return {
    plain: String.raw`[+-]?\d+(?:${d}\d+)?`,
    full: String.raw`[+\-−]?${num}(?:[eE][+-]\d{1,3}|%)?|\(${num}%?\)|${num}%?[-−]`,
  };
}

/** SQL: the cell without blanks, apostrophes, currency symbols and codes; what is left of a word is left. */
export function bareNumber(expr: string): string {
  const bare = `regexp_replace(${expr}, '${SPACES.replaceAll("'", "''")}', '', 'g')`;
  return `regexp_replace(regexp_replace(${bare}, '(?i)^([+\\-−(]?)(?:${CODES})', '\\1'), '(?i)(?:${CODES})([)\\-−%]?)$', '\\1')`;
}

/**
 * SQL: the cell as a number's text that a cast reads exactly ('-1234.56', '12.5e-2' for 12.5 %), or NULL where it is no number under this
 * decimal sign. Source of the rules: definitions, section 2, *Numbers*. An exponent counts only with its sign (1E+5): `1E5` is an article number.
 */
export function numberText(sign: '.' | ',', expr: string): string {
  const { plain, full } = patterns(sign);
  const bare = bareNumber(expr);
  const group = sign === '.' ? ',' : '.';
  const digits = `replace(regexp_extract(${bare}, '[\\d.,]+(?:[eE][+-]\\d+)?'), '${group}', '')`;
  const dotted = (text: string): string => (sign === '.' ? text : `replace(${text}, ',', '.')`);
  return (
    `CASE WHEN regexp_full_match(${expr}, '${plain}') THEN ${dotted(expr)} WHEN regexp_full_match(${bare}, '${full}') THEN ` +
    `concat(CASE WHEN regexp_matches(${bare}, '^[-−(]|[-−]$') THEN '-' END, ${dotted(digits)}, CASE WHEN contains(${bare}, '%') THEN 'e-2' END) END`
  );
}

/**
 * SQL: a text column cast to a number type (`DOUBLE`, `DECIMAL(18, 2)`), NULL where the cell is no number in this column's writing.
 * The decimal sign is the column's (facts.decimal; '.' where it has none) unless the user chose another.
 */
export function parseNumber(facts: Pick<ColumnFacts, 'decimal'>, expr: string, type = 'DOUBLE', sign?: '.' | ','): string {
  return `TRY_CAST(${numberText(sign ?? facts.decimal?.sign ?? '.', trimmed(expr))} AS ${type})`;
}
