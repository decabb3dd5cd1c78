import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { rawCsv, sharedData } from './raw-helper.ts';

const shown = (m: Awaited<ReturnType<typeof guessMapping>>['files'][number]) =>
  Object.fromEntries(
    m.columns
      .filter((c) => c.role)
      .map((c) => [
        c.column,
        `${c.role} ${c.guesses
          .find((g) => g.role === c.role)
          ?.score.toFixed(2)
          .slice(1)}`,
      ]),
  );

describe('roles of real files (definitions, section 2)', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await openNative({ threads: 2 })));
  afterAll(() => engine.close());

  it('does not ask again what was answered', async () => {
    const text = Array.from({ length: 40 }, (_, i) => `u${i % 8},0${1 + (i % 9)}/0${1 + (i % 7)}/2024,${1 + i}.${100 + i}`);
    const file = await rawCsv(engine, 'asks.csv', ['customer id,order date,amount', ...text].join('\n'));
    const first = await guessMapping(engine, [file]);
    const asks = (m: typeof first): unknown => Object.fromEntries(m.files[0]!.columns.map((c) => [c.column, c.asks]));
    expect(asks(first)).toEqual({ 'customer id': [], 'order date': ['dayfirst'], amount: ['decimal'] });
    first.files[0]!.options = { dayFirst: { 'order date': true }, decimal: { amount: ',' } };
    expect(asks(await guessMapping(engine, [file], first))).toEqual({ 'customer id': [], 'order date': [], amount: [] });
  });

  const or = sharedData('online_retail/online_retail.csv.gz');
  it.skipIf(!or)('online_retail', async () => {
    const file = await rawCsv(engine, 'online_retail.csv', or!);
    const m = (await guessMapping(engine, [file])).files[0]!;
    expect(shown(m)).toEqual({
      InvoiceNo: 'order_id .85',
      StockCode: 'product_id .85',
      Description: 'name .85',
      Quantity: 'quantity .79',
      InvoiceDate: 'at .85',
      UnitPrice: 'price .79',
      CustomerID: 'user_id .85',
      Country: 'country .85',
    });
    expect(m.shape).toBe('events');
    expect(m.columns[6]!.evidence).toBe('name equals *customer id*; 4,372 ids, each on 93 rows; repeats in a file with dates');
  });

  const bank = sharedData('bank/bank-full.csv');
  it.skipIf(!bank)('bank', async () => {
    const m = (await guessMapping(engine, [await rawCsv(engine, 'bank-full.csv', bank!)])).files[0]!;
    expect(shown(m)).toEqual({
      age: 'age .79',
      job: 'occupation .79',
      marital: 'marital .79',
      education: 'education .79',
      balance: 'deposit .79',
      subscription: 'label .85',
    });
    expect([m.shape, m.tables]).toEqual(['users', ['users', 'outcomes']]);
  });

  const telco = sharedData('telco/Telco-Customer-Churn.csv');
  it.skipIf(!telco)('telco', async () => {
    const m = (await guessMapping(engine, [await rawCsv(engine, 'telco.csv', telco!)])).files[0]!;
    expect(shown(m)).toEqual({ customerID: 'user_id .85', gender: 'gender .85', tenure: 'tenure .79', Churn: 'label .85' });
    expect([m.shape, m.tables]).toEqual(['users', ['users', 'outcomes']]);
  });
});
