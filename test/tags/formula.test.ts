import { describe, expect, it } from 'vitest';
import type { TagType } from '../../src/core/tag.ts';
import { checkFormula } from '../../src/tags/own/formula-check.ts';
import { FormulaError } from '../../src/tags/own/formula-tokens.ts';

const tag = (id: string, type: TagType, values: string[] = []) => ({
  id,
  type,
  title: id,
  values: values.map((value) => ({ value, n: 1 })),
  distinct: values.length,
});
const TAGS = [
  tag('orders', 'int'),
  tag('monetary', 'money'),
  tag('city', 'enum', ['Lyon', 'Nice', 'Paris']),
  tag('signup_at', 'date'),
  tag('vip', 'boolean'),
  tag('brands', 'set'),
  tag('attr:Job title', 'enum', ['nurse']),
];
const check = (text: string) => checkFormula(text, TAGS);
function mistake(text: string): [string, string] {
  try {
    check(text);
  } catch (e) {
    if (e instanceof FormulaError) return [e.message, text.slice(e.from, e.to)];
    throw e;
  }
  throw new Error(`no mistake in ${text}`);
}

describe('formulas', () => {
  it.each([
    ['1 + 2 * orders', 'number', '(1::DOUBLE + (2::DOUBLE * t."orders"::DOUBLE))'],
    ['(1 + 2) * orders', 'number', '((1::DOUBLE + 2::DOUBLE) * t."orders"::DOUBLE)'],
    ['monetary / orders', 'money', '(t."monetary"::DOUBLE / nullif(t."orders"::DOUBLE, 0))'],
    ['monetary / monetary', 'number', null],
    ['-orders - -1', 'number', '((-t."orders"::DOUBLE) - (-1::DOUBLE))'],
    ['not vip or vip and orders = 1', 'boolean', '((NOT t."vip") OR (t."vip" AND (t."orders"::DOUBLE = 1::DOUBLE)))'],
    ['not orders = 1', 'boolean', '(NOT (t."orders"::DOUBLE = 1::DOUBLE))'],
    ['vip and not city = "Lyon"', 'boolean', '(t."vip" AND (NOT (t."city"::VARCHAR = \'Lyon\')))'],
    ['city in (\'Lyon\', "Nice")', 'boolean', "(t.\"city\"::VARCHAR IN ('Lyon', 'Nice'))"],
    ['[attr:Job title] != "it\'s"', 'boolean', "(t.\"attr:Job title\"::VARCHAR <> 'it''s')"],
    ['signup_at >= "2024-01-31"', 'boolean', '(t."signup_at"::TIMESTAMP >= TIMESTAMP \'2024-01-31\')'],
    ['days(signup_at, today())', 'number', 'date_diff(\'day\', t."signup_at"::TIMESTAMP::DATE, as_of()::DATE)::DOUBLE'],
    ['IF(orders > 1, "many", vip, "vip", unknown)', 'enum', null],
    ['min(orders, 3, unknown)', 'number', null],
    ['coalesce(city, "none")', 'enum', 'coalesce(t."city"::VARCHAR, \'none\')'],
    ['known(city) and contains(city, "y")', 'boolean', null],
    ['(orders < 2) = vip', 'boolean', null],
  ])('%s', (text, type, sql) => {
    const made = check(text);
    expect(made.type).toBe(type);
    if (sql !== null) expect(made.sql.replace(/^CASE WHEN isfinite\((.*)\) THEN \1 END$/, '$1')).toBe(sql);
  });
  it.each([
    ['', 'A number, a tag or a text should follow here.', ''],
    ['orders +', 'A number, a tag or a text should follow here.', ''],
    ['orders orders', 'An operator such as + or = should stand before this, but there is “orders”.', 'orders'],
    ['(orders', 'A “)” should follow, but the formula ends.', ''],
    ['orders + "a"', '“+” needs a number, but this is a text.', '"a"'],
    ['ordres + 1', 'There is no tag “ordres”: did you mean orders?', 'ordres'],
    ['Orders + 1', 'There is no tag “Orders”: did you mean orders?', 'Orders'],
    ['mn(1, 2)', 'There is no function “mn”: did you mean min?', 'mn'],
    ['if(orders, 1, 2)', 'if needs yes or no, but this is a number.', 'orders'],
    ['if(vip, 1, "x")', 'if gives values of one type: a number and a text do not go together.', '"x"'],
    ['city > 3', '“>” compares like with like: a text and a number do not go together.', '3'],
    ['1 < orders < 3', 'Comparisons cannot follow one another: join them by “and”.', '1 < orders <'],
    ['brands = "x"', '“brands” holds several values for one member, which a formula cannot take.', 'brands'],
    ['signup_at = "soon"', '“soon” is no date: write it like "2024-06-30".', '"soon"'],
    ['city = "Lyon', 'This text has no closing ".', '"Lyon'],
    ['orders & 1', '“&” means nothing here.', '&'],
    ['orders = unknown', 'Nothing equals unknown: write known(…) or not known(…).', 'orders = unknown'],
    ['days(signup_at)', 'days(from, to) cannot take 1 values.', 'days(signup_at)'],
    ['1e999', 'This number is too large.', '1e999'],
    [`${'('.repeat(80)}1${')'.repeat(80)}`, 'This formula is nested too deeply.', '('],
  ])('%s: %s', (text, message, at) => {
    expect(mistake(text)).toEqual([message, at]);
  });
  it('points at values that nobody has', () => {
    expect(check('city = "Pariss"').hints.map((h) => h.message)).toEqual(['No one has “Pariss” as city: did you mean “Paris”?']);
  });
});
