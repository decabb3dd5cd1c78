import { foreign } from './encoding.ts';
import { firstHigh } from './utf8.ts';
import { utf8From1252 } from './windows-1252.ts';

/**
 * A stream of bytes made UTF-8, block by block. UTF-8 passes untouched and uncopied; its well-formedness is checked row by row later.
 * While all bytes are ASCII the encoding stays open: the first foreign bytes, wherever they come, decide it.
 */
export class ToUtf8 {
  /** Null while every byte was ASCII. */
  encoding: string | null;
  /** Some bytes of the last block meant nothing in this encoding and stand as U+FFFD. */
  damaged = false;
  readonly #encoder = new TextEncoder();
  #decoder: TextDecoder | null = null;

  constructor(encoding: string | null) {
    this.encoding = encoding;
  }

  push(block: Uint8Array): Uint8Array {
    if (this.encoding === null) {
      const high = firstHigh(block);
      if (high < 0) return block;
      this.encoding = foreign(block.subarray(Math.max(0, high - 1024)));
    }
    if (this.encoding === 'utf-8') return block;
    if (this.encoding === 'windows-1252') return utf8From1252(block);
    this.#decoder ??= new TextDecoder(this.encoding);
    return this.#encode(this.#decoder.decode(block, { stream: true }));
  }

  /** What is left when nothing follows: a sequence cut short is damage. */
  flush(): Uint8Array {
    return this.#encode(this.#decoder?.decode() ?? '');
  }

  #encode(text: string): Uint8Array {
    this.damaged = text.includes('\ufffd');
    return this.#encoder.encode(text);
  }
}
