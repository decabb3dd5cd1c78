import { TesseraError } from '../core/errors.ts';
import type { ColumnFacts, Dialect, FileFacts, Progress } from '../core/files.ts';
import type { Engine } from '../engine/engine.ts';
import type { Reader } from './source.ts';

/** What a reader of one format hands back: its two tables, still under their working names, and what it knows without judging. */
export interface Loaded extends Pick<FileFacts, 'format' | 'dialect' | 'rows' | 'rejected' | 'rejectedRows' | 'notes'> {
  names: string[];
  sha256: string;
  /** Judged already, where the format needs a way of its own. */
  columns?: ColumnFacts[];
}
/** Where a reader loads to, and how it tells of it. */
export interface OpenJob {
  engine: Engine;
  name: string;
  reader: Reader;
  table: string;
  rejects: string;
  /** Known already, or null: then the reader hashes while it reads. */
  sha256: string | null;
  dialect: Partial<Dialect>;
  known: FileFacts | null;
  signal: AbortSignal | undefined;
  tell: (phase: string, done: number, of: number, unit: Progress['unit']) => void;
}

/** What the columns of this content, cut in this way, are known to show; null where they must be judged. */
export const knownColumns = ({ known }: OpenJob, hash: string, dialect: Dialect | null): ColumnFacts[] | null =>
  known?.sha256 === hash && JSON.stringify(known.dialect) === JSON.stringify(dialect) ? known.columns : null;

const WIDEST = 10_000;

/** Throws where a table would have more columns than can be worked with. */
export function refuseWide(name: string, width: number): void {
  if (width <= WIDEST) return;
  throw new TesseraError('FILE_TOO_WIDE', `${name} has ${width.toLocaleString('en')} columns; up to ${WIDEST.toLocaleString('en')} can be opened.`, {
    next: 'Export only the columns you need, or turn the table: one row per user and value.',
    where: { file: name },
  });
}
