import { expect, it } from 'vitest';
import { openNative } from '../../src/engine/native.ts';
import { judge } from '../../src/ingest/judge.ts';
import { judgeTyped } from '../../src/ingest/judge-typed.ts';

it('says of typed columns what judging their text would say', async () => {
  const engine = await openNative();
  await engine.exec(`CREATE TABLE t AS SELECT i::UINTEGER AS line, CASE WHEN i % 7 > 0 THEN TIMESTAMP '2026-01-01' + i * INTERVAL 61 MINUTE END AS c0,
    (i * 3)::INTEGER AS c1, (i / 4)::DOUBLE AS c2, (i::DECIMAL(12, 2) / 100)::DECIMAL(12, 2) AS c3, i::DOUBLE AS c4, DATE '2026-01-01' + i::INTEGER AS c5
    FROM range(1, 200) r(i)`);
  await engine.exec(`CREATE TABLE x AS SELECT line, COLUMNS(c -> c LIKE 'c%')::VARCHAR FROM t`);
  const types = ['TIMESTAMP', 'INTEGER', 'DOUBLE', 'DECIMAL(12,2)', 'DOUBLE', 'DATE'];
  const names = types.map((_, i) => `n${i}`);
  const texts = await judge(engine, 'x', names, 199);
  for (const [i, type] of types.entries()) {
    const typed = (await judgeTyped(engine, 't', i, names[i]!, type, 199))!;
    for (const key of ['known', 'empty', 'distinct', 'number', 'whole', 'date', 'ambiguous', 'dotZero', 'range', 'dates'] as const) {
      // A whole number also looks like a compact date or an instant; its type says that it is none.
      if (key === 'date' || key === 'dates' || key === 'number' || key === 'whole') {
        if (type === 'TIMESTAMP' || type === 'DATE' || key === 'number') expect([i, key, typed[key]]).toEqual([i, key, texts[i]![key]]);
      } else expect([i, key, typed[key]]).toEqual([i, key, texts[i]![key]]);
    }
  }
  await engine.close();
});

it('leaves whole numbers that may be instants to be judged as text', async () => {
  const engine = await openNative();
  await engine.exec('CREATE TABLE t AS SELECT i::UINTEGER AS line, 1700000000 + i AS c0 FROM range(9) r(i)');
  expect(await judgeTyped(engine, 't', 0, 'at', 'BIGINT', 9)).toBeNull();
  await engine.close();
});
