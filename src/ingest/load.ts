import type { RejectedRow } from '../core/files.ts';
import type { Engine } from '../engine/engine.ts';
import { RawTables } from './raw-tables.ts';
import type { Cut } from './records.ts';
import { BLANK, BROKEN, MULTILINE, Records, Scanner } from './records.ts';
import type { Piece } from './rewrite.ts';
import { rewrite } from './rewrite.ts';
import { isUtf8 } from './utf8.ts';

export interface LoadPlan {
  /** Full names of the table of rows and the table of rejected rows. */
  table: string;
  rejects: string;
  cut: Cut;
  /** Lines at the start that are no rows. */
  skip: number;
  header: boolean;
  width: number;
  ragged: boolean;
}

/** Bytes scanned and loaded at a time: more than a row group of the engine's, less than hurts. */
const BLOCK = 16 << 20;
/** A single row may be so long; longer ones are rejected. */
const LONGEST = 100_000_000;
/** Characters of a rejected row that are kept. */
const KEPT_TEXT = 100_000;
const SHOWN = 1000;
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Blocks of UTF-8 become rows of a table, in order and with their lines. The scanner decides what is a row and which rows do not fit;
 * the engine reads pieces of whole rows, while the next block is scanned. rows + rejected = rows in the file.
 */
export class Loader {
  rows = 0;
  rejected = 0;
  /** The first of the rejected rows. */
  shown: RejectedRow[] = [];
  /** Most lines that one row runs over, and where: a sign of a missing quote. */
  tallest = { lines: 0, line: 0 };
  readonly #plan: LoadPlan;
  readonly #tables: RawTables;
  readonly #scanner: Scanner;
  readonly #records = new Records();
  #buf = new Uint8Array(0);
  #other = new Uint8Array(0);
  /** The buffer that the pending insert was made from. */
  #reading: Uint8Array | null = null;
  /** Bytes in the buffer, and how many make it worth scanning. */
  #held = 0;
  #next = BLOCK;
  #encoding = 'utf-8';
  #damaged = false;
  /** 1-based line of the first byte held. */
  #line = 1;
  #skip: number;
  #header: boolean;
  /** Inside a line that was too long: nothing counts until it ends. */
  #passing = false;
  #bad: RejectedRow[] = [];
  #pending: Promise<void> = Promise.resolve();

  constructor(engine: Engine, plan: LoadPlan, signal?: AbortSignal) {
    this.#plan = plan;
    this.#tables = new RawTables(engine, plan.table, plan.rejects, plan.width, signal);
    this.#scanner = new Scanner(plan.cut);
    this.#skip = plan.skip;
    this.#header = plan.header;
  }

  create(): Promise<void> {
    return this.#tables.create();
  }

  /** The block is copied. `encoding` is what it was before it was UTF-8, `damaged` that some of its bytes meant nothing there. */
  async push(block: Uint8Array, encoding: string, damaged: boolean): Promise<void> {
    this.#encoding = encoding;
    this.#damaged ||= damaged;
    this.#buf = roomFor(this.#buf, this.#held, block.length);
    this.#buf.set(block, this.#held);
    this.#held += block.length;
    if (this.#held >= this.#next) await this.#work(false);
  }

  /** Nothing follows: the last row needs no line end. */
  async finish(): Promise<void> {
    await this.#work(true);
    await this.#pending;
    await this.#saveRejects();
    await this.#tables.keep();
  }

  async #work(last: boolean): Promise<void> {
    let view = this.#skipLines(this.#buf.subarray(0, this.#held));
    for (;;) {
      this.#scanner.scan(view, view.length, last, this.#records);
      await this.#take(view);
      this.#line += this.#records.lines;
      view = view.subarray(this.#records.consumed);
      if (view.length < LONGEST || last || this.#passing) break;
      view = this.#cutLine(view);
    }
    if (last) return;
    this.#damaged &&= view.length > 0;
    // The engine may still be reading the last piece of this buffer; what is over goes on in the other one, which it has done with.
    if (this.#reading !== this.#buf) await this.#pending;
    const other = roomFor(this.#other, 0, view.length + BLOCK);
    other.set(view);
    [this.#buf, this.#other] = [other, this.#buf];
    this.#held = view.length;
    // A row longer than a block is looked at again only when twice as much of it is there.
    this.#next = Math.max(BLOCK, Math.min(view.length * 2, LONGEST));
    if (this.#bad.length < 20_000) return;
    await this.#pending;
    await this.#saveRejects();
  }

  #skipLines(buf: Uint8Array): Uint8Array {
    const newline = this.#plan.cut.newline.charCodeAt(0);
    let at = 0;
    while (this.#skip > 0 || this.#passing) {
      const end = buf.indexOf(newline, at);
      if (end < 0) return buf.subarray(buf.length);
      at = end + 1;
      this.#line++;
      if (this.#passing) this.#passing = false;
      else this.#skip--;
    }
    return buf.subarray(at);
  }

  /** A record that does not end within the limit: its first line is rejected, reading goes on behind it. */
  #cutLine(buf: Uint8Array): Uint8Array {
    const end = buf.indexOf(this.#plan.cut.newline.charCodeAt(0));
    const text = lenient.decode(buf.subarray(0, Math.min(KEPT_TEXT, end < 0 ? buf.length : end)));
    this.#reject(this.#line, end < 0 ? 'Line longer than 100 MB' : 'Quote never closed', text);
    this.#passing = end < 0;
    if (end < 0) return buf.subarray(buf.length);
    this.#line++;
    return buf.subarray(end + 1);
  }

  /** Sorts the records found into rows to load and rows to reject, and hands the rows to the engine. */
  async #take(buf: Uint8Array): Promise<void> {
    const r = this.#records;
    const { width, cut } = this.#plan;
    const suspect = r.n > 0 && (this.#encoding === 'utf-8' ? !isUtf8(buf.subarray(0, r.consumed)) : this.#damaged);
    const keep = new Uint8Array(r.n);
    let kept = 0;
    let longest = 0;
    let first = -1;
    let flags = 0;
    for (let i = 0; i < r.n; i++) {
      if (r.flags[i]! & BLANK) continue;
      if (this.#header) {
        this.#header = false;
        continue;
      }
      const reason = this.#reason(buf, i, suspect);
      if (reason === null) {
        keep[i] = 1;
        if (kept++ === 0) first = i;
        flags |= r.flags[i]!;
        longest = Math.max(longest, r.end[i]! - r.start[i]!);
        if (r.flags[i]! & MULTILINE) this.#tall(i);
      } else {
        this.#reject(this.#line + r.line[i]!, reason, lenient.decode(buf.subarray(r.start[i], Math.min(r.end[i]!, r.start[i]! + KEPT_TEXT))));
      }
    }
    if (kept === 0) return;
    const line0 = this.#line;
    // From the first row on nothing but rows of one line each: these bytes can go as they are.
    const whole = kept === r.n - first && r.lines - r.line[first]! === kept && flags === 0 && !this.#plan.ragged && cut.delimiter !== '';
    const piece: Piece = whole
      ? { bytes: buf.slice(r.start[first], r.consumed), delimiter: cut.delimiter, quote: cut.quote, line: line0 + r.line[first]!, longest }
      : rewrite(buf, r, keep, line0, width, cut, false);
    this.rows += kept;
    await this.#pending;
    // If the engine does not find the rows that the scanner found, they are given to it once more in the plainest writing.
    const records = snapshot(r);
    const again = (): Piece => rewrite(buf, records, keep, line0, width, cut, true);
    this.#reading = this.#buf;
    this.#pending = this.#tables.insert(piece, line0, kept, again);
    this.#pending.catch(() => undefined);
  }

  /** Why a record is no row of the table; null if it is one. */
  #reason(buf: Uint8Array, i: number, suspect: boolean): string | null {
    const r = this.#records;
    const { width, ragged } = this.#plan;
    const fields = r.fields[i]!;
    if (r.flags[i]! & BROKEN) return 'Broken quotes';
    if (suspect && !intact(buf.subarray(r.start[i], r.end[i]), this.#encoding)) return `Bytes that are not ${this.#encoding}`;
    if (fields === width || (ragged && fields < width)) return null;
    return `Wrong number of columns: ${fields}, expected ${width}`;
  }

  #tall(i: number): void {
    const r = this.#records;
    const lines = (i + 1 < r.n ? r.line[i + 1]! : r.lines) - r.line[i]!;
    if (lines > this.tallest.lines) this.tallest = { lines, line: this.#line + r.line[i]! };
  }

  async #saveRejects(): Promise<void> {
    const rows = this.#bad;
    this.#bad = [];
    await this.#tables.insertRejects(rows);
  }

  #reject(line: number, reason: string, text: string): void {
    this.rejected++;
    if (this.shown.length < SHOWN) this.shown.push({ line, reason, text: text.slice(0, 1000) });
    this.#bad.push({ line, reason, text });
  }
}

/** The buffer if it can take so many bytes more, else a larger one with what it holds. */
function roomFor(buf: Uint8Array<ArrayBuffer>, held: number, more: number): Uint8Array<ArrayBuffer> {
  if (held + more <= buf.length) return buf;
  const next = new Uint8Array(Math.max(held + more, Math.min(buf.length * 2, 1 << 28)));
  next.set(buf.subarray(0, held));
  return next;
}

/** No damage: well-formed UTF-8, or no U+FFFD where another encoding was decoded. */
const intact = (bytes: Uint8Array, encoding: string): boolean => (encoding === 'utf-8' ? isUtf8(bytes) : !lenient.decode(bytes).includes('\ufffd'));

function snapshot(r: Records): Records {
  const copy = new Records();
  copy.n = r.n;
  copy.consumed = r.consumed;
  for (const key of ['start', 'end', 'line', 'fields'] as const) copy[key] = r[key].slice(0, r.n);
  copy.flags = r.flags.slice(0, r.n);
  return copy;
}
