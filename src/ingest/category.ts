import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { Col, FilePlan } from './plan.ts';
import { cols } from './plan.ts';
import { textSql } from './raw.ts';

/** SQL: a category path with '/' between its levels, whichever of / > | the file writes. */
const pathSql = (c: Col): string => `nullif(trim(regexp_replace(${textSql(c)}, '\\s*[/>|]+\\s*', '/', 'g'), '/ '), '')`;

/**
 * SQL of a product's category path in a file. One column is split at its own signs. Of several, text goes before numbers; those that nest (each finer
 * value lies in one coarser) become the levels of one path; without nesting the first column counts (definitions, section 2: conflicts).
 */
export async function categorySql(engine: Engine, file: FilePlan, opts?: QueryOptions): Promise<string> {
  const all = cols(file, 'category');
  const text = all.filter((c) => c.facts.number < 0.5);
  const used = text.length > 0 ? text : all;
  const levels: Col[] = [];
  for (const c of used.toSorted((a, b) => a.facts.distinct - b.facts.distinct || a.facts.index - b.facts.index)) {
    if (levels.length === 0 || (await nested(engine, file, c, levels.at(-1)!, opts))) levels.push(c);
  }
  if (levels.length < 2) return used.length === 0 ? 'CAST(NULL AS VARCHAR)' : pathSql(used.toSorted((a, b) => a.facts.index - b.facts.index)[0]!);
  return `nullif(concat_ws('/', ${levels.map(pathSql).join(', ')}), '')`;
}

async function nested(engine: Engine, file: FilePlan, fine: Col, coarse: Col, opts?: QueryOptions): Promise<boolean> {
  const frame = await engine.query(
    `SELECT count(*) FILTER (n > 1), count(*) FROM (SELECT count(DISTINCT ${textSql(coarse)}) AS n FROM ${file.table} f WHERE ${textSql(fine)} IS NOT NULL GROUP BY ${textSql(fine)})`,
    opts,
  );
  const [several, values] = frame.columns.map((x) => Number((x as ArrayLike<Value>)[0]));
  return values! > 0 && several === 0;
}
