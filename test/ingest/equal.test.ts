import { afterAll, beforeAll, expect, it } from 'vitest';
import { column } from '../../src/core/frame.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { openWasmNode } from '../../src/engine/wasm-node.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { FIXTURE } from './fixture.ts';
import { rawCsv } from './raw-helper.ts';

/** A flat export with what goes wrong in them: blanks, currencies, refunds, empty users, names that change, times of two writings. */
function messy(rows: number): string {
  const lines = ['Rechnungsnummer;Kunde;Artikelnummer;Bezeichnung;Menge;Einzelpreis;Rabatt;Bestelldatum;Stadt;Gerät'];
  for (let i = 0; i < rows; i++) {
    const user = i % 9 === 0 ? '' : `K-${String((i * 7919) % 113).padStart(3, '0')}`;
    const price = i % 50 === 0 ? '0' : `${i % 5 === 0 ? '€ ' : ''}1.${String(100 + ((i * 31) % 900))},${String(i % 100).padStart(2, '0')}`;
    const date =
      i % 3 === 0
        ? `${String(1 + (i % 28)).padStart(2, '0')}.03.2024 1${i % 10}:30`
        : `2024-0${1 + (i % 6)}-${String(1 + (i % 28)).padStart(2, '0')} 08:0${i % 10}:00`;
    lines.push(
      `${i % 70 === 3 ? 'C' : ''}${10000 + (i >> 1)};${user};${i % 17}A; Teil ${(i % 17) + (i % 34 === 0 ? 100 : 0)} ;${i % 70 === 3 ? -1 : 1 + (i % 4)};${price};${i % 4 === 0 ? '0,50' : ''};${date};${['Köln', 'Bonn', '-', 'N/A'][((i * 7919) % 113) % 4]};${i % 2 ? 'Handy' : 'Desktop'}`,
    );
  }
  return lines.join('\n') + '\n';
}

/** One fingerprint per canonical table: of its rows as text, in an order of their own. */
async function fingerprints(engine: Engine, files: Record<string, string>, rowsAtOnce?: number) {
  const opened = [];
  for (const [name, text] of Object.entries(files)) opened.push(await rawCsv(engine, name, text));
  const mapping = await guessMapping(engine, opened);
  const report = await buildTables(engine, opened, mapping, { ...DEFAULT_SETTINGS, zone: 'Europe/Berlin' }, rowsAtOnce ? { rowsAtOnce } : {});
  const prints: Record<string, string> = {};
  for (const table of [...Object.keys(report.facts.tables), 'user_ids', 'product_ids', 'order_ids']) {
    const frame = await engine.query(`SELECT md5(string_agg(x, chr(10) ORDER BY x)) AS h FROM (SELECT CAST(t AS VARCHAR) AS x FROM ${table} t)`);
    prints[table] = String(column(frame, 'h')[0]);
  }
  return { mapping, prints, facts: report.facts, joins: report.joins, notes: report.notes, accounts: report.accounts };
}

let native: Engine;
let wasm: Engine;
beforeAll(async () => {
  native = await openNative({ threads: 2 });
  wasm = await openWasmNode();
});
afterAll(() => Promise.all([native.close(), wasm.close()]));

it('both engines make equal tables, guesses and reports of the fixture', async () => {
  const files = Object.fromEntries(Object.entries(FIXTURE).map(([name, text]) => [`${name}.csv`, text]));
  expect(await fingerprints(wasm, files)).toEqual(await fingerprints(native, files));
});

it('and of a messy export', async () => {
  const one = await fingerprints(native, { 'export.csv': messy(1500) });
  expect(one.mapping.files[0]!.columns.map((c) => c.role)).toEqual([
    'order_id',
    'user_id',
    'product_id',
    'name',
    'quantity',
    'price',
    'discount',
    'at',
    'city',
    'device',
  ]);
  expect(Object.keys(one.facts.events).sort()).toEqual(['free', 'purchase', 'refund']);
  expect(one.facts.tables.users!.columns.map((c) => c.name)).toContain('city');
  expect(await fingerprints(wasm, { 'export.csv': messy(1500) })).toEqual(one);
  // Rows, orders and occasions are numbered alike whether the file is inserted at once or in parts.
  expect(await fingerprints(native, { 'export.csv': messy(1500) }, 400)).toEqual(one);
});
