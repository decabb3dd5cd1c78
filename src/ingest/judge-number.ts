import type { ColumnFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { bareNumber, mayBeNumber, numberPatterns, numberText } from './parse-number.ts';

export type NumberFacts = Pick<ColumnFacts, 'number' | 'whole' | 'decimal' | 'range' | 'dotZero'>;
export const NO_NUMBERS: NumberFacts = { number: 0, whole: 0, decimal: null, range: null, dotZero: false };

interface Counts {
  number: number;
  whole: number;
  scale: number;
  lo: number;
  hi: number;
  sign: '.' | ',';
  guess: boolean;
  dotZero: number;
}
const sum = (where: string): string => `coalesce(sum(n) FILTER (${where}), 0)::DOUBLE`;

/**
 * Numbers of a column. `source` has v (trimmed cell or NULL) and n (rows). The decimal sign is the one under which values read that do not
 * read under the other: 12.5, 1234.567 and 1.234,00 decide, 1.234 and 1,234 do not. Source: definitions, section 2, *Numbers*.
 */
export async function judgeNumbers(engine: Engine, source: string, known: number, signal?: AbortSignal): Promise<NumberFacts> {
  const c = (await plainNumbers(engine, source, signal)) ?? (await anyNumbers(engine, source, signal));
  if (c.number === 0 || known === 0) return NO_NUMBERS;
  const mainly = c.number >= known / 2;
  return {
    number: c.number / known,
    whole: c.whole / known,
    decimal: mainly ? { sign: c.sign, guess: c.guess, scale: c.scale } : null,
    range: mainly ? [c.lo, c.hi] : null,
    dotZero: c.dotZero === known,
  };
}

/** In one scan, where no value is written in any way but the plainest; null where some may be. */
async function plainNumbers(engine: Engine, source: string, signal?: AbortSignal): Promise<Counts | null> {
  const { plain } = numberPatterns('.');
  // A group of three behind the only point: a thousand or a fraction, nobody knows.
  const either = `regexp_full_match(t, '[+-]?[1-9]\\d{0,2}\\.\\d{3}')`;
  const frame = await engine.query(
    `SELECT ${sum('t IS NOT NULL')} AS number, ${sum('x = floor(x)')} AS whole, min(x) AS lo, max(x) AS hi, max(CASE WHEN contains(t, '.') THEN strlen(t) - instr(t, '.') ELSE 0 END) AS scale, ` +
      `${sum(`contains(t, '.') AND NOT ${either}`)} AS sure, ${sum(`contains(t, '.') AND ${either}`)} AS either, ${sum(`suffix(t, '.0') AND t NOT LIKE '%.%.%' AND left(t, 1) NOT IN ('+', '-')`)} AS dotzero, ` +
      `count(*) FILTER (t IS NULL AND ${mayBeNumber('v')}) AS other ` +
      `FROM (SELECT v, n, t, TRY_CAST(t AS DOUBLE) AS x FROM (SELECT v, n, CASE WHEN regexp_full_match(v, '${plain}') THEN v END AS t FROM ${source} WHERE v IS NOT NULL))`,
    { signal },
  );
  const at = (name: string): number => Number(column(frame, name)[0]);
  if (at('other') > 0) return null;
  const guess = at('sure') === 0 && at('either') > 0;
  return { number: at('number'), whole: at('whole'), scale: at('scale'), lo: at('lo'), hi: at('hi'), sign: '.', guess, dotZero: at('dotzero') };
}

async function anyNumbers(engine: Engine, source: string, signal?: AbortSignal): Promise<Counts> {
  const dot = `regexp_full_match(b, '${numberPatterns('.').full}')`;
  const comma = `regexp_full_match(b, '${numberPatterns(',').full}')`;
  const signs = await engine.query(
    `SELECT ${sum(dot)} AS dot, ${sum(comma)} AS comma, ${sum(`${dot} AND NOT ${comma}`)} AS onlydot, ${sum(`${comma} AND NOT ${dot}`)} AS onlycomma, ` +
      `${sum(`${dot} AND ${comma} AND regexp_matches(b, '[.,]')`)} AS either, ${sum(`regexp_full_match(v, '\\d+\\.0')`)} AS dotzero FROM (` +
      `SELECT v, n, CASE WHEN regexp_full_match(v, '[+-]?[\\d.,]+') THEN v WHEN ${mayBeNumber('v')} THEN ${bareNumber('v')} END AS b FROM ${source} WHERE v IS NOT NULL)`,
    { signal },
  );
  const at = (name: string): number => Number(column(signs, name)[0]);
  const sign = at('onlycomma') > at('onlydot') ? ',' : '.';
  const exponent = `coalesce(TRY_CAST(regexp_extract(t, 'e([+-]\\d+)', 1) AS INTEGER), 0)`;
  const sizes = await engine.query(
    `SELECT ${sum('x = floor(x)')} AS whole, min(x) AS lo, max(x) AS hi, max(greatest(0, length(regexp_extract(t, '\\.(\\d+)', 1)) - ${exponent})) AS scale ` +
      `FROM (SELECT n, lower(t) AS t, TRY_CAST(t AS DOUBLE) AS x FROM (SELECT n, ${numberText(sign, 'v')} AS t FROM ${source} WHERE v IS NOT NULL) WHERE t IS NOT NULL)`,
    { signal },
  );
  const of = (name: string): number => Number(column(sizes, name)[0]);
  const guess = at('onlydot') + at('onlycomma') === 0 && at('either') > 0;
  const number = at(sign === '.' ? 'dot' : 'comma');
  return { number, whole: of('whole'), scale: of('scale'), lo: of('lo'), hi: of('hi'), sign, guess, dotZero: at('dotzero') };
}
