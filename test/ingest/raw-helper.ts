import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ColumnFacts, FileFacts } from '../../src/core/files.ts';
import { column, rows } from '../../src/core/frame.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { cellSql } from '../../src/ingest/cell.ts';
import { DATE_FORMS } from '../../src/ingest/date-forms.ts';
import { formSql } from '../../src/ingest/parse-date.ts';
import { parseNumber } from '../../src/ingest/parse-number.ts';

/** Raw table and facts of a CSV text made by the engine's own reader: good enough for tidy files. */
export async function rawCsv(
  engine: Engine,
  name: string,
  text: string | Uint8Array,
  opts: { header?: boolean; delimiter?: string } = {},
): Promise<FileFacts> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = sha256.slice(0, 12);
  await engine.register(`in/${id}.csv`, bytes);
  const header = opts.header ?? true;
  const read = `read_csv('in/${id}.csv', all_varchar = true, header = ${header}, delim = '${opts.delimiter ?? ','}', null_padding = ${!header})`;
  const names = Array.from(column(await engine.query(`DESCRIBE SELECT * FROM ${read}`), 'column_name'), String);
  const list = names.map((n, i) => `"${n}" AS c${i}`).join(', ');
  await engine.exec(`CREATE OR REPLACE TABLE z.f_${id} AS SELECT (row_number() OVER () + ${header ? 1 : 0})::UINTEGER AS line, ${list} FROM ${read}`);
  await engine.unregister(`in/${id}.csv`);
  const count = Number(column(await engine.query(`SELECT count(*) AS n FROM z.f_${id}`), 'n')[0]);
  const columns: ColumnFacts[] = [];
  for (const [i, n] of names.entries()) columns.push(await judged(engine, `z.f_${id}`, n, i));
  const dialect = { encoding: 'utf-8', delimiter: opts.delimiter ?? ',', quote: '"', escape: '"', header, skip: 0 };
  return { id, name, bytes: bytes.length, sha256, format: 'csv', dialect, rows: count, rejected: 0, rejectedRows: [], columns, notes: [] };
}

async function judged(engine: Engine, table: string, name: string, index: number): Promise<ColumnFacts> {
  const v = cellSql(`c${index}`);
  // A few forms are enough here, and all of them cost seconds to plan.
  const FORMS = DATE_FORMS.filter((f) => ['yyyy-mm-dd', 'yyyy-mm-dd with offset', 'd/m/yyyy', 'seconds since 1970'].includes(f.id));
  const forms = FORMS.map((f, k) => `count(*) FILTER (${formSql(f, 'v')} IS NOT NULL) AS d${k}`).join(', ');
  const n = parseNumber({ decimal: null }, 'v');
  const r = rows<Record<string, number | null> & { samples: string[] | null }>(
    await engine.query(
      `SELECT count(*) AS known, count(DISTINCT v) AS dist, count(${n}) AS num, count(*) FILTER (${n} = floor(${n})) AS whole, min(${n}) AS lo, max(${n}) AS hi, ` +
        `bool_and(v LIKE '%.0') AS dot, max(length(regexp_extract(v, '\\.(\\d+)$', 1))) AS scale, list(DISTINCT v ORDER BY v)[1:5] AS samples, ${forms} FROM (SELECT ${v} AS v FROM ${table}) WHERE v IS NOT NULL`,
    ),
  )[0]!;
  const known = r.known ?? 0;
  const dates = FORMS.map((f, k) => ({ form: f.id, n: r[`d${k}`] ?? 0 }))
    .filter((d) => d.n > 0)
    .sort((a, b) => b.n - a.n);
  const share = (x: number | null | undefined): number => (known ? (x ?? 0) / known : 0);
  return {
    name,
    index,
    known,
    empty: 0,
    distinct: r.dist ?? 0,
    number: share(r.num),
    whole: share(r.whole),
    date: share(
      Math.min(
        known,
        dates.reduce((a, d) => a + d.n, 0),
      ),
    ),
    decimal: r.num ? { sign: '.', guess: false, scale: r.scale ?? 0 } : null,
    dates,
    ambiguous: false,
    offset: dates.some((d) => d.form.includes('offset')),
    dotZero: Boolean(r.dot),
    min: null,
    max: null,
    samples: r.samples ?? [],
    range: r.num ? [r.lo ?? 0, r.hi ?? 0] : null,
    lost: [],
  };
}

const DATA = new URL('../../../shared/data/', import.meta.url);
/** Bytes of a file of the shared data, or null (with a printed reason) where that is absent. */
export function sharedData(path: string): Uint8Array | null {
  const url = new URL(path, DATA);
  if (!existsSync(url)) {
    console.warn(`skipped: ../shared/data/${path} is not here`);
    return null;
  }
  const bytes = readFileSync(url);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
