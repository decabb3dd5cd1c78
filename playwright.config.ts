import { defineConfig } from '@playwright/test';
import { findChromium, QUIET_FLAGS } from './scripts/chromium.ts';

const port = Number(process.env['TESSERA_PORT'] ?? 4300);
const executablePath = findChromium();

/**
 * The engine's code is compiled once and not optimised while a test runs: that takes a sixth to a half of all processor time of these tests, and they are
 * bound by it. The testers of egress and crash, the pictures and the benchmarks run as a user's browser does.
 */
const BASELINE_CODE = '--js-flags=--liftoff-only';

/** The built app, served as `npm start` serves it, in a real Chromium. The testers of egress and crash bring servers and browsers of their own. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // The egress tester waits half of its time, so that its tests run beside each other, and one worker more than there are cores is of use.
  workers: 3,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 480_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    browserName: 'chromium',
    launchOptions: { args: [...QUIET_FLAGS, BASELINE_CODE], ...(executablePath ? { executablePath } : {}) },
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'egress', testMatch: /egress\.spec\.ts/, fullyParallel: true },
    { name: 'crash', testMatch: /crash\.spec\.ts/ },
    { name: 'app', testIgnore: [/(egress|crash)\.spec\.ts/, /more\//] },
    // Longer walks through single views, by `npm run test:more`: CI has twenty minutes.
    { name: 'more', testMatch: /more\/.*\.spec\.ts/ },
  ],
  webServer: {
    command: `npx tsx scripts/serve.ts --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    stdout: 'ignore',
    timeout: 30_000,
  },
});
