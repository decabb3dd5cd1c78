import { expect, it } from 'vitest';
import { column } from '../../src/core/frame.ts';
import { toUtcSql, toWallSql, zoneSteps } from '../../src/ingest/zone.ts';
import { onBothEngines } from './engines.ts';

onBothEngines('zones', (engine) => {
  it('reads wall clock as Temporal does: Europe/Paris of the definitions', async () => {
    const steps = zoneSteps('Europe/Paris');
    const sql = `SELECT ${toUtcSql(steps, 't')} AS utc FROM (VALUES (TIMESTAMP '2024-03-31 02:30'), (TIMESTAMP '2024-07-01 00:00'), (TIMESTAMP '2024-10-27 02:30'), (TIMESTAMP '2024-10-27 03:00')) w(t) ORDER BY t`;
    expect(column(await engine().query(sql), 'utc')).toEqual([
      '2024-03-31 01:30:00',
      '2024-06-30 22:00:00',
      '2024-10-27 00:30:00',
      '2024-10-27 02:00:00',
    ]);
    const back = `SELECT ${toWallSql(steps, 't')} AS wall FROM (VALUES (TIMESTAMP '2024-03-31 01:30'), (TIMESTAMP '2024-10-27 00:30'), (TIMESTAMP '2024-10-27 01:30'), (NULL)) w(t) ORDER BY t`;
    expect(column(await engine().query(back), 'wall')).toEqual(['2024-03-31 03:30:00', '2024-10-27 02:30:00', '2024-10-27 02:30:00', null]);
  });

  it('a fixed offset is one step', async () => {
    expect(zoneSteps('UTC')).toEqual([{ fromUtc: -Infinity, fromLocal: -Infinity, offset: 0 }]);
    expect(toUtcSql(zoneSteps('UTC'), 't')).toBe('t');
    const sql = `SELECT ${toUtcSql(zoneSteps('+05:30'), 't')} AS utc FROM (VALUES (TIMESTAMP '2024-01-01 00:00')) w(t)`;
    expect(column(await engine().query(sql), 'utc')).toEqual(['2023-12-31 18:30:00']);
    expect(() => zoneSteps('Mars/Olympus')).toThrow('is not a time zone');
  });
});
