import { isCancelled, TesseraError } from '../core/errors.ts';
import type { Dialect, FileFacts, Note, Progress } from '../core/files.ts';
import type { Engine, Source } from '../engine/engine.ts';
import { dropTables } from '../engine/keep.ts';
import { judge } from './judge.ts';
import { kindOf } from './magic.ts';
import { knownColumns, type Loaded, type OpenJob } from './open-job.ts';
import { openParquet } from './open-parquet.ts';
import { openText } from './open-text.ts';
import { cancelled, hashAtOnce, openReader, sha256 } from './source.ts';

export { peek, rawLine } from './peek.ts';

export interface OpenOptions {
  /** What the user chose about the cutting; the rest is sniffed. */
  dialect?: Partial<Dialect>;
  /** Facts of this very content, where it was opened before: its columns are not judged again. Of other content they say nothing. */
  known?: FileFacts | undefined;
  /** Files opened already: the same content again is refused (FILE_TWICE). */
  before?: readonly FileFacts[];
  signal?: AbortSignal;
  on?: (p: Progress) => void;
  /** Name of the call, for `on`. */
  task?: string;
}

/** More columns than this are unusual; a person may want fewer. */
const WIDE = 500;
let jobs = 0;

/**
 * Opens a dropped file: every cell as text into `z.f_<id>`, rows that do not fit into `z.r_<id>`, and what its whole columns show.
 * Throws TesseraError: FILE_EMPTY, FILE_HEADER_ONLY, FILE_BINARY, FILE_ENCRYPTED, FILE_TRUNCATED, FILE_UNSUPPORTED, FILE_TWICE, FILE_TOO_WIDE,
 * FILE_TOO_LARGE, FILE_UNREADABLE, CANCELLED. Then no table is left, and what was open before is untouched.
 */
export async function openFile(engine: Engine, file: { name: string; source: Source }, opts: OpenOptions = {}): Promise<FileFacts> {
  const { name } = file;
  const reader = await openReader(name, file.source);
  const working = `open_${++jobs}`;
  const startedAt = performance.timeOrigin + performance.now();
  const job: OpenJob = {
    engine,
    name,
    reader,
    table: `z.${working}`,
    rejects: `z.${working}_r`,
    sha256: null,
    dialect: opts.dialect ?? {},
    known: opts.known ?? null,
    signal: opts.signal,
    tell: (phase, done, of, unit) => opts.on?.({ task: opts.task ?? '', file: name, phase, done, of, unit, startedAt }),
  };
  try {
    if (opts.signal?.aborted) throw cancelled();
    if (reader.size === 0)
      throw new TesseraError('FILE_EMPTY', `${name} is empty: 0 bytes.`, {
        next: 'Export it again, and look whether the export had rows.',
        where: { file: name },
      });
    job.tell('reading', 0, reader.size, 'bytes');
    // Hash first where that is cheap or where the same size makes the same file likely; otherwise it is made while reading.
    const likely = opts.before?.some((f) => f.bytes === reader.size) ?? false;
    job.sha256 = likely ? await sha256(reader, opts.signal) : await hashAtOnce(reader);
    refuseTwice(name, job.sha256, opts.before);
    const kind = kindOf(name, await reader.slice(0, 64));
    const loaded = kind === 'parquet' ? await openParquet(job, file.source) : await openText(job, kind === 'gzip');
    refuseTwice(name, loaded.sha256, opts.before);
    return await finish(job, loaded);
  } catch (e) {
    await engine.exec(`DROP TABLE IF EXISTS ${job.table}; DROP TABLE IF EXISTS ${job.rejects}`).catch(() => undefined);
    throw opts.signal?.aborted && !isCancelled(e) ? cancelled() : e;
  } finally {
    await reader.close();
  }
}

/** Judges the columns and gives the tables their names. A file that was open under the same content (read again) is replaced. */
async function finish(job: OpenJob, loaded: Loaded): Promise<FileFacts> {
  const { names, columns: judged, ...rest } = loaded;
  const { engine, name, signal } = job;
  const id = loaded.sha256.slice(0, 12);
  job.tell('judging columns', 0, names.length, 'steps');
  const columns =
    judged ??
    knownColumns(job, loaded.sha256, loaded.dialect) ??
    (await judge(engine, job.table, names, loaded.rows, {
      signal,
      on: (done) => job.tell('judging columns', done, names.length, 'steps'),
    }));
  if (signal?.aborted) throw cancelled();
  // Of a restored project they are views.
  await dropTables(engine, [`f_${id}`, `r_${id}`]);
  await engine.exec(`ALTER TABLE ${job.table} RENAME TO f_${id}; ALTER TABLE ${job.rejects} RENAME TO r_${id}`);
  return { id, name, bytes: job.reader.size, ...rest, columns, notes: [...rest.notes, ...shapeNotes(name, loaded)] };
}

function shapeNotes(file: string, loaded: Loaded): Note[] {
  const { rejected, rows, names } = loaded;
  const out: Note[] = [];
  if (rejected > 0) {
    const share = rejected / (rejected + rows);
    const first = loaded.rejectedRows[0]!;
    out.push({
      id: 'open:rejected',
      level: share > 0.05 ? 'bad' : 'warn',
      title: `${rejected.toLocaleString('en')} ${rejected === 1 ? 'row does' : 'rows do'} not fit and ${rejected === 1 ? 'is' : 'are'} left out.`,
      detail: `${first.reason}. Line ${first.line.toLocaleString('en')}.${share > 0.05 && rejected > 5 ? ' So many rows speak for another delimiter, quote or encoding.' : ''}`,
      where: { file, line: first.line },
    });
  }
  if (names.length > WIDE) {
    const title = `${names.length.toLocaleString('en')} columns.`;
    out.push({
      id: 'open:wide',
      level: 'warn',
      title,
      detail: 'So many columns are slow to judge and to store. A file with only those you need opens faster.',
      where: { file },
    });
  }
  return out;
}

function refuseTwice(name: string, hash: string | null, before: readonly FileFacts[] = []): void {
  const same = before.find((f) => f.sha256 === hash);
  if (!same) return;
  const as = same.name === name ? 'is open already' : `has the same content as ${same.name}, which is open already`;
  throw new TesseraError('FILE_TWICE', `${name} ${as}.`, {
    next: 'Nothing was counted twice. Drop another file, or remove the first one.',
    where: { file: name },
  });
}
