/** How bytes are cut: one-character quote and escape ('' for none), a delimiter of one or more ASCII characters ('' for a single column). */
export interface Cut {
  delimiter: string;
  quote: string;
  escape: string;
  newline: '\n' | '\r';
}

/** No cells between its line ends. */
export const BLANK = 1;
/** A quoted cell holds line ends. */
export const MULTILINE = 2;
/** Means something only to this scanner: it is written anew, by the rules of RFC 4180, before the engine reads it. */
export const ODD = 4;
/** A quote that opens a cell is never closed, or text follows the closing one. */
export const BROKEN = 8;

/** Rows found in a piece of a file, each with where it starts and ends (without its line end), on which line, and how many cells. */
export class Records {
  n = 0;
  /** Bytes that belong to whole records. */
  consumed = 0;
  /** Lines in these bytes. */
  lines = 0;
  start = new Int32Array(1024);
  end = new Int32Array(1024);
  /** Line of the start, 0 for the piece's first. */
  line = new Int32Array(1024);
  fields = new Int32Array(1024);
  flags = new Uint8Array(1024);

  clear(): void {
    this.n = this.consumed = this.lines = 0;
  }

  push(start: number, end: number, line: number, fields: number, flags: number): void {
    const i = this.n++;
    if (i === this.start.length) this.#grow();
    this.start[i] = start;
    this.end[i] = end;
    this.line[i] = line;
    this.fields[i] = fields;
    this.flags[i] = flags;
  }

  #grow(): void {
    const size = this.start.length * 2;
    for (const key of ['start', 'end', 'line', 'fields'] as const) {
      const next = new Int32Array(size);
      next.set(this[key]);
      this[key] = next;
    }
    const flags = new Uint8Array(size);
    flags.set(this.flags);
    this.flags = flags;
  }
}

const DELIMITER = 1;
const QUOTE = 2;
const NEWLINE = 3;
const RETURN = 4;
const ESCAPE = 5;
/** Answers of `#close` other than a position. */
const MORE = -1;
const NOT_CLOSED = -2;

/** Finds the records of UTF-8 bytes. The authority on what is a row and a cell: the engine only reads what this has agreed to. */
export class Scanner {
  readonly cut: Cut;
  readonly #outside = new Uint8Array(256);
  readonly #inside = new Uint8Array(256);
  readonly #newline: number;
  readonly #delimiter: Uint8Array;
  /** Flags that every record of this dialect has. */
  readonly #base: number;
  /** What the last `#close` met. */
  #breaks = 0;
  #odd = false;

  constructor(cut: Cut) {
    this.cut = cut;
    this.#delimiter = new TextEncoder().encode(cut.delimiter);
    this.#newline = cut.newline.charCodeAt(0);
    const outside = this.#outside;
    const inside = this.#inside;
    outside[13] = RETURN;
    outside[this.#newline] = inside[this.#newline] = NEWLINE;
    if (cut.quote) outside[cut.quote.charCodeAt(0)] = inside[cut.quote.charCodeAt(0)] = QUOTE;
    if (cut.quote && cut.escape && cut.escape !== cut.quote) inside[cut.escape.charCodeAt(0)] = ESCAPE;
    if (cut.delimiter) outside[this.#delimiter[0]!] = DELIMITER;
    this.#base = cut.delimiter.length > 1 || cut.newline === '\r' ? ODD : 0;
  }

  /** Fills `out` with the whole records of buf[0, length). `last`: nothing follows, so the last one needs no line end. */
  scan(buf: Uint8Array, length: number, last: boolean, out: Records): void {
    out.clear();
    let i = 0;
    let line = 0;
    while (i < length) {
      const next = this.#record(buf, i, length, last, line, out);
      if (next < 0) break;
      line += 1 + this.#breaks;
      i = next;
    }
    out.consumed = i;
    out.lines = line;
  }

  /** One record from `start`; answers where the next begins, or MORE. Leaves the line ends inside it in `#breaks`. */
  #record(buf: Uint8Array, start: number, length: number, last: boolean, line: number, out: Records): number {
    const cls = this.#outside;
    let i = start;
    let fields = 1;
    let field = start;
    let flags = this.#base;
    let breaks = 0;
    // A mark inside the file would be taken for one at the start of the piece.
    if (buf[i] === 0xef && buf[i + 1] === 0xbb && buf[i + 2] === 0xbf) flags |= ODD;
    for (;;) {
      while (i < length && cls[buf[i]!] === 0) i++;
      if (i >= length) {
        return last ? this.#end(buf, start, length, length, line, fields, flags, breaks, out) : MORE;
      }
      const c = cls[buf[i]!]!;
      if (c === DELIMITER) {
        if (this.#delimiter.length > 1 && !this.#delimits(buf, i, length)) {
          i++;
          continue;
        }
        fields++;
        i += this.#delimiter.length;
        field = i;
      } else if (c === QUOTE && blankBetween(buf, field, i)) {
        const after = this.#close(buf, i, length, last);
        if (after === MORE) return MORE;
        if (after === NOT_CLOSED) {
          if (i === field) return this.#broken(buf, start, length, last, line, out);
          flags |= ODD;
          i++;
        } else {
          breaks += this.#breaks;
          if (this.#odd || i > field) flags |= ODD;
          i = after;
        }
      } else if (c === NEWLINE || (c === RETURN && (i + 1 < length ? buf[i + 1] === this.#newline : last))) {
        return this.#end(buf, start, i, Math.min(length, c === RETURN ? i + 2 : i + 1), line, fields, flags, breaks, out);
      } else if (c === RETURN && i + 1 >= length) {
        return MORE;
      } else {
        // A quote or carriage return inside a bare cell.
        flags |= ODD;
        i++;
      }
    }
  }

  #end(buf: Uint8Array, start: number, end: number, next: number, line: number, fields: number, flags: number, breaks: number, out: Records): number {
    this.#breaks = breaks;
    const blank = fields === 1 && blankBetween(buf, start, end) ? BLANK : 0;
    out.push(start, end, line, fields, flags | blank | (breaks > 0 ? MULTILINE : 0));
    return next;
  }

  /** From an opening quote to the delimiter or line end behind its closing one. */
  #close(buf: Uint8Array, open: number, length: number, last: boolean): number {
    const cls = this.#inside;
    const quote = buf[open]!;
    this.#breaks = 0;
    this.#odd = false;
    let i = open + 1;
    for (;;) {
      while (i < length && cls[buf[i]!] === 0) i++;
      if (i >= length) return last ? NOT_CLOSED : MORE;
      const c = cls[buf[i]!]!;
      if (c === NEWLINE) {
        this.#breaks++;
        i++;
      } else if (c === ESCAPE) {
        this.#odd = true;
        if (i + 1 < length && buf[i + 1] === this.#newline) this.#breaks++;
        i += 2;
      } else if (i + 1 >= length && !last) {
        return MORE;
      } else if (i + 1 < length && buf[i + 1] === quote) {
        i += 2;
      } else break;
    }
    let after = i + 1;
    while (after < length && buf[after] === 32) after++;
    if (after > i + 1) this.#odd = true;
    if (after >= length) return last ? length : MORE;
    const c = this.#outside[buf[after]!];
    if (c === NEWLINE || (c === DELIMITER && this.#delimits(buf, after, length))) return after;
    if (c === RETURN && after + 1 >= length) return last ? after : MORE;
    return c === RETURN && buf[after + 1] === this.#newline ? after : NOT_CLOSED;
  }

  /** A broken quote spoils its own line only: reading goes on with the next. */
  #broken(buf: Uint8Array, start: number, length: number, last: boolean, line: number, out: Records): number {
    const at = buf.subarray(0, length).indexOf(this.#newline, start);
    if (at < 0 && !last) return MORE;
    const end = at < 0 ? length : at;
    this.#breaks = 0;
    out.push(start, end > start && buf[end - 1] === 13 ? end - 1 : end, line, 1, BROKEN);
    return at < 0 ? length : at + 1;
  }

  #delimits(buf: Uint8Array, at: number, length: number): boolean {
    const d = this.#delimiter;
    if (at + d.length > length) return false;
    for (let k = 1; k < d.length; k++) if (buf[at + k] !== d[k]) return false;
    return true;
  }
}

/** Only spaces in buf[from, to)? */
export function blankBetween(buf: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (buf[i] !== 32) return false;
  return true;
}
