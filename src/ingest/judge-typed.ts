import type { ColumnFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { SAMPLES } from './judge.ts';

const MOMENT = /^(TIMESTAMP|DATE$)/;
const NUMBER = /^(U?(TINY|SMALL|BIG)?INT(EGER)?|UINTEGER|DOUBLE|DECIMAL)/;
/** Whole numbers in this range may be seconds, milliseconds or microseconds since 1970: such a column is judged as text. */
const EPOCH = 900_000_000;

/** A column whose type says what it is. */
export const isTyped = (type: string): boolean => MOMENT.test(type) || NUMBER.test(type);

/**
 * Facts of a column that the file itself holds as numbers, dates or instants: its type is the judgement, so only counts and extremes are asked for,
 * in one scan. Null where whole numbers look like instants: then it must be judged as text. Infinite and not-a-number count as lost.
 */
export async function judgeTyped(
  engine: Engine,
  table: string,
  index: number,
  name: string,
  type: string,
  rows: number,
  signal?: AbortSignal,
): Promise<ColumnFacts | null> {
  const c = `c${index}`;
  const moment = MOMENT.test(type);
  const float = type === 'DOUBLE';
  const finite = float ? `CASE WHEN isfinite(${c}) THEN ${c} END` : c;
  const asNumber = moment ? 'NULL' : `(${finite})::DOUBLE`;
  const frame = await engine.query(
    `SELECT count(${finite})::DOUBLE AS known, count(DISTINCT ${finite})::DOUBLE AS d, CAST(min(${finite}) AS VARCHAR) AS lo, CAST(max(${finite}) AS VARCHAR) AS hi, ` +
      `min(${asNumber}) AS lon, max(${asNumber}) AS hin, ${float ? `count(*) FILTER (${finite} = floor(${finite}))::DOUBLE` : 'NULL'} AS wholes, ` +
      `${float ? `max(length(split_part(CAST(${finite} AS VARCHAR), '.', 2)))` : 'NULL'} AS decimals, ${float ? `count(*) FILTER (NOT isfinite(${c}))::DOUBLE` : '0'} AS odd FROM ${table}`,
    { ...(signal ? { signal } : {}) },
  );
  const at = (key: string): string | number | null => column(frame, key)[0] as string | number | null;
  const known = Number(at('known'));
  const range: [number, number] | null = moment || known === 0 ? null : [Number(at('lon')), Number(at('hin'))];
  if (range && !float && !type.startsWith('DECIMAL') && range[0] >= EPOCH) return null;
  const scale = type.startsWith('DECIMAL') ? Number(/,\s*(\d+)/.exec(type)?.[1] ?? 0) : float ? Number(at('decimals') ?? 0) : 0;
  const allWhole = float ? Number(at('wholes')) === known : scale === 0;
  const samples = await engine.query(
    `SELECT CAST(${c} AS VARCHAR) AS v FROM (SELECT ${c} FROM ${table} WHERE ${c} IS NOT NULL LIMIT 2000) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${SAMPLES}`,
  );
  const odd = Number(at('odd'));
  return {
    name,
    index,
    known,
    empty: rows - known,
    distinct: Number(at('d')),
    number: moment ? 0 : 1,
    whole: moment ? 0 : allWhole ? 1 : float ? Number(at('wholes')) / Math.max(1, known) : 0,
    date: moment ? 1 : 0,
    decimal: moment ? null : { sign: '.', guess: false, scale: allWhole ? 0 : scale },
    dates: moment && known > 0 ? [{ form: 'yyyy-mm-dd', n: known }] : [],
    ambiguous: false,
    offset: false,
    dotZero: float && allWhole && known > 0,
    min: at('lo') as string | null,
    max: at('hi') as string | null,
    samples: Array.from(column(samples, 'v'), String),
    range,
    lost: odd > 0 ? [{ text: 'inf', n: odd, reason: 'not a finite number' }] : [],
  };
}
