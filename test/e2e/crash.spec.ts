import { expect, test } from '@playwright/test';
import { startServer } from '../../scripts/serve.ts';
import { BAD_STORE, PROJECT_STORE, type CrashAdapter } from '../crash/adapter.ts';
import { runCrash, type CrashOptions, type CrashPoint } from '../crash/tester.ts';

// A few rounds; `npm run test:crash` runs sixty.
test.describe.configure({ timeout: 1_800_000 });

async function run(store: CrashAdapter, options: CrashOptions): Promise<CrashPoint[]> {
  const served = await startServer({ dir: 'test-results/store-page', port: 0 });
  try {
    return await runCrash(served.url, store, { ...options, log: (line) => console.log(line) });
  } finally {
    await served.close();
  }
}

const bad = (points: CrashPoint[]): CrashPoint[] => points.filter(({ verdict }) => verdict !== 'kept');

test('nothing acknowledged is lost, whatever ends the session or harms a file', async () => {
  const points = await run(PROJECT_STORE, { rounds: 1 });
  expect(bad(points)).toEqual([]);
  expect(points.length).toBeGreaterThanOrEqual(14);
  expect(points.find(({ kind }) => kind === 'tabs')?.how).toMatch(/refused/);
});

test('a store that overwrites in place is caught', async () => {
  expect(bad(await run(BAD_STORE, { rounds: 1, only: 'damage' })).length).toBeGreaterThan(0);
});
