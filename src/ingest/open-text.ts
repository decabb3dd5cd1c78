import { TesseraError } from '../core/errors.ts';
import type { Note } from '../core/files.ts';
import { ToUtf8 } from './decode.ts';
import { sniffEncoding } from './encoding.ts';
import { columnsOf } from './header.ts';
import { Loader } from './load.ts';
import { kindOf, refuseNoText } from './magic.ts';
import type { Loaded, OpenJob } from './open-job.ts';
import { refuseWide } from './open-job.ts';
import { BLANK, Records, Scanner } from './records.ts';
import { Sha256 } from './sha256.ts';
import type { Sniffed } from './sniff.ts';
import { afterLines, sniff } from './sniff.ts';
import { blocks, concat, gunzip } from './source.ts';

/** Enough to see what a file is. */
const HEAD = 1 << 20;
/** A packed file may not unfold beyond this many bytes and this many times its size: it would fill the memory. */
const BOMB_BYTES = 1 << 30;
const BOMB_RATIO = 250;
/** A cell that runs over more lines than this may be a missing quote. */
const TALL = 50;

/** Reads delimited text, packed or not, block by block into the job's tables. */
export async function openText(job: OpenJob, packed: boolean): Promise<Loaded> {
  const { engine, name, reader, signal } = job;
  const hash = job.sha256 === null ? new Sha256() : null;
  const each = (block: Uint8Array, done: number): void => {
    hash?.update(block);
    job.tell('reading', done, reader.size, 'bytes');
  };
  const raw = blocks(reader, { signal, packed, each });
  const pieces = packed ? guarded(name, reader.size, gunzip(name, raw)) : raw;
  const { head, whole } = await headOf(pieces);
  if (head.length === 0) throw empty(name);
  if (packed && kindOf(name, head) !== 'text') {
    throw new TesseraError('FILE_UNSUPPORTED', `${name} holds a packed file that is no text.`, {
      next: 'Unpack it and drop what is inside.',
      where: { file: name },
    });
  }
  const guess = sniffEncoding(head);
  const stream = new ToUtf8(job.dialect.encoding ?? guess.encoding);
  const encoding = (): string => stream.encoding ?? 'utf-8';
  const first = stream.push(stream.encoding === 'utf-8' ? head.subarray(guess.encoding === 'utf-8' ? guess.bom : 0) : head);
  refuseNoText(name, first);
  if (first.every((b) => b <= 32)) throw empty(name);

  const sniffed = sniff(first, whole, encoding(), job.dialect);
  const width = sniffed.dialect.ragged ? widest(first, sniffed) : sniffed.width;
  const { names, notes } = columnsOf(sniffed.header, width, sniffed.rows, name);
  refuseWide(name, names.length);
  const { skip, header, ragged = false } = sniffed.dialect;
  const loader = new Loader(engine, { table: job.table, rejects: job.rejects, cut: sniffed.cut, skip, header, width: names.length, ragged }, signal);
  await loader.create();
  await loader.push(first, encoding(), stream.damaged);
  for await (const block of pieces) await loader.push(stream.push(block), encoding(), stream.damaged);
  await loader.push(stream.flush(), encoding(), stream.damaged);
  await loader.finish();
  if (loader.rows + loader.rejected === 0) {
    throw new TesseraError(
      'FILE_HEADER_ONLY',
      `${name} has a header (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}) and no rows.`,
      {
        next: 'Export it again, and look whether a filter left nothing over.',
        where: { file: name, line: skip + 1 },
      },
    );
  }
  return {
    format: 'csv',
    dialect: { ...sniffed.dialect, encoding: encoding() },
    rows: loader.rows,
    rejected: loader.rejected,
    rejectedRows: loader.shown,
    notes: [...notes, ...textNotes(name, loader, sniffed, encoding())],
    names,
    sha256: job.sha256 ?? hash!.hex(),
  };
}

const empty = (name: string): TesseraError =>
  new TesseraError('FILE_EMPTY', `${name} is empty: it holds nothing but blanks.`, {
    next: 'Export it again, and look whether the export had rows.',
    where: { file: name },
  });

function textNotes(file: string, loader: Loader, sniffed: Sniffed, encoding: string): Note[] {
  const out: Note[] = [];
  if (loader.tallest.lines > TALL) {
    const { lines, line } = loader.tallest;
    const title = `One row runs over ${lines.toLocaleString('en')} lines, from line ${line.toLocaleString('en')}.`;
    out.push({ id: 'open:tall', level: 'warn', title, detail: 'A quote may be missing there.', where: { file, line } });
  }
  if (sniffed.header === null && !sniffed.dialect.ragged) {
    const detail = 'Its first row looks like the others, so the columns are numbered. If it does name them, say so here.';
    out.push({ id: 'open:header', level: 'info', title: 'The columns have no names.', detail, where: { file } });
  }
  if (encoding !== 'utf-8') {
    const detail = 'If letters look wrong, choose another encoding.';
    out.push({ id: 'open:encoding', level: 'info', title: `Read as ${encoding}.`, detail, where: { file } });
  }
  if (sniffed.dialect.skip > 0) {
    const n = sniffed.dialect.skip;
    out.push({
      id: 'open:skip',
      level: 'info',
      title: `${n === 1 ? 'The first line is' : `The first ${n} lines are`} not part of the table.`,
      detail: 'Left out: a title, or a word to spreadsheets.',
      where: { file, line: 1 },
    });
  }
  return out;
}

/** Most cells in a row of the first block. */
function widest(first: Uint8Array, sniffed: Sniffed): number {
  const found = new Records();
  const body = afterLines(first, sniffed.dialect.skip, sniffed.cut.newline);
  new Scanner(sniffed.cut).scan(body, body.length, true, found);
  let most = 1;
  for (let i = 0; i < found.n; i++) if (!(found.flags[i]! & BLANK)) most = Math.max(most, found.fields[i]!);
  return most;
}

/** The first megabyte or more, and whether that is all. The iterator goes on behind it. */
async function headOf(pieces: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let n = 0;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) return { head: concat(parts), whole: true };
    parts.push(value.slice());
    n += value.length;
    if (n >= HEAD) return { head: concat(parts), whole: false };
  }
}

async function* guarded(name: string, size: number, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let n = 0;
  for await (const block of source) {
    n += block.length;
    if (n > BOMB_BYTES && n > size * BOMB_RATIO) {
      throw new TesseraError('FILE_TOO_LARGE', `${name} unpacks to more than ${BOMB_RATIO} times its size, and goes on.`, {
        next: 'Unpack it, look at what is inside, and drop the part you need.',
        where: { file: name },
      });
    }
    yield block;
  }
}
