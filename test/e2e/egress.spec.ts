import { expect, test } from '@playwright/test';
import { rmSync } from 'node:fs';
import { startServer, type Served } from '../../scripts/serve.ts';
import { APP } from '../egress/app.ts';
import { policyFreeCopy, POLICY_FREE_READY } from '../egress/policy-free.ts';
import { runEgress, type Attempt, type EgressOptions, type EgressReport } from '../egress/tester.ts';

// Left open on a host without headers, and said so on the privacy page: what the service worker's own code could ask for (it is short, read
// whole and pinned by its hash), and that another page may frame the app (it then refuses to start).
const OPEN_ON_BARE_HOSTS = (attempt: Attempt): boolean => attempt.context === 'service worker' || attempt.id.startsWith('app framed');

const ENGINE_PAGE = 'test-results/engine-page';

async function run(dir: string, bare: boolean, options: EgressOptions): Promise<EgressReport> {
  const served: Served = await startServer({ dir, port: 0, bare });
  try {
    const report = await runEgress(served.url, options);
    console.log(report.log.join('\n'));
    return report;
  } finally {
    await served.close();
  }
}

const through = (report: EgressReport): string[] =>
  report.attempts.filter((attempt) => attempt.through).map(({ phase, context, id, how }) => `${phase}, ${context}: ${id} (${how})`);

const contexts = (report: EgressReport): Set<string> => new Set(report.attempts.map(({ context }) => context));

test.describe.configure({ timeout: 1_800_000 });

test('with headers nothing gets out, on first load and after', async () => {
  const report = await run('dist', false, APP);
  expect(through(report)).toEqual([]);
  expect(report.foreign).toEqual([]);
  expect(contexts(report)).toContain('service worker');
  expect(report.attempts.length).toBeGreaterThan(250);
});

test('without headers nothing gets out after the one reload, but what the privacy page lists', async () => {
  const report = await run('dist', true, { ...APP, phases: ['controlled'] });
  const open = report.attempts.filter(OPEN_ON_BARE_HOSTS);
  expect(through({ ...report, attempts: report.attempts.filter((attempt) => !open.includes(attempt)) })).toEqual([]);
  expect(report.foreign).toEqual([]);
  expect(through({ ...report, attempts: open }).length).toBeLessThanOrEqual(10);
});

test('through the engine nothing gets out, with headers and without', async () => {
  const options: EgressOptions = { ...APP, sql: 'runSql', parts: ['engine', 'workers'], phases: ['first'] };
  const reports = [await run(ENGINE_PAGE, false, options), await run(ENGINE_PAGE, true, options)];
  for (const report of reports) {
    const attempts = report.attempts.filter((attempt) => attempt.context !== 'service worker');
    expect(through({ ...report, attempts })).toEqual([]);
    expect(attempts.filter(({ context }) => context === 'SQL').length).toBeGreaterThanOrEqual(24);
    expect([...contexts(report)].some((context) => context.startsWith('nested worker duckdb'))).toBe(true);
  }
});

test('without any policy almost all gets out, so the tester is not blind', async () => {
  const dir = policyFreeCopy('dist');
  try {
    const { attempts } = await run(dir, true, { ready: POLICY_FREE_READY, phases: ['first'] });
    const out = (of: (attempt: Attempt) => boolean): number => attempts.filter((attempt) => attempt.through && of(attempt)).length;
    expect(out(({ context }) => context === 'page')).toBeGreaterThan(90);
    expect(out(({ context }) => context.startsWith('worker'))).toBeGreaterThanOrEqual(10);
    expect(out(({ context }) => context.startsWith('nested'))).toBeGreaterThanOrEqual(10);
    expect(out(({ how }) => how === 'name looked up')).toBeGreaterThan(0);
    expect(out(({ how }) => how === 'datagram')).toBeGreaterThan(0);
    expect(out(({ how }) => how === 'message')).toBe(2);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
