import { TesseraError } from '../core/errors.ts';
import type { ColumnFacts } from '../core/files.ts';
import { loadParquet } from '../engine/parquet.ts';
import type { Source } from '../engine/engine.ts';
import { columnsOf } from './header.ts';
import { judge } from './judge.ts';
import { isTyped, judgeTyped } from './judge-typed.ts';
import { knownColumns, refuseWide, type Loaded, type OpenJob } from './open-job.ts';
import { sha256 } from './source.ts';

/**
 * Loads a Parquet file with its own types; there is nothing to reject, since its rows are whole by format. Columns are judged as text, as
 * any other file's, through a view, where the file holds them as text; numbers and instants are taken at their type.
 */
export async function openParquet(job: OpenJob, source: Source): Promise<Loaded> {
  const { engine, name, signal } = job;
  const [database, table] = job.table.split('.') as [string, string];
  const on = (rows: number): void => job.tell('reading', rows, Math.max(rows, 1), 'rows');
  const loaded = await loadParquet(engine, table, source, { ...(signal ? { signal } : {}), on }).catch((e: unknown) => {
    throw named(e, name);
  });
  refuseWide(name, loaded.columns.length);
  if (loaded.rows === 0)
    throw new TesseraError('FILE_HEADER_ONLY', `${name} has columns but no rows.`, {
      next: 'Export it again, and look whether the export had rows.',
      where: { file: name },
    });
  const hash = job.sha256 ?? (await sha256(job.reader, signal));
  const { names, notes } = columnsOf(
    loaded.columns.map((c) => c.name),
    loaded.columns.length,
    [],
    name,
  );
  await engine.exec(`CREATE OR REPLACE TABLE ${job.rejects} (line UINTEGER, reason VARCHAR, text VARCHAR)`);
  const whole: Omit<Loaded, 'columns'> = {
    format: 'parquet',
    dialect: null,
    rows: loaded.rows,
    rejected: 0,
    rejectedRows: [],
    notes,
    names,
    sha256: hash,
  };
  const known = knownColumns(job, hash, null);
  if (known) return { ...whole, columns: known };
  const view = `judged_${table}`;
  const judged: ColumnFacts[] = [];
  const asText: number[] = [];
  for (const [i, column] of names.entries()) {
    const { type } = loaded.columns[i]!;
    const facts = isTyped(type) ? await judgeTyped(engine, job.table, i, column, type, loaded.rows, signal) : null;
    if (facts) judged[i] = facts;
    else asText.push(i);
    job.tell('judging columns', judged.length, names.length, 'steps');
  }
  const cells = asText.map((i, at) => `CAST(c${i} AS VARCHAR) AS c${at}`).join(', ');
  try {
    if (asText.length > 0) {
      await engine.exec(`CREATE OR REPLACE TEMP VIEW ${view} AS SELECT line, ${cells} FROM ${database}.${table}`);
      const texts = await judge(
        engine,
        `temp.${view}`,
        asText.map((i) => names[i]!),
        loaded.rows,
        {
          ...(signal ? { signal } : {}),
          on: (done) => job.tell('judging columns', names.length - asText.length + done, names.length, 'steps'),
        },
      );
      texts.forEach((facts, at) => (judged[asText[at]!] = { ...facts, index: asText[at]! }));
    }
    const columns = judged.map((c, i) => (loaded.columns[i]!.zoned ? { ...c, offset: true } : c));
    return { ...whole, columns };
  } finally {
    await engine.exec(`DROP VIEW IF EXISTS temp.${view}`);
  }
}

/** The reader does not know what the file is called; its sentences begin with 'This Parquet file'. */
function named(e: unknown, name: string): unknown {
  if (!(e instanceof TesseraError) || !e.code.startsWith('FILE_')) return e;
  return new TesseraError(e.code, e.message.replace('This Parquet file', name), { next: e.next, where: { ...e.where, file: name }, cause: e.cause });
}
