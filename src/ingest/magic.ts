import type { ErrorCode } from '../core/errors.ts';
import { TesseraError } from '../core/errors.ts';

export type Kind = 'gzip' | 'parquet' | 'text';

const CSV = 'Save it as CSV or Parquet and drop that.';
/** First bytes of what people drop by mistake, and what to do about it. */
const SIGNS: { hex: string; what: string; next: string; code?: ErrorCode }[] = [
  { hex: '504b0304', what: 'a zip archive or an Excel workbook', next: 'Unpack it and drop the CSV inside; from Excel, save the sheet as CSV.' },
  { hex: '504b0506', what: 'an empty zip archive', next: CSV },
  { hex: 'd0cf11e0a1b11ae1', what: 'an old Excel workbook (.xls) or another Office file', next: 'Save the sheet as CSV and drop that.' },
  { hex: '50415245', what: 'Parquet with an encrypted footer', next: 'Write it again without encryption and drop that.', code: 'FILE_ENCRYPTED' },
  { hex: '255044462d', what: 'a PDF', next: 'Ask for the numbers as CSV.' },
  { hex: '89504e470d0a1a0a', what: 'a PNG picture', next: CSV },
  { hex: 'ffd8ff', what: 'a JPEG picture', next: CSV },
  { hex: '474946383', what: 'a GIF picture', next: CSV },
  { hex: '28b52ffd', what: 'packed with Zstandard', next: 'Unpack it and drop the CSV inside.' },
  { hex: '377abcaf271c', what: 'a 7z archive', next: 'Unpack it and drop the CSV inside.' },
  { hex: '526172211a07', what: 'a RAR archive', next: 'Unpack it and drop the CSV inside.' },
  { hex: '425a68', what: 'packed with bzip2', next: 'Unpack it and drop the CSV inside.' },
  { hex: 'fd377a585a00', what: 'packed with xz', next: 'Unpack it and drop the CSV inside.' },
  { hex: '53514c69746520666f726d6174203300', what: 'an SQLite database', next: 'Export its tables as CSV and drop those.' },
  { hex: '4f626a01', what: 'an Avro file', next: CSV },
  { hex: '4f5243', what: 'an ORC file', next: CSV },
  { hex: '4152524f5731', what: 'an Arrow file', next: CSV },
  { hex: 'fffe0000', what: 'text in UTF-32', next: 'Save it as UTF-8 and drop that.' },
  { hex: '0000feff', what: 'text in UTF-32', next: 'Save it as UTF-8 and drop that.' },
];

/** What a file is by its first bytes. Throws a sentence for everything that does not open here. `head`: at least 16 bytes, or all. */
export function kindOf(name: string, head: Uint8Array): Kind {
  const hex = Array.from(head.subarray(0, 16), (b) => b.toString(16).padStart(2, '0')).join('');
  if (hex.startsWith('1f8b')) return 'gzip';
  if (hex.startsWith('50415231')) return 'parquet';
  const sign = SIGNS.find((s) => hex.startsWith(s.hex));
  if (sign) {
    throw new TesseraError(sign.code ?? 'FILE_BINARY', `${name} is ${sign.what}, and Tessera opens CSV and Parquet.`, {
      next: sign.next,
      where: { file: name },
    });
  }
  return 'text';
}

/** Throws where the start of what should be text is none: many control characters, or JSON. Call it on decoded text. */
export function refuseNoText(name: string, head: Uint8Array): void {
  const n = Math.min(head.length, 65_536);
  let control = 0;
  for (let i = 0; i < n; i++) {
    const b = head[i]!;
    if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 1 && b !== 31) control++;
  }
  if (control > 0 && control >= n * 0.005) {
    throw new TesseraError(
      'FILE_BINARY',
      `${name} is not text: ${Math.round((100 * control) / n) || 1} % of its first bytes are control characters.`,
      {
        next: 'Drop CSV (also packed as .gz) or Parquet.',
        where: { file: name },
      },
    );
  }
  const start = new TextDecoder().decode(head.subarray(0, 2048)).trimStart();
  const what = /^[[{]\s*["[{\]}]/.test(start) ? 'JSON' : /^<(!doctype|html|\?xml)/i.test(start) ? 'a web page or XML' : null;
  if (what)
    throw new TesseraError('FILE_UNSUPPORTED', `${name} is ${what}, and Tessera opens CSV and Parquet.`, { next: CSV, where: { file: name } });
}
