import { expect, test } from 'vitest';
import type { TesseraError } from '../../src/core/errors.ts';
import { openFile, peek, rawLine } from '../../src/ingest/open.ts';
import { DATA, hasData } from './data.ts';
import { onBothEngines } from './engines.ts';

const PARQUET = `${DATA}nasty/parquet-testing/`;
const file = (name: string): { name: string; source: { path: string } } => ({ name, source: { path: PARQUET + name } });

onBothEngines('Parquet', (engine) => {
  test.skipIf(!hasData)('opens with its own types; lines are row numbers', async () => {
    const facts = await openFile(engine(), file('alltypes_plain.parquet'));
    expect([facts.format, facts.rows, facts.rejected, facts.dialect]).toEqual(['parquet', 8, 0, null]);
    const by = Object.fromEntries(facts.columns.map((c) => [c.name, c]));
    expect(by.id).toMatchObject({ known: 8, distinct: 8, number: 1, whole: 1, range: [0, 7] });
    expect(by.timestamp_col).toMatchObject({ date: 1, min: '2009-01-01 00:00:00' });
    const { rows } = await peek(engine(), facts, 0, 2);
    expect(rows.map((r) => r.line)).toEqual([1, 2]);
    expect(await rawLine(engine(), facts, 2)).toMatchObject({ line: 2, text: null });
  });

  const refused: [string, string][] = [
    ['encrypt_columns_and_footer.parquet.encrypted', 'FILE_ENCRYPTED'],
    ['large_string_map.brotli.parquet', 'FILE_TOO_LARGE'],
  ];
  test.skipIf(!hasData).each(refused)('%s is refused by name, and what was open stays', async (name, code) => {
    const first = await openFile(engine(), { name: 'a.csv', source: new TextEncoder().encode('a,b\n1,2\n') });
    const error = await openFile(engine(), file(name)).then(
      () => null,
      (e: TesseraError) => e,
    );
    expect(error).toMatchObject({ code, where: { file: name } });
    expect(error!.message.startsWith(name)).toBe(true);
    expect((await peek(engine(), first, 0, 5)).rows).toHaveLength(1);
  });
});
