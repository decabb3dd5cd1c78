import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TesseraError } from '../../src/core/errors.ts';
import type { FileFacts, Progress } from '../../src/core/files.ts';
import { column } from '../../src/core/frame.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { OpenOptions } from '../../src/ingest/open.ts';
import { openFile, peek, rawLine } from '../../src/ingest/open.ts';
import { onBothEngines } from './engines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const open = (engine: Engine, text: string | Uint8Array, opts?: OpenOptions): Promise<FileFacts> =>
  openFile(engine, { name: 'drop.csv', source: typeof text === 'string' ? bytes(text) : text }, opts);
const cells = async (engine: Engine, facts: FileFacts): Promise<[number, ...(string | null)[]][]> =>
  (await peek(engine, facts, 0, 1000)).rows.map((r) => [r.line, ...r.cells]);
const tables = async (engine: Engine): Promise<number> => Number(column(await engine.query('SELECT count(*) AS n FROM duckdb_tables()'), 'n')[0]);

onBothEngines('open', (engine) => {
  test('what is known of a content is not judged again, and of another content is not believed', async () => {
    const facts = await open(engine(), 'id,n\n1,2\n');
    const known = { ...facts, columns: facts.columns.map((c) => ({ ...c, samples: ['known before'] })) };
    expect(await open(engine(), 'id,n\n1,2\n', { known })).toEqual(known);
    expect((await open(engine(), 'id,n\n1,3\n', { known })).columns[1]!.samples).toEqual(['3']);
    expect((await open(engine(), 'id,n\n1,2\n', { known, dialect: { header: false } })).columns).toHaveLength(2);
    expect((await open(engine(), 'id,n\n1,2\n', { known, dialect: { header: false } })).rows).toBe(2);
  });

  test('quoted newlines, CRLF, blank lines, ragged rows and broken quotes: real line numbers, nothing lost', async () => {
    const text =
      'id,name,note\r\n1,"a\r\nb",x\r\n\r\n2,"say ""hi""",y\r\n3,short\r\n4,"open,z\r\n5,long,er,still\r\n6,5" pipe, "q, r" \r\n7,"x" y,z\r\n8,end,';
    const facts = await open(engine(), text);
    expect(await cells(engine(), facts)).toEqual([
      [2, '1', 'a\r\nb', 'x'],
      [5, '2', 'say "hi"', 'y'],
      [9, '6', '5" pipe', 'q, r'],
      [11, '8', 'end', null],
    ]);
    expect(facts.rejectedRows).toEqual([
      { line: 6, reason: 'Wrong number of columns: 2, expected 3', text: '3,short' },
      { line: 7, reason: 'Broken quotes', text: '4,"open,z' },
      { line: 8, reason: 'Wrong number of columns: 4, expected 3', text: '5,long,er,still' },
      { line: 10, reason: 'Broken quotes', text: '7,"x" y,z' },
    ]);
    expect([facts.rows, facts.rejected]).toEqual([4, 4]);
    const kept = await engine().query(`SELECT line, reason, text FROM z.r_${facts.id} ORDER BY line`);
    expect(Array.from(column(kept, 'text'))).toEqual(facts.rejectedRows.map((r) => r.text));
    expect(await rawLine(engine(), facts, 3)).toMatchObject({
      line: 2,
      header: ['id', 'name', 'note'],
      cells: ['1', 'a\r\nb', 'x'],
      text: '1,"a\r\nb",x',
    });
    expect(await rawLine(engine(), facts, 7)).toMatchObject({ line: 7, text: '4,"open,z', cells: [] });
  });

  test('a quote that never closes spoils its line only', async () => {
    const facts = await open(engine(), 'a,b\n1,"x\n2,"y"\n3,z\n');
    expect(await cells(engine(), facts)).toEqual([
      [3, '2', 'y'],
      [4, '3', 'z'],
    ]);
    expect(facts.rejectedRows).toEqual([{ line: 2, reason: 'Broken quotes', text: '1,"x' }]);
  });

  test('any table written as CSV comes back, cell by cell and line by line', async () => {
    const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.stringMatching(/^[a-z0-9 ,;"'\r\n\t|\u00e9\u4e2d]{0,8}$/));
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((w) => fc.array(fc.array(cell, { minLength: w, maxLength: w }), { minLength: 1, maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|', '::'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        async (rows, delimiter, newline, always, end) => {
          const needs = (c: string): boolean => always || /["\r\n]|^ | $|^\ufeff/.test(c) || c.includes(delimiter) || c.includes(delimiter[0]!);
          const written = rows.map((r) => r.map((c) => (needs(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(delimiter));
          const head = rows[0]!.map((_, i) => `h${i}`).join(delimiter);
          const dialect = { delimiter, quote: '"', escape: '"', header: true, skip: 0, encoding: 'utf-8' };
          // A row of one bare empty cell is a blank line, which is dropped.
          const blank = (line: string): boolean => line.trim() === '' && !line.includes(delimiter) && /^ *$/.test(line);
          if (written.every(blank)) return;
          const facts = await open(engine(), [head, ...written].join(newline) + (end ? newline : ''), { dialect });
          let line = 2;
          const expected: [number, ...(string | null)[]][] = [];
          rows.forEach((r, i) => {
            if (!blank(written[i]!)) expected.push([line, ...r.map((c) => c || null)]);
            line += 1 + (written[i]!.match(/\n/g)?.length ?? 0);
          });
          expect(facts.rejected).toBe(0);
          expect(await cells(engine(), facts)).toEqual(expected);
        },
      ),
      { numRuns: engine().kind === 'wasm' ? 25 : 60, seed: 7 },
    );
  });

  test('the same bytes are refused a second time, by any name', async () => {
    const first = await open(engine(), 'a,b\n1,2\n');
    const again = openFile(engine(), { name: 'copy.csv', source: new Blob(['a,b\n1,2\n']) }, { before: [first] });
    await expect(again).rejects.toMatchObject({ code: 'FILE_TWICE', message: 'copy.csv has the same content as drop.csv, which is open already.' });
    expect(await cells(engine(), first)).toEqual([[2, '1', '2']]);
  });

  test('a cancelled open leaves no table, and what was open stays', async () => {
    const first = await open(engine(), 'a,b\n1,2\n');
    const before = await tables(engine());
    const many = `a,b\n${'123456789,abcdefgh\n'.repeat(900_000)}`;
    const stop = new AbortController();
    const seen: Progress[] = [];
    const on = (p: Progress): void => {
      seen.push(p);
      if (p.done > 0) stop.abort();
    };
    await expect(open(engine(), many, { signal: stop.signal, on, task: 't' })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen.at(-1)).toMatchObject({ task: 't', file: 'drop.csv', phase: 'reading', unit: 'bytes', of: many.length });
    expect(await tables(engine())).toBe(before);
    expect(await cells(engine(), first)).toEqual([[2, '1', '2']]);
  });

  test('read again with another dialect the file replaces itself', async () => {
    const text = 'a;b,c\n1;2,3\n';
    const first = await open(engine(), text);
    expect(first.dialect).toMatchObject({ delimiter: ';', header: true });
    const second = await open(engine(), text, { dialect: { delimiter: ',', header: false } });
    expect(second.id).toBe(first.id);
    expect(await cells(engine(), second)).toEqual([
      [1, 'a;b', 'c'],
      [2, '1;2', '3'],
    ]);
  });

  test('dialects that are no comma', async () => {
    const ratings = await open(engine(), '1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n');
    expect(ratings.dialect).toMatchObject({ delimiter: '::', header: false });
    expect((await cells(engine(), ratings))[1]).toEqual([2, '1', '661', '3', '978302109']);
    const hive = await open(engine(), 'id\u0001n\n7\u0001x\n8\u0001y\n');
    expect(hive.columns.map((c) => c.name)).toEqual(['id', 'n']);
    const mysql = await open(engine(), 'id,say\n1,"he said \\"hi, you\\" \\\\ C:\\new"\n2,"b"\n');
    expect(mysql.dialect).toMatchObject({ quote: '"', escape: '\\' });
    expect((await cells(engine(), mysql))[0]).toEqual([2, '1', 'he said "hi, you" \\ C:\\new']);
    const inches = await open(engine(), 'sku\tname\n1\t"5 inch\n2\t6" pipe\n3\t"7" x 8"\n4\t9"\n');
    expect(inches.dialect).toMatchObject({ delimiter: '\t', quote: '' });
    expect([inches.rows, inches.rejected]).toEqual([4, 0]);
    const german = await open(engine(), 'Datum;Betrag;Menge\n01.02.2025;1,5;2\n02.02.2025;2,5;3\n');
    expect(german.dialect!.delimiter).toBe(';');
    const text = await open(engine(), 'comment\nI like it, a lot\nbad\n"well, well"\nno, thanks, never\n');
    expect((await cells(engine(), text)).map((r) => r[1])).toEqual(['I like it, a lot', 'bad', 'well, well', 'no, thanks, never']);
  });

  test('baskets: rows of any length, padded', async () => {
    const goods = ['bread', 'milk', 'beer', 'apples', 'soap'];
    const lines = Array.from({ length: 40 }, (_, i) => goods.slice(i % 5, (i % 5) + 1 + (i % 4)).join(','));
    const facts = await open(engine(), `${lines.join('\n')}\n`);
    expect(facts.dialect).toMatchObject({ ragged: true, header: false });
    expect([facts.rows, facts.rejected, facts.columns.length]).toEqual([40, 0, 4]);
    expect((await cells(engine(), facts))[0]).toEqual([1, 'bread', null, null, null]);
  });

  test('titles, row names, trailing delimiters', async () => {
    const titled = await open(engine(), 'Report of May,,\n\nid,amount,day\n1,2.5,2024-05-01\n2,3.5,2024-05-02\n3,1,2024-05-03\n');
    expect([titled.dialect!.skip, titled.columns.map((c) => c.name)]).toEqual([2, ['id', 'amount', 'day']]);
    const rows = Array.from({ length: 8 }, (_, i) => `r${i},${i},${i * 2}`).join('\n');
    const named = await open(engine(), `mpg,cyl\n${rows}\n`);
    expect(named.columns.map((c) => c.name)).toEqual(['column 1', 'mpg', 'cyl']);
    const trailing = await open(engine(), `a,b\n${'1,2,\n'.repeat(8)}`);
    expect([trailing.columns.map((c) => c.name), trailing.rows]).toEqual([['a', 'b', 'column 3'], 8]);
  });

  test('gzip: whole, damaged, and holding something else', async () => {
    const text = `id,x\n${Array.from({ length: 50_000 }, (_, i) => `00${i},${i * 7919}`).join('\n')}\n`;
    const facts = await open(engine(), new Uint8Array(gzipSync(text)));
    expect([facts.rows, facts.columns[0]!.min]).toEqual([50_000, '000']);
    await expect(open(engine(), new Uint8Array(gzipSync(text)).subarray(0, 100_000))).rejects.toMatchObject({ code: 'FILE_TRUNCATED' });
    await expect(open(engine(), new Uint8Array(gzipSync(bytes('PAR1----'))))).rejects.toMatchObject({ code: 'FILE_UNSUPPORTED' });
  });

  test('a damaged row in UTF-8 is shown, not the file refused', async () => {
    const good = Array.from({ length: 30 }, (_, i) => `${i},Zoë\n`).join('');
    const facts = await open(engine(), new Uint8Array([...bytes(`id,name\n${good}`), ...bytes('98,Zo'), 0xeb, ...bytes('\n99,ok\n')]));
    expect([facts.rows, facts.rejected]).toEqual([31, 1]);
    expect(facts.rejectedRows[0]).toEqual({ line: 32, reason: 'Bytes that are not utf-8', text: '98,Zo\ufffd' });
  });

  test('noise is refused', async () => {
    const noise = new Uint8Array(5000).map((_, i) => (i * 73 + (i >> 3) * 31) % 256);
    await expect(open(engine(), noise)).rejects.toBeInstanceOf(TesseraError);
    await expect(open(engine(), noise)).rejects.toMatchObject({ code: 'FILE_BINARY' });
    await expect(open(engine(), ' \n\n ')).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(openFile(engine(), { name: 'gone.csv', source: { path: '/no/such/file.csv' } })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('two hundred columns', async () => {
    const width = 200;
    const facts = await open(
      engine(),
      `${Array.from({ length: width }, (_, i) => `c${i}`).join(',')}\n${`${Array.from({ length: width }, (_, i) => i).join(',')}\n`.repeat(30)}`,
    );
    expect([facts.rows, facts.columns.length, facts.columns[199]!.samples]).toEqual([30, width, ['199']]);
  });

  test('lines of megabytes', async () => {
    const long = 'x'.repeat(3_000_000);
    const facts = await open(engine(), `a,b\n1,${long}\n2,"${'line\n'.repeat(2000)}"\n3,c\n`);
    expect([facts.rows, facts.rejected]).toEqual([3, 0]);
    expect(facts.notes.map((n) => n.id)).toContain('open:tall');
    const size = await engine().query(`SELECT line, length(c1) AS n FROM z.f_${facts.id} ORDER BY line`);
    expect([Array.from(column(size, 'line')), Array.from(column(size, 'n'))]).toEqual([
      [2, 3, 2004],
      [3_000_000, 10_000, 1],
    ]);
  });
});
