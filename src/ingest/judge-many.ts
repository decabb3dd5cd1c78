import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { trimmed } from './cell.ts';
import type { Basics } from './judge-few.ts';
import { LOST, NOTHING } from './lost.ts';

/**
 * Counts, extremes, samples and losses of a column of many values, by SQL. `source` has raw, v and n; `counts`: one row per different cell.
 * Where the answer says keepsNA and the source did not know it, `NA` is still among the lost: ask again with a source that keeps it.
 */
export async function basicsBySql(
  engine: Engine,
  source: string,
  counts: boolean,
  samples: number,
  signal?: AbortSignal,
): Promise<{ basic: Basics; digits: boolean }> {
  // The hash keeps the set of a column of long texts small; two of 10 million values meet with a chance of 3 in a million.
  const distinct = counts ? 'count(DISTINCT v)' : 'count(DISTINCT hash(v)) FILTER (v IS NOT NULL)';
  const which = `CASE WHEN v IS NULL THEN -1 ${LOST.map((l, i) => `WHEN ${l.sql('v')} THEN ${i}`).join(' ')} END`;
  const lostHere = `raw IS NOT NULL AND ${which} IS NOT NULL`;
  const frame = await engine.query(
    `SELECT coalesce(sum(n) FILTER (v IS NOT NULL), 0)::DOUBLE AS known, ${distinct} AS d, min(v) AS lo, max(v) AS hi, ` +
      `coalesce(bool_or(regexp_matches(v, '\\d')), false) AS digits, count(*) FILTER (${lostHere}) AS lost FROM ${source}`,
    { signal },
  );
  const one = (key: string): number => Number(column(frame, key)[0]);
  const known = one('known');
  const lost = one('lost') > 0 ? await lostBySql(engine, `(SELECT raw, n, ${which} AS k FROM ${source} WHERE ${lostHere})`, signal) : [];
  const maybeNamibia = known > 0 && lost.some((l) => l.text === 'NA' && l.reason === NOTHING);
  const basic: Basics = {
    known,
    distinct: one('d'),
    min: column(frame, 'lo')[0] as string | null,
    max: column(frame, 'hi')[0] as string | null,
    samples: await samplesBySql(engine, source, counts, samples, signal),
    lost,
    ...(maybeNamibia && (await twoLetters(engine, source, signal)) >= 0.95 * known ? { keepsNA: true } : {}),
  };
  return { basic, digits: column(frame, 'digits')[0] === true };
}

async function twoLetters(engine: Engine, source: string, signal?: AbortSignal): Promise<number> {
  const frame = await engine.query(`SELECT coalesce(sum(n), 0)::DOUBLE AS m FROM ${source} WHERE regexp_full_match(v, '[A-Z]{2}')`, { signal });
  return Number(column(frame, 'm')[0]);
}

async function lostBySql(engine: Engine, source: string, signal?: AbortSignal): Promise<Basics['lost']> {
  const frame = await engine.query(
    `SELECT ${trimmed('raw')} AS w, k, sum(n)::DOUBLE AS m FROM ${source} GROUP BY 1, 2 HAVING w <> '' ORDER BY 3 DESC, 1 LIMIT 20`,
    { signal },
  );
  const at = (name: string, i: number): unknown => column(frame, name)[i];
  return Array.from({ length: frame.n }, (_, i) => ({
    text: String(at('w', i)),
    n: Number(at('m', i)),
    reason: LOST[Number(at('k', i))]?.reason ?? NOTHING,
  }));
}

/** The commonest values; where nearly every row has its own, those of the first rows. */
async function samplesBySql(engine: Engine, source: string, counts: boolean, samples: number, signal?: AbortSignal): Promise<string[]> {
  const from = counts ? source : `(SELECT v, n FROM ${source} WHERE v IS NOT NULL LIMIT 2000)`;
  const frame = await engine.query(`SELECT left(v, 200) AS v FROM ${from} WHERE v IS NOT NULL GROUP BY 1 ORDER BY sum(n) DESC, 1 LIMIT ${samples}`, {
    signal,
  });
  return Array.from(column(frame, 'v')) as string[];
}
