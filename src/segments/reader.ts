import { TesseraError } from '../core/errors.ts';
import type { Entity } from '../core/tag.ts';
import type { RuleContext } from './context.ts';
import { GOES_ON, isPlain } from './words-test.ts';

/** Thrown inside the reader: here it goes no further. `why` says what no other way of reading could mend. */
export class Stop extends Error {
  readonly at: number;
  readonly why: { message: string; next: string } | null;
  constructor(at: number, why: Stop['why'] = null) {
    super(why?.message ?? 'stop');
    this.at = at;
    this.why = why;
  }
}
const END = new RegExp(`[,()“”]|  | (${GOES_ON})(?= |$)|[^\\S ]`);
const WORD = /[\p{L}\p{N}]/u;

/** A sentence and how far it has been read. */
export class Reader {
  readonly text: string;
  readonly ctx: RuleContext;
  readonly entity: Entity;
  pos = 0;
  /** Furthest place where something else was expected: where a sentence stops making sense. */
  far = 0;

  constructor(text: string, ctx: RuleContext, entity: Entity) {
    this.text = text;
    this.ctx = ctx;
    this.entity = entity;
  }

  get rest(): string {
    return this.text.slice(this.pos);
  }
  /** Reads exactly these words, or leaves everything as it is. A word is not read by its beginning. */
  take(words: string): boolean {
    const after = this.text[this.pos + words.length] ?? '';
    const whole = !WORD.test(words.at(-1) ?? '') || !WORD.test(after);
    if (whole && this.text.startsWith(words, this.pos)) {
      this.pos += words.length;
      return true;
    }
    this.far = Math.max(this.far, this.pos + common(words, this.rest));
    return false;
  }
  need(words: string): void {
    if (!this.take(words)) this.stop();
  }
  /** The first of these that stands here, longest first. */
  one(words: readonly string[]): string | null {
    return [...words].sort((a, b) => b.length - a.length).find((w) => this.take(w)) ?? null;
  }
  match(pattern: RegExp): string {
    const found = new RegExp(pattern.source, 'uy');
    found.lastIndex = this.pos;
    const text = found.exec(this.text)?.[0];
    if (text === undefined) this.stop();
    this.pos += text.length;
    return text;
  }
  stop(why: Stop['why'] = null): never {
    this.far = Math.max(this.far, this.pos);
    throw new Stop(this.pos, why);
  }
  /** Tries one way to read on; null where it stops, with nothing read. */
  attempt<T>(read: () => T): T | null {
    const from = this.pos;
    try {
      return read();
    } catch (e) {
      if (!(e instanceof Stop) || e.why) throw e;
      this.pos = from;
      return null;
    }
  }
  /** The longest of these names, all different, that stands here with one of `after` behind it; null if none does. */
  named<T>(list: readonly { name: string; of: T }[], after: readonly string[], keep = false): T | null {
    const fits = list.filter(({ name }) => this.text.startsWith(name, this.pos) && after.some((a) => this.follows(name, a)));
    const best = fits.reduce<(typeof fits)[number] | null>((a, b) => (a && a.name.length >= b.name.length ? a : b), null);
    if (best === null) return null;
    if (!keep) this.pos += best.name.length;
    return best.of;
  }
  private follows(name: string, after: string): boolean {
    const at = this.pos + name.length;
    return after === '' ? at === this.text.length : this.text.startsWith(after, at);
  }

  /** A value: in “quotation marks”, or as many words as belong to no other part of a sentence. */
  value(later = false): string {
    if (this.text[this.pos] === '“') return this.quoted();
    const end = END.exec(this.rest)?.index ?? this.rest.length;
    const value = this.rest.slice(0, end);
    if (!isPlain(value, later)) this.stop();
    this.pos += end;
    return value;
  }
  private quoted(): string {
    let value = '';
    for (let i = this.pos + 1; i < this.text.length; i++) {
      if (this.text[i] !== '”') value += this.text[i]!;
      else if (this.text[i + 1] === '”') value += this.text[i++]!;
      else {
        this.pos = i + 1;
        return value;
      }
    }
    this.far = this.text.length;
    this.stop();
  }
}
function common(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  // The word that differs is where it stops, not its middle.
  return i === a.length ? i : Math.max(0, a.lastIndexOf(' ', i - 1) + 1);
}

/** The mistake of a sentence that could not be read: the word at which it stopped, and what may stand there. */
export function stopped(reader: Reader, stop: Stop): TesseraError {
  if (stop.why) return new TesseraError('RULE_INVALID', stop.why.message, { next: stop.why.next });
  const at = Math.max(reader.far, stop.at);
  const rest = reader.text.slice(at).trimStart();
  const word = (reader.text[at - 1] === '“' ? /^[^”]*/u : /^“[^”]*”?|^[^\s,()]+|^\S/u).exec(rest)?.[0] || undefined;
  return word === undefined
    ? new TesseraError('RULE_INVALID', 'The sentence ends too early.', { next: 'Say what is missing, as the builder says it.' })
    : new TesseraError('RULE_INVALID', `The sentence cannot be read from “${word.replace(/[“”]/g, '')}” on.`, {
        next: 'Write it as the builder says it, or paste the rule as JSON.',
      });
}
