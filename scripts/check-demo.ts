import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { BANK_TRUTHS } from './demo/truths-bank.ts';
import { SHOP_TRUTHS } from './demo/truths-shop.ts';
import type { Truth } from './demo/truths-shop.ts';

export const TRUTHS: readonly Truth[] = [...SHOP_TRUTHS, ...BANK_TRUTHS];
const FILES = {
  'flash-sale': ['users', 'products', 'events', 'referrals', 'media', 'outcomes'],
  bank: ['customers', 'products', 'events', 'outcomes'],
} as const;

export interface Finding {
  truth: Truth;
  row: Record<string, number>;
  holds: boolean;
}

/** Looks for everything planted in the files under `folder`, as anybody could who has only the files. */
export async function findTruths(folder: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const demo of ['flash-sale', 'bank'] as const) {
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    for (const name of FILES[demo]) await db.run(`CREATE TABLE ${name} AS FROM '${join(folder, demo, name).replaceAll("'", "''")}.parquet'`);
    for (const truth of TRUTHS.filter((t) => t.demo === demo)) {
      const answer = await db.runAndReadAll(truth.sql);
      const values = answer.getRowsJson()[0]!;
      const row = Object.fromEntries(answer.columnNames().map((name, i) => [name, Number(values[i])]));
      found.push({ truth, row, holds: truth.holds(row) });
    }
    db.closeSync();
  }
  return found;
}

/** 0.1234567 as 0.123, 12345.6 as 12,346. */
export const shown = (x: number): string =>
  Number.isInteger(x) || Math.abs(x) >= 1000 ? Math.round(x).toLocaleString('en') : String(Number(x.toPrecision(3)));
export const rowText = (row: Record<string, number>): string =>
  Object.entries(row)
    .map(([name, x]) => `${name.replaceAll('_', ' ')} ${shown(x)}`)
    .join(', ');

if (process.argv[1]?.endsWith('check-demo.ts')) {
  const findings = await findTruths(join(import.meta.dirname, '../public/demo'));
  for (const f of findings) console.log(`${f.holds ? 'holds' : 'FAILS'}  ${f.truth.demo}: ${f.truth.title}: ${rowText(f.row)}`);
  process.exitCode = findings.every((f) => f.holds) ? 0 : 1;
}
