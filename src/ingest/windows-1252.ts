/** What bytes 0x80 to 0x9f mean in windows-1252; the five that are not assigned stay control characters, as browsers read them. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const codes = Uint16Array.from({ length: 256 }, (_, b) => (b >= 0x80 && b < 0xa0 ? UPPER.charCodeAt(b - 0x80) : b));

/** UTF-8 of windows-1252 bytes. Our own table: Node 20 decodes windows-1252 as Latin-1 and loses the euro. */
export function utf8From1252(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length * 3);
  let n = 0;
  for (const byte of bytes) {
    const code = codes[byte]!;
    if (code < 0x80) out[n++] = code;
    else if (code < 0x800) {
      out[n++] = 0xc0 | (code >> 6);
      out[n++] = 0x80 | (code & 63);
    } else {
      out[n++] = 0xe0 | (code >> 12);
      out[n++] = 0x80 | ((code >> 6) & 63);
      out[n++] = 0x80 | (code & 63);
    }
  }
  return out.subarray(0, n);
}
