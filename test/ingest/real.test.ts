import { expect, test } from 'vitest';
import { column } from '../../src/core/frame.ts';
import { openFile } from '../../src/ingest/open.ts';
import { DATA, hasData } from './data.ts';
import { onBothEngines } from './engines.ts';

onBothEngines('real files', (engine) => {
  test.skipIf(!hasData)('online_retail: published counts, every line where it is', async () => {
    const path = `${DATA}online_retail/online_retail.csv.gz`;
    const facts = await openFile(engine(), { name: 'online_retail.csv.gz', source: { path } });
    expect([facts.rows, facts.rejected]).toEqual([541_909, 0]);
    const by = Object.fromEntries(facts.columns.map((c) => [c.name, c]));
    expect(by.InvoiceNo).toMatchObject({ known: 541_909, distinct: 25_900 });
    expect(by.StockCode!.distinct).toBe(4070);
    // Published: 1,454 without a description. 47 say "?", which is one more way to say nothing.
    expect(by.Description).toMatchObject({ empty: 1454 + 47, lost: [{ text: '?', n: 47, reason: 'reads as nothing' }] });
    expect(by.Quantity).toMatchObject({ number: 1, whole: 1, range: [-80_995, 80_995] });
    expect(by.InvoiceDate).toMatchObject({ date: 1, ambiguous: false, min: '2010-12-01 08:26:00', max: '2011-12-09 12:50:00' });
    expect(by.UnitPrice).toMatchObject({ number: 1, range: [-11_062.06, 38_970], decimal: { sign: '.', guess: false, scale: 3 } });
    expect(by.CustomerID).toMatchObject({ empty: 135_080, distinct: 4372, dotZero: true });
    expect(by.Country).toMatchObject({ distinct: 38, samples: expect.arrayContaining(['United Kingdom']) as string[] });
    const lines = await engine().query(`SELECT min(line) AS a, max(line) AS b, count(DISTINCT line) AS n FROM z.f_${facts.id}`);
    expect(['a', 'b', 'n'].map((k) => Number(column(lines, k)[0]))).toEqual([2, 541_910, 541_909]);
  });

  test.skipIf(!hasData)('bank and telco', async () => {
    const bank = await openFile(engine(), { name: 'bank-full.csv', source: { path: `${DATA}bank/bank-full.csv` } });
    expect([bank.rows, bank.rejected, bank.columns.length]).toEqual([45_211, 0, 17]);
    // "unknown" is a word that someone wrote, not nothing.
    expect(bank.columns.find((c) => c.name === 'job')).toMatchObject({ known: 45_211, lost: [] });
    const telco = await openFile(engine(), { name: 'telco.csv', source: { path: `${DATA}telco/Telco-Customer-Churn.csv` } });
    expect([telco.rows, telco.rejected, telco.columns[0]!.distinct]).toEqual([7043, 0, 7043]);
    // 11 customers of no month have a blank total.
    expect(telco.columns.find((c) => c.name === 'TotalCharges')).toMatchObject({ empty: 11, number: 1 });
  });
});
