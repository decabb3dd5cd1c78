import type { ColumnFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { bareNumber, mayBeNumber, numberPatterns, numberText } from './parse-number.ts';

export type NumberFacts = Pick<ColumnFacts, 'number' | 'whole' | 'decimal' | 'range' | 'dotZero'>;
const NONE: NumberFacts = { number: 0, whole: 0, decimal: null, range: null, dotZero: false };

/**
 * Numbers of a column. `source` has v (trimmed cell or NULL) and n (rows). The decimal sign is the one under which values read that do not
 * read under the other: 12.5, 1234.567 and 1.234,00 decide, 1.234 and 1,234 do not. Source: definitions, section 2, *Numbers*.
 */
export async function judgeNumbers(engine: Engine, source: string, known: number, signal?: AbortSignal): Promise<NumberFacts> {
  const dot = `regexp_full_match(b, '${numberPatterns('.').full}')`;
  const comma = `regexp_full_match(b, '${numberPatterns(',').full}')`;
  const sum = (where: string): string => `coalesce(sum(n) FILTER (${where}), 0)::DOUBLE`;
  const signs = await engine.query(
    `SELECT ${sum(dot)} AS dot, ${sum(comma)} AS comma, ${sum(`${dot} AND NOT ${comma}`)} AS onlydot, ${sum(`${comma} AND NOT ${dot}`)} AS onlycomma, ` +
      `${sum(`${dot} AND ${comma} AND regexp_matches(b, '[.,]')`)} AS either, ${sum(`regexp_full_match(v, '\\d+\\.0')`)} AS dotzero FROM (` +
      `SELECT v, n, CASE WHEN regexp_full_match(v, '[+-]?[\\d.,]+') THEN v WHEN ${mayBeNumber('v')} THEN ${bareNumber('v')} END AS b FROM ${source} WHERE v IS NOT NULL)`,
    { signal },
  );
  const at = (name: string): number => Number(column(signs, name)[0]);
  const sign = at('onlycomma') > at('onlydot') ? ',' : '.';
  const number = at(sign === '.' ? 'dot' : 'comma');
  if (number === 0) return NONE;
  const guess = at('onlydot') + at('onlycomma') === 0 && at('either') > 0;
  const text = numberText(sign, 'v');
  const exponent = `coalesce(TRY_CAST(regexp_extract(t, 'e([+-]\\d+)', 1) AS INTEGER), 0)`;
  const sizes = await engine.query(
    `SELECT ${sum('x = floor(x)')} AS whole, min(x) AS lo, max(x) AS hi, max(greatest(0, length(regexp_extract(t, '\\.(\\d+)', 1)) - ${exponent})) AS scale ` +
      `FROM (SELECT n, lower(t) AS t, TRY_CAST(t AS DOUBLE) AS x FROM (SELECT n, ${text} AS t FROM ${source} WHERE v IS NOT NULL) WHERE t IS NOT NULL)`,
    { signal },
  );
  const of = (name: string): number => Number(column(sizes, name)[0]);
  const mainly = number >= known / 2;
  return {
    number: number / known,
    whole: of('whole') / known,
    decimal: mainly ? { sign, guess, scale: of('scale') } : null,
    range: mainly ? [of('lo'), of('hi')] : null,
    dotZero: known > 0 && at('dotzero') === known,
  };
}
