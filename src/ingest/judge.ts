import type { ColumnFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { cellSql } from './cell.ts';
import { formsLike } from './date-forms.ts';
import { judgeDates, NO_DATES } from './judge-date.ts';
import type { Basics, Counted } from './judge-few.ts';
import { basics, numbersOf } from './judge-few.ts';
import { basicsBySql } from './judge-many.ts';
import type { NumberFacts } from './judge-number.ts';
import { judgeNumbers, NO_NUMBERS } from './judge-number.ts';
import { isInfinite } from './lost.ts';

export interface JudgeOptions {
  signal?: AbortSignal;
  /** After each column: how many are done. */
  on?: (done: number) => void;
  /** Up to so many different cells a column is judged here from all of them, beyond by SQL. For tests. */
  few?: number;
}

/** Columns counted in one scan. */
const AT_ONCE = 100;
const FEW = 30_000;
/** Up to so many different values SQL judges values with counts; beyond, and where most rows differ, row by row. */
const GROUPED = 1_000_000;
export const SAMPLES = 6;

/** Facts of every column of a raw text table, judged on all its rows. `names` in file order; the table's columns are c0, c1, … */
export async function judge(engine: Engine, table: string, names: string[], rows: number, opts: JudgeOptions = {}): Promise<ColumnFacts[]> {
  const few = opts.few ?? FEW;
  const different = await roughlyDistinct(engine, table, names.length, opts.signal);
  const facts: ColumnFacts[] = [];
  try {
    for (const [index, name] of names.entries()) {
      const all = different[index]! <= few ? await cellsOf(engine, table, index, few, opts.signal) : null;
      const judged = all
        ? await judgeFew(engine, table, index, all, opts.signal)
        : await judgeMany(engine, table, index, different[index]!, rows, opts.signal);
      facts.push(assemble(name, index, rows, judged));
      opts.on?.(index + 1);
    }
  } finally {
    await engine.exec('DROP TABLE IF EXISTS temp.judged');
  }
  return facts;
}

interface Judged {
  basic: Basics;
  numbers: NumberFacts;
  dates: typeof NO_DATES;
}

/** From all different cells: only dates, whose calendar the engine knows, need a query more. */
async function judgeFew(engine: Engine, table: string, index: number, cells: Counted[], signal?: AbortSignal): Promise<Judged> {
  const { facts: basic, values } = basics(cells, SAMPLES);
  const forms = new Set([...values.keys()].flatMap(formsLike));
  const dates = forms.size > 0 ? await judgeDates(engine, await grouped(engine, table, index, signal), basic.known, [...forms], signal) : NO_DATES;
  return { basic, numbers: numbersOf(values, basic.known), dates };
}

async function judgeMany(engine: Engine, table: string, index: number, different: number, rows: number, signal?: AbortSignal): Promise<Judged> {
  const counts = different <= Math.min(GROUPED, rows / 2);
  const look = async (keepsNA: boolean): Promise<{ source: string; basic: Basics; digits: boolean }> => {
    const cell = cellSql(`c${index}`, { keepsNA });
    const source = counts ? await grouped(engine, table, index, signal, keepsNA) : `(SELECT c${index} AS raw, ${cell} AS v, 1 AS n FROM ${table})`;
    return { source, ...(await basicsBySql(engine, source, counts, SAMPLES, signal)) };
  };
  const first = await look(false);
  const { source, basic: seen, digits } = first.basic.keepsNA ? await look(true) : first;
  const basic = first.basic.keepsNA ? { ...seen, keepsNA: true } : seen;
  if (!digits) return { basic, numbers: NO_NUMBERS, dates: NO_DATES };
  return {
    basic,
    numbers: await judgeNumbers(engine, source, basic.known, signal),
    dates: await judgeDates(engine, source, basic.known, null, signal),
  };
}

/** A table of the column's different cells: raw, v (trimmed, NULL for nothing), n (rows). */
async function grouped(engine: Engine, table: string, index: number, signal?: AbortSignal, keepsNA = false): Promise<string> {
  const counted = `SELECT c${index} AS raw, count(*) AS n FROM ${table} GROUP BY 1`;
  await engine.exec(`CREATE OR REPLACE TEMP TABLE judged AS SELECT raw, ${cellSql('raw', { keepsNA })} AS v, n FROM (${counted})`, { signal });
  return 'judged';
}

function assemble(name: string, index: number, rows: number, { basic, numbers, dates }: Judged): ColumnFacts {
  const { first, last, ...dated } = dates;
  let { known, lost } = basic;
  const numeric = numbers.number >= 0.5;
  // Infinity is nothing among numbers, and a word elsewhere.
  const infinite = lost.filter((l) => isInfinite(l.text));
  if (numeric) known -= infinite.reduce((n, l) => n + l.n, 0);
  else lost = lost.filter((l) => !infinite.includes(l));
  const share = (x: number): number => (numeric && known > 0 ? (x * basic.known) / known : x);
  const isDate = dated.date >= 0.5;
  return {
    ...basic,
    ...numbers,
    ...dated,
    name,
    index,
    known,
    lost,
    empty: rows - known,
    number: share(numbers.number),
    whole: share(numbers.whole),
    min: isDate ? first : basic.min,
    max: isDate ? last : basic.max,
  };
}

async function roughlyDistinct(engine: Engine, table: string, width: number, signal?: AbortSignal): Promise<number[]> {
  const out: number[] = [];
  for (let from = 0; from < width; from += AT_ONCE) {
    const cells = Array.from({ length: Math.min(AT_ONCE, width - from) }, (_, i) => from + i);
    const frame = await engine.query(`SELECT ${cells.map((i) => `approx_count_distinct(c${i}) AS d${i}`).join(', ')} FROM ${table}`, { signal });
    out.push(...cells.map((i) => Number(column(frame, `d${i}`)[0])));
  }
  return out;
}

/** All different cells of a column with their rows, or null if they are more than `few`. */
async function cellsOf(engine: Engine, table: string, index: number, few: number, signal?: AbortSignal): Promise<Counted[] | null> {
  const frame = await engine.query(`SELECT c${index} AS raw, count(*)::DOUBLE AS n FROM ${table} GROUP BY 1 LIMIT ${few + 1}`, { signal });
  if (frame.n > few) return null;
  return Array.from({ length: frame.n }, (_, i) => ({ raw: frame.columns[0]![i] as string | null, n: Number(frame.columns[1]![i]) }));
}
