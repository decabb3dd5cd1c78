import type { ColumnFacts } from '../core/files.ts';

/** Currency codes and words met in exports; symbols go by their Unicode class. */
const CODES = (
  'USD EUR GBP CNY RMB JPY CHF SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH INR IDR THB VND KRW TWD HKD SGD MYR PHP AUD NZD CAD MXN BRL ARS CLP COP PEN ' +
  'ZAR NGN KES EGP AED SAR QAR ILS PKR BDT KZT Kč zł Ft kr kr\\. Rs Rs\\. Fr\\. лв руб руб\\. р\\. TL 元 円 원'
)
  .split(' ')
  .join('|');
const SPACES = String.raw`[\s\p{Zs}'’]|(?:US|CA|AU|HK|NZ|NT|MX|CN|JP|[ARCS])?\p{Sc}`;

/** What a plain number looks like, and one with groups, brackets, a sign behind or a per cent sign. */
export function numberPatterns(sign: '.' | ','): { plain: string; full: string } {
  const d = sign === '.' ? String.raw`\.` : ',';
  const g = sign === '.' ? ',' : String.raw`\.`;
  const num = String.raw`(?:(?:[1-9]\d{0,2}(?:${g}\d{2,3})*${g}\d{3}|\d+)(?:${d}\d*)?|${d}\d+)`;
  return {
    plain: String.raw`[+-]?\d+(?:${d}\d+)?`,
    full: String.raw`[+\-−]?${num}(?:[eE][+-]\d{1,3}|%)?|\(${num}%?\)|${num}%?[-−]`,
  };
}

/** SQL: the cell without blanks, apostrophes, currency symbols and codes; what is left of a word is left. */
export function bareNumber(expr: string): string {
  const bare = `regexp_replace(${expr}, '${SPACES.replaceAll("'", "''")}', '', 'g')`;
  return `regexp_replace(${bare}, '(?i)^([+\\-−(]?)(?:${CODES})|(?:${CODES})([)\\-−%]?)$', '\\1\\2', 'g')`;
}

/**
 * SQL: the cell as a number's text that a cast reads exactly ('-1234.56', '12.5e-2' for 12.5 %), or NULL where it is no number under this
 * decimal sign. Source of the rules: definitions, section 2, *Numbers*. An exponent counts only with its sign (1E+5): `1E5` is an article number.
 */
export function numberText(sign: '.' | ',', expr: string): string {
  const { plain, full } = numberPatterns(sign);
  const group = sign === '.' ? ',' : '.';
  const dotted = (text: string): string => (sign === '.' ? text : `replace(${text}, ',', '.')`);
  const digits = dotted(`replace(trim(b, '()%+-−'), '${group}', '')`);
  const minus = `CASE WHEN left(b, 1) IN ('-', '−', '(') OR right(b, 1) IN ('-', '−') THEN '-' END`;
  // The lambda gives the bare number a name, so that it is made once; only cells that are not plain come to it.
  return (
    `CASE WHEN regexp_full_match(${expr}, '${plain}') THEN ${dotted(expr)} WHEN ${mayBeNumber(expr)} THEN list_transform([${bareNumber(expr)}], ` +
    `lambda b: CASE WHEN regexp_full_match(b, '${full}') THEN concat(${minus}, ${digits}, CASE WHEN contains(b, '%') THEN 'e-2' END) END)[1] END`
  );
}

/** SQL: false for cells that are too wordy for a number with a currency's code or word before or behind it. Cheap, and never wrong about a number. */
export const mayBeNumber = (expr: string): string =>
  `(length(${expr}) <= 60 AND regexp_matches(${expr}, '\\d') AND regexp_full_match(${expr}, '[^A-Za-z]*[A-Za-z]{0,4}[^A-Za-z]*[A-Za-z]{0,4}[^A-Za-z]*'))`;

const jsSpaces = new RegExp(SPACES, 'gu');
const jsCodes = new RegExp(`^([+\\-−(]?)(?:${CODES})|(?:${CODES})([)\\-−%]?)$`, 'giu');
const jsPatterns = { '.': compiled('.'), ',': compiled(',') };
function compiled(sign: '.' | ','): RegExp {
  return new RegExp(`^(?:${numberPatterns(sign).full})$`, 'u');
}

/** The same in TypeScript as `numberText`, for columns of few values: how a cell reads under each decimal sign, null where it is no number. */
export function numberTexts(cell: string): Record<'.' | ',', string | null> {
  if (cell.length > 60 || !/\d/.test(cell)) return { '.': null, ',': null };
  if (/^[+-]?\d+$/.test(cell)) return { '.': cell, ',': cell };
  const bare = cell.replace(jsSpaces, '').replace(jsCodes, '$1$2');
  const minus = /^[-−(]|[-−]$/.test(bare) ? '-' : '';
  const core = bare.replace(/^[()%+\-−]+|[()%+\-−]+$/g, '');
  const text = (sign: '.' | ','): string | null => {
    if (!jsPatterns[sign].test(bare)) return null;
    const digits = sign === '.' ? core.replaceAll(',', '') : core.replaceAll('.', '').replace(',', '.');
    return `${minus}${digits}${bare.includes('%') ? 'e-2' : ''}`;
  };
  return { '.': text('.'), ',': text(',') };
}

/**
 * SQL: a text column cast to a number type (`DOUBLE`, `DECIMAL(18, 2)`), NULL where the cell is no number in this column's writing.
 * The decimal sign is the column's (facts.decimal; '.' where it has none) unless the user chose another.
 */
export function parseNumber(facts: Pick<ColumnFacts, 'decimal'>, expr: string, type = 'DOUBLE', sign?: '.' | ','): string {
  return `TRY_CAST(${numberText(sign ?? facts.decimal?.sign ?? '.', expr)} AS ${type})`;
}
