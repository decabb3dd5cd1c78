import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf } from '../../src/ingest/cells.ts';
import type { Cut } from '../../src/ingest/records.ts';
import { BROKEN, Records, Scanner } from '../../src/ingest/records.ts';

interface Found {
  text: string;
  line: number;
  fields: number;
  flags: number;
}

/** All records of the bytes, read in pieces that end at `cuts`, as the loader does: what is no whole record waits for more. */
function scan(bytes: Uint8Array, cut: Cut, cuts: number[]): Found[] {
  const scanner = new Scanner(cut);
  const records = new Records();
  const out: Found[] = [];
  let from = 0;
  let line = 0;
  for (const end of [...cuts.filter((c) => c < bytes.length).sort((a, b) => a - b), bytes.length]) {
    const view = bytes.subarray(from, end);
    scanner.scan(view, view.length, end === bytes.length, records);
    for (let i = 0; i < records.n; i++) {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(view.subarray(records.start[i], records.end[i]));
      out.push({ text, line: line + records.line[i]!, fields: records.fields[i]!, flags: records.flags[i]! });
    }
    from += records.consumed;
    line += records.lines;
  }
  expect(from).toBe(bytes.length);
  return out;
}

const cuts: fc.Arbitrary<Cut> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '::', ''),
    quote: fc.constantFrom('"', "'", ''),
    backslash: fc.boolean(),
    newline: fc.constantFrom('\n' as const, '\n' as const, '\r' as const),
  })
  .map(({ delimiter, quote, backslash, newline }) => ({ delimiter, quote, escape: backslash && quote ? '\\' : quote, newline }));
const noise = fc
  .array(fc.constantFrom('"', '"', "'", ',', ';', ':', '::', '\n', '\n', '\r\n', '\r', ' ', 'a', 'b', '\\', 'é', '\ufeff'), { maxLength: 60 })
  .map((a) => a.join(''));

test('records are the same however the bytes come in pieces', () => {
  fc.assert(
    fc.property(noise, cuts, fc.array(fc.nat(80), { maxLength: 6 }), (text, cut, at) => {
      const bytes = new TextEncoder().encode(text);
      expect(scan(bytes, cut, at)).toEqual(scan(bytes, cut, []));
    }),
    { numRuns: 3000, seed: 3 },
  );
});

test('no byte is lost, lines are counted right, and cells are as many as the scanner says', () => {
  fc.assert(
    fc.property(noise, cuts, (text, cut) => {
      const found = scan(new TextEncoder().encode(text), cut, []);
      const ends = cut.newline === '\r' ? /\r/g : /\n/g;
      let line = 0;
      for (const f of found) {
        expect(f.line).toBe(line);
        line += 1 + (f.text.match(ends)?.length ?? 0);
        if (!(f.flags & BROKEN)) expect(cellsOf(f.text, cut), JSON.stringify(f.text)).toHaveLength(f.fields);
      }
      const rest = found.map((f) => f.text).join('');
      expect(text.replaceAll(/[\r\n]/g, '')).toBe(rest.replaceAll(/[\r\n]/g, ''));
    }),
    { numRuns: 3000, seed: 4 },
  );
});
