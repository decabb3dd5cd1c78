import { TesseraError } from '../core/errors.ts';

const MAGIC = 0x31525354; // 'TSR1', little endian
const HEAD = 20;

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 (IEEE 802.3, as in zip and PNG) of bytes. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * One checksummed record: 'TSR1' | n u32 | length u32 | crc32(body) | crc32(first 16 bytes) | body, all little endian.
 * A record that is cut short, flipped or zeroed anywhere is told from a whole one.
 */
export function encodeRecord(n: number, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(HEAD + body.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, n, true);
  view.setUint32(8, body.length, true);
  view.setUint32(12, crc32(body), true);
  view.setUint32(16, crc32(out.subarray(0, 16)), true);
  out.set(body, HEAD);
  return out;
}

/** The record at the start of bytes, or null if it is not whole. */
export function decodeRecord(bytes: Uint8Array): { n: number; body: Uint8Array } | null {
  if (bytes.length < HEAD) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(16, true) !== crc32(bytes.subarray(0, 16))) return null;
  const length = view.getUint32(8, true);
  if (bytes.length < HEAD + length) return null;
  const body = bytes.slice(HEAD, HEAD + length);
  return view.getUint32(12, true) === crc32(body) ? { n: view.getUint32(4, true), body } : null;
}

const hex = (buffer: ArrayBuffer): string => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
const PIECE = 8 << 20;

/**
 * Names a file's content: SHA-256 of the SHA-256 of each 8 MB piece, so that files larger than memory can be hashed.
 * Not the plain SHA-256 of the file.
 */
export async function treeHash(source: Blob): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < source.size || at === 0; at += PIECE) {
    pieces.push(new Uint8Array(await crypto.subtle.digest('SHA-256', await source.slice(at, at + PIECE).arrayBuffer())));
  }
  const all = new Uint8Array(32 * pieces.length);
  pieces.forEach((p, i) => all.set(p, 32 * i));
  return hex(await crypto.subtle.digest('SHA-256', all));
}

/** Bytes of a JSON value, and back; a value that is not JSON is a PROJECT_INVALID error. */
export const toBytes = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
export function fromBytes<T>(bytes: Uint8Array, what: string): T {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as T;
  } catch (cause) {
    throw new TesseraError('PROJECT_INVALID', `${what} is not a Tessera project.`, { next: 'Choose a file that Tessera saved.', cause });
  }
}
