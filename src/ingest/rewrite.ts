import { cellsOf, quoteCell } from './cells.ts';
import type { Cut, Records } from './records.ts';
import { ODD } from './records.ts';

/** Bytes that the engine can read without any rule but RFC 4180, or as they came, and how. */
export interface Piece {
  bytes: Uint8Array;
  delimiter: string;
  quote: string;
  /** Line of the first row, the others following one by one; null where the first column is the line number. */
  line: number | null;
  /** Bytes of the longest row. */
  longest: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Kept records written anew with their line number in front. Records that any reader understands are copied byte by byte;
 * odd ones (and all of them, where `anew` or where the dialect needs it) are cut into cells here and quoted.
 * `keep[i]` is 1 for records to write; `line0` is the line of the piece's first byte; `width` pads rows that may be short.
 */
export function rewrite(buf: Uint8Array, records: Records, keep: Uint8Array, line0: number, width: number, cut: Cut, anew: boolean): Piece {
  const all = anew || cut.delimiter.length !== 1 || cut.quote === '' || cut.newline === '\r';
  const delimiter = all ? ',' : cut.delimiter;
  const quote = all ? '"' : cut.quote;
  const out = new Growing(records.consumed + records.n * 12);
  let longest = 0;
  for (let i = 0; i < records.n; i++) {
    if (!keep[i]) continue;
    const from = out.length;
    out.text(`${line0 + records.line[i]!}${delimiter}`);
    const bytes = buf.subarray(records.start[i], records.end[i]);
    if (all || records.flags[i]! & ODD)
      out.text(
        cellsOf(decoder.decode(bytes), cut)
          .map((c) => quoted(c, quote))
          .join(delimiter),
      );
    else out.bytes(bytes);
    out.text(`${delimiter.repeat(Math.max(0, width - records.fields[i]!))}\n`);
    longest = Math.max(longest, out.length - from);
  }
  return { bytes: out.done(), delimiter, quote, line: null, longest };
}

const quoted = (cell: string, quote: string): string =>
  quote === '"' ? quoteCell(cell) : cell === '' ? '' : quote + cell.replaceAll(quote, quote + quote) + quote;

/** Bytes that grow at their end. */
class Growing {
  length = 0;
  #buf: Uint8Array;
  constructor(size: number) {
    this.#buf = new Uint8Array(size);
  }
  bytes(b: Uint8Array): void {
    this.#room(b.length);
    this.#buf.set(b, this.length);
    this.length += b.length;
  }
  text(s: string): void {
    this.#room(s.length * 3);
    this.length += encoder.encodeInto(s, this.#buf.subarray(this.length)).written;
  }
  done(): Uint8Array {
    return this.#buf.subarray(0, this.length);
  }
  #room(n: number): void {
    if (this.length + n <= this.#buf.length) return;
    const next = new Uint8Array(Math.max(this.length + n, this.#buf.length * 2));
    next.set(this.#buf);
    this.#buf = next;
  }
}
