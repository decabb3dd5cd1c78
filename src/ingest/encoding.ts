import { analyse } from 'chardet';
import { firstHigh, sequence } from './utf8.ts';

export interface EncodingGuess {
  /** A TextDecoder label; null while every byte is ASCII, so that any encoding may still turn up. */
  encoding: string | null;
  /** Bytes of the byte order mark. */
  bom: number;
}
/** Fewer foreign bytes than these make any guess from their statistics a mere guess. */
const FEW = 8;
const SAMPLE = 64 << 10;

/** Encoding of a file by its first bytes: mark, then UTF-16 by where its NULs lie, then valid UTF-8, then the statistics of the foreign cells. */
export function sniffEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 };
  const wide = utf16(head);
  if (wide) return { encoding: wide, bom: 0 };
  return { encoding: firstHigh(head) < 0 ? null : foreign(head), bom: 0 };
}

/** UTF-16 without a mark: ASCII (delimiters, digits) has its NUL always on the same side. */
function utf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const n = Math.min(head.length, SAMPLE);
  const nuls = [0, 0];
  for (let i = 0; i < n; i++) if (head[i] === 0) nuls[i & 1]!++;
  const [even, odd] = nuls as [number, number];
  if (odd >= n * 0.05 && even <= odd / 10) return 'utf-16le';
  return even >= n * 0.05 && odd <= even / 10 ? 'utf-16be' : null;
}

/** Encoding of bytes of which some are above 127 and that are not UTF-16. */
export function foreign(bytes: Uint8Array): string {
  if (mostlyUtf8(bytes)) return 'utf-8';
  const cells = foreignCells(bytes);
  let high = 0;
  for (const b of cells) if (b >= 0x80) high++;
  for (const { name } of analyse(cells)) {
    const label = name.toLowerCase().replaceAll('_', '-').replace('shift-jis', 'shift_jis');
    if (label === 'utf-8' || label.startsWith('utf-') || label.startsWith('iso-2022') || label === 'ascii') continue;
    if (label === 'iso-8859-1' || label === 'windows-1252') return 'windows-1252';
    if (high < FEW && !pairs(cells)) return 'windows-1252';
    if (decodes(label, cells)) return label;
  }
  return 'windows-1252';
}

/** At least nine in ten foreign bytes belong to well-formed UTF-8: then it is that, with some damaged rows. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  // A sequence that the end of the sample cuts short says nothing.
  for (let i = firstHigh(bytes); i >= 0 && i < bytes.length - 3; i = firstHigh(bytes, i)) {
    const n = sequence(bytes, i);
    if (n > 0) good += n;
    else bad++;
    i += n || 1;
  }
  if (good + bad === 0) {
    const end = firstHigh(bytes);
    const n = sequence(bytes, end);
    return n > 0 && end + n <= bytes.length;
  }
  return good > 0 && bad <= good / 9;
}

/** Only cells with foreign bytes, one a line: in mostly ASCII files the rest drowns them. */
function foreignCells(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(SAMPLE);
  let n = 0;
  let start = 0;
  let high = false;
  for (let i = 0; i <= bytes.length && n < SAMPLE; i++) {
    const b = i < bytes.length ? bytes[i]! : 10;
    if (b >= 0x80) high = true;
    // 0x7c and letters may be second bytes of a pair; these separators never are.
    else if (b === 10 || b === 13 || b === 44 || b === 59 || b === 9 || b === 34) {
      if (high && n + i - start < SAMPLE) {
        out.set(bytes.subarray(start, i), n);
        n += i - start;
        out[n++] = 10;
      }
      start = i + 1;
      high = false;
    }
  }
  return out.subarray(0, n);
}

/** True where foreign bytes come in pairs, as in East Asian encodings. */
function pairs(cells: Uint8Array): boolean {
  let runs = 0;
  let even = 0;
  for (let i = 0; i < cells.length;) {
    let k = 0;
    while (i + k < cells.length && cells[i + k]! >= 0x80) k++;
    if (k > 0) {
      runs++;
      if (k % 2 === 0) even++;
    }
    i += k + 1;
  }
  return runs > 0 && even === runs;
}

function decodes(label: string, bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder(label).decode(bytes).includes('\ufffd');
  } catch {
    return false;
  }
}
