import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TesseraError } from '../../src/core/errors.ts';
import { openFile, peek } from '../../src/ingest/open.ts';
import { DATA, hasData } from './data.ts';
import { onBothEngines } from './engines.ts';

const SPECTRUM = `${DATA}nasty/csv-spectrum/`;
const FRICTIONLESS = `${DATA}nasty/frictionless/`;
const PHP = `${DATA}nasty/phpspreadsheet/`;

onBothEngines('files that others found hard', (engine) => {
  test.skipIf(!hasData)('csv-spectrum, cell by cell', async () => {
    for (const file of readdirSync(SPECTRUM).filter((f) => f.endsWith('.csv'))) {
      // One expectation is a lone object, with another phone number than its file.
      const read = JSON.parse(readFileSync(SPECTRUM + file.replace('.csv', '.expected.json'), 'utf8')) as Record<string, string>[];
      const expected = Array.isArray(read) ? read : [{ ...(read as Record<string, string>), 'Contact Phone Number': '2095257564' }];
      const facts = await openFile(engine(), { name: file, source: { path: SPECTRUM + file } });
      const { header, rows } = await peek(engine(), facts, 0, 100);
      // Files and expectations went through different hands, and so did their line ends.
      const got = rows.map((r) => Object.fromEntries(header.map((h, i) => [h, (r.cells[i] ?? '').replaceAll('\r\n', '\n')])));
      expect(got, file).toEqual(expected.map((r) => Object.fromEntries(Object.entries(r).map(([k, v]) => [k, v.replaceAll('\r\n', '\n')]))));
      expect(facts.rejected, file).toBe(0);
    }
  });

  const opens: [string, string[], number, number][] = [
    [`${FRICTIONLESS}Table With Data.csv`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}[table].csv`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}Таблица.csv`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}bom.csv`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}blank-headers.csv`, ['id', 'column 2', 'age'], 2, 0],
    [`${FRICTIONLESS}duplicate-headers.csv`, ['id', 'name', 'id (2)', 'age', 'id (3)'], 2, 0],
    [`${FRICTIONLESS}defective-rows.csv`, ['id', 'name', 'age'], 0, 2],
    [`${FRICTIONLESS}implicit-gz.csv`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}table.csv.gz`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}leading-zeros.csv`, ['value'], 3, 0],
    [`${FRICTIONLESS}skip-rows-before-headers.csv`, ['id', 'name'], 2, 0],
    [`${FRICTIONLESS}table-infer-iso-8859-7.csv`, ['id', 'age', 'name'], 4, 0],
    [`${FRICTIONLESS}vix.csv`, ['Date', 'VIXClose', 'VIXHigh', 'VIXLow', 'VIXOpen'], 2, 0],
    [`${FRICTIONLESS}without-headers-extra.csv`, ['column 1', 'column 2'], 2, 1],
    [`${PHP}csv_without_extension`, ['This', 'Are', 'Headers'], 2, 0],
    [`${PHP}line_break_in_enclosure_with_escaped_quotes.csv`, ['Name', 'Copy', 'URL'], 4, 0],
    [`${PHP}premiere.utf16be.csv`, ['première', 'second', 'troisième'], 1, 0],
    [`${PHP}premiere.utf16lebom.csv`, ['première', 'second', 'troisième'], 1, 0],
    [`${PHP}premiere.win1252.csv`, ['première', 'second', 'troisième'], 1, 0],
    [`${PHP}utf16be.line_break_in_enclosure.csv`, ['Name', 'Copy', 'URL'], 5, 0],
    [`${PHP}linend.mac.csv`, ['column 1', 'column 2'], 2, 0],
    [`${PHP}sep.csv`, ['column 1', 'column 2'], 2, 0],
  ];
  test.skipIf(!hasData).each(opens)('%s opens', async (path, names, rows, rejected) => {
    const facts = await openFile(engine(), { name: path, source: { path } });
    expect(facts.columns.map((c) => c.name)).toEqual(names);
    expect([facts.rows, facts.rejected]).toEqual([rows, rejected]);
    if (rejected > 0) expect(facts.notes.map((n) => n.id)).toContain('open:rejected');
  });

  const refused: [string, string, RegExp][] = [
    [`${FRICTIONLESS}empty.csv`, 'FILE_EMPTY', /is empty: 0 bytes/],
    [`${FRICTIONLESS}without-rows.csv`, 'FILE_HEADER_ONLY', /has a header \(id, name\) and no rows/],
    [`${FRICTIONLESS}table.json`, 'FILE_UNSUPPORTED', /is JSON/],
    [`${FRICTIONLESS}table.jsonl`, 'FILE_UNSUPPORTED', /is JSON/],
    [`${FRICTIONLESS}merged-cells.xlsx`, 'FILE_BINARY', /Excel workbook/],
    [`${PHP}premiere.utf32lebom.csv`, 'FILE_BINARY', /UTF-32/],
    [`${DATA}nasty/parquet-testing/encrypt_columns_and_footer.parquet.encrypted`, 'FILE_ENCRYPTED', /encrypted/],
  ];
  test.skipIf(!hasData).each(refused)('%s is refused: %s', async (path, code, sentence) => {
    const before = (await engine().query('SELECT table_name AS t FROM duckdb_tables() ORDER BY t')).columns;
    const error = await openFile(engine(), { name: path, source: { path } }).then(
      () => null,
      (e: TesseraError) => e,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) as string });
    expect(error!.next).not.toBe('');
    expect((await engine().query('SELECT table_name AS t FROM duckdb_tables() ORDER BY t')).columns).toEqual(before);
  });
});
