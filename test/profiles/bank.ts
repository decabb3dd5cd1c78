import { existsSync, readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { TagInfo } from '../../src/core/tag.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { FACTS, tag } from '../segments/fixture.ts';

export const BANK = '../shared/data/bank/bank-full.csv';
export const hasBank = existsSync(BANK);
if (!hasBank) console.warn(`skipped: ${BANK} is not here`);

/** Bank clients as user_tags, read plainly, so that profiles can be held against the worked numbers without ingest. */
export async function loadBank(engine: Engine): Promise<RuleContext> {
  await engine.register('in/bank.csv', readFileSync(BANK));
  await engine.exec(`CREATE OR REPLACE MACRO as_of() AS TIMESTAMP '2024-07-01 00:00:00';
    CREATE OR REPLACE TABLE user_tags AS SELECT (row_number() OVER () - 1)::UINTEGER AS u, u::VARCHAR AS user_id, job, loan, education, housing, month, age::INT AS age, balance::DOUBLE AS balance FROM read_csv('in/bank.csv', delim = ',', header = true, all_varchar = true)`);
  const n = Number((await engine.query('SELECT count(*) AS n FROM user_tags')).columns[0]![0]);
  const bands = { edges: [29, 39, 49, 59], labels: ['under 30', '30-39', '40-49', '50-59', '60+'], leftClosed: false };
  const numbers: TagInfo[] = [
    { ...tag('age', 'int', 'year'), known: n, bands },
    { ...tag('balance', 'number'), known: n, bands: { edges: [0, 1000], labels: ['none', 'some', 'much'], leftClosed: false } },
  ];
  const enums = ['job', 'loan', 'education', 'housing', 'month'].map((id) => ({ ...tag(id, 'enum'), known: n, values: [{ value: 'any', n }] }));
  return {
    tags: [...enums, ...numbers],
    facts: { ...FACTS, users: n },
    basis: { ...DEFAULT_SETTINGS, asOf: '2024-07-01 00:00:00', k: 5 },
    segments: [],
  };
}
