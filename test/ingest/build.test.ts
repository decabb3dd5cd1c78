import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileFacts, Mapping } from '../../src/core/files.ts';
import { rows } from '../../src/core/frame.ts';
import type { Role } from '../../src/core/roles.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { onBothEngines } from './engines.ts';
import { FIXTURE } from './fixture.ts';
import { rawCsv, sharedData } from './raw-helper.ts';

const EV =
  "CREATE OR REPLACE TEMP VIEW ev AS SELECT e.*, event = 'purchase' AS buy FROM events e WHERE coalesce(utc < TIMESTAMP '2024-07-01 00:00:00', true) AND u IS NOT NULL";

/** Mapping with some columns chosen. */
function chosen(mapping: Mapping, file: FileFacts, roles: Record<string, Role>): Mapping {
  for (const c of mapping.files.find((f) => f.file === file.id)!.columns)
    if (roles[c.column]) Object.assign(c, { role: roles[c.column], confidence: 'chosen' });
  return mapping;
}

async function fixture(engine: Engine) {
  const files = [];
  for (const [name, text] of Object.entries(FIXTURE)) files.push(await rawCsv(engine, `${name}.csv`, text));
  const first = chosen(await guessMapping(engine, files), files[0]!, { referrer_id: 'referrer_id' });
  const mapping = await guessMapping(engine, files, first);
  return { files, mapping };
}

onBothEngines('the fixture of the definitions', (engine) => {
  it('becomes its tables', async () => {
    const { files, mapping } = await fixture(engine());
    expect(mapping.files.map((f) => f.shape)).toEqual(['users', 'products', 'edges', 'events']);
    const report = await buildTables(engine(), files, mapping, DEFAULT_SETTINGS);
    await engine().exec(EV);
    expect(
      rows(
        await engine().query('SELECT count(*) AS n, count(DISTINCT u) AS users, sum(buy::INT) AS buys, fsum(amount) FILTER (buy) AS money FROM ev'),
      ),
    ).toEqual([{ n: 31, users: 7, buys: 20, money: 710 }]);
    expect(rows(await engine().query('SELECT user_id, gender FROM users JOIN user_ids USING (u) ORDER BY u'))).toEqual(
      [
        ['u1', 'female'],
        ['u2', 'female'],
        ['u3', 'male'],
        ['u4', 'male'],
        ['u5', 'female'],
        ['u6', null],
        ['u7', 'male'],
        ['u8', 'female'],
      ].map(([user_id, gender]) => ({ user_id, gender })),
    );
    expect(
      rows(
        await engine().query(
          'SELECT a.user_id AS a, b.user_id AS b, kind, "at" AS t FROM edges JOIN user_ids a USING (u) JOIN user_ids b ON b.u = v WHERE kind = \'referral\' ORDER BY 1, 2',
        ),
      ),
    ).toEqual([
      { a: 'u1', b: 'u2', kind: 'referral', t: '2024-06-10 00:00:00' },
      { a: 'u1', b: 'u7', kind: 'referral', t: '2024-05-01 00:00:00' },
      { a: 'u2', b: 'u8', kind: 'referral', t: null },
    ]);
    expect(report.facts).toMatchObject({
      users: 8,
      products: 6,
      firstEvent: '2023-12-05 10:00:00',
      lastEvent: '2024-07-01 00:00:00',
      hourKnown: true,
      priced: true,
    });
    expect(report.facts.events).toEqual({ purchase: 21, view: 7, cart: 2, refund: 1, search: 1 });
    expect(report.joins.map((j) => j.text)).toEqual([
      'All events have a user of users.csv.',
      '12.5 % of users of users.csv have no event.',
      'All ends of links have a user of users.csv.',
      expect.any(String),
      'All events have a product of products.csv.',
      'All products of products.csv occur in events.csv.',
    ]);
  });
});

describe('real files', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await openNative({ threads: 2 })));
  afterAll(() => engine.close());
  const build = async (name: string, bytes: Uint8Array) => {
    const file = await rawCsv(engine, name, bytes);
    return buildTables(engine, [file], await guessMapping(engine, [file]), DEFAULT_SETTINGS);
  };

  const or = sharedData('online_retail/online_retail.csv.gz');
  it.skipIf(!or)('online_retail: lines and totals of the definitions, section 8', async () => {
    const report = await build('online_retail.csv', or!);
    const kinds = rows(
      await engine.query(
        'SELECT event, count(*) FILTER (u IS NOT NULL) AS known, count(*) FILTER (u IS NULL) AS nobody FROM events GROUP BY event ORDER BY CAST(event AS VARCHAR)',
      ),
    );
    expect(kinds).toEqual([
      { event: 'adjustment', known: 0, nobody: 1339 },
      { event: 'free', known: 40, nobody: 1139 },
      { event: 'purchase', known: 397884, nobody: 132219 },
      { event: 'refund', known: 8905, nobody: 383 },
    ]);
    const totals =
      "SELECT count(DISTINCT u) FILTER (u IS NOT NULL) AS users, count(DISTINCT u) FILTER (buy) AS buyers, count(DISTINCT ord) FILTER (buy) AS orders, count(DISTINCT p) FILTER (buy) AS products, sum(amount) FILTER (buy) AS gross, sum(amount) FILTER (event = 'refund' AND u IS NOT NULL) AS refunds FROM (SELECT *, event = 'purchase' AND u IS NOT NULL AS buy FROM events)";
    expect(rows(await engine.query(totals))).toEqual([
      { users: 4372, buyers: 4338, orders: 18532, products: 3665, gross: 8911407.904, refunds: 611342.09 },
    ]);
    expect(rows(await engine.query("SELECT count(*) AS n FROM users JOIN user_ids USING (u) WHERE country = 'United Kingdom'"))).toEqual([
      { n: 3950 },
    ]);
    expect(report.notes.map((n) => n.id.split(':')[0])).toEqual(['dot', 'differs', 'differs', 'anonymous', 'adjustments', 'free', 'equal', 'zone']);
    expect(report.contradictions!.map((c) => [c.table, c.column, c.n, c.takes])).toEqual([
      ['users', 'country', 8, 'last dated'],
      ['products', 'name', 621, 'most rows'],
    ]);
    expect(report.notes.find((n) => n.id.startsWith('equal'))!.title).toMatch(/^5,268 rows/);
    expect(report.accounts).toEqual([{ file: 'online_retail.csv', rows: 541909, kept: 541909, rejected: 0, doubled: 0, cellsRejected: 0 }]);
  });

  const bank = sharedData('bank/bank-full.csv');
  it.skipIf(!bank)('bank: the row number is the id', async () => {
    const report = await build('bank-full.csv', bank!);
    expect(
      rows(await engine.query("SELECT count(*) AS n FROM users WHERE occupation = 'management' AND deposit >= 5000 AND \"attr:loan\" = 'no'")),
    ).toEqual([{ n: 819 }]);
    expect(
      rows(await engine.query("SELECT user_id, label FROM outcomes JOIN user_ids USING (u) WHERE user_id IN ('1', '45211') ORDER BY 1")),
    ).toEqual([
      { user_id: '1', label: 'no' },
      { user_id: '45211', label: 'no' },
    ]);
    expect(report.facts.tables.users!.columns.map((c) => c.name)).toHaveLength(1 + 5 + 11 + 1);
    expect(report.facts.events).toEqual({});
  });

  const telco = sharedData('telco/Telco-Customer-Churn.csv');
  it.skipIf(!telco)('telco', async () => {
    await build('telco.csv', telco!);
    const where = '"attr:Contract" = \'Two year\' AND "attr:InternetService" <> \'Fiber optic\' AND tenure >= 24';
    expect(rows(await engine.query(`SELECT count(*) AS n FROM users WHERE ${where}`))).toEqual([{ n: 1124 }]);
    expect(
      rows(
        await engine.query(
          'SELECT count(*) AS n FROM users WHERE "attr:Partner" = \'Yes\' AND "attr:Dependents" = \'No\' AND "attr:MonthlyCharges" BETWEEN 30 AND 80',
        ),
      ),
    ).toEqual([{ n: 540 }]);
    expect(rows(await engine.query('SELECT label, count(*) AS n FROM outcomes GROUP BY label ORDER BY label'))).toEqual([
      { label: 'No', n: 5174 },
      { label: 'Yes', n: 1869 },
    ]);
  });
});
