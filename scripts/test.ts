/**
 * `npm test`: everything, with a sum at the end. Finds a Chromium or downloads one, builds the app and the testers' pages, then runs the
 * node tests, the built app in a real Chromium, the egress tester and a few rounds of the crash tester. Exit 1 on any failure, and where
 * the browser tests could not run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = `${root}test-results`;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };

/** Runs a tool of the project; true if it ended well. */
function run(what: string, tool: string, ...args: string[]): boolean {
  console.log(`\n── ${what}`);
  const started = performance.now();
  const { status } = spawnSync('npx', ['--no-install', tool, ...args], { cwd: root, stdio: 'inherit' });
  console.log(`── ${what}: ${status === 0 ? 'done' : 'FAILED'} in ${Math.round((performance.now() - started) / 1000)} s`);
  return status === 0;
}

/** Adds what a runner reported. A runner that failed without saying what failed counts as one failure. */
function add(well: boolean, tally: Tally | null): void {
  const found = tally ?? { passed: 0, failed: 0, skipped: 0 };
  total.passed += found.passed;
  total.skipped += found.skipped;
  total.failed += found.failed + (!well && found.failed === 0 ? 1 : 0);
}

function vitestTally(file: string): Tally | null {
  if (!existsSync(file)) return null;
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped: numPendingTests ?? 0 };
}

function playwrightTally(file: string): Tally | null {
  if (!existsSync(file)) return null;
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: Record<string, number> };
  return { passed: (stats['expected'] ?? 0) + (stats['flaky'] ?? 0), failed: stats['unexpected'] ?? 0, skipped: stats['skipped'] ?? 0 };
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

if (!findChromium()) run('Downloading a Chromium, as none was found', 'playwright', 'install', 'chromium');

const built =
  run('Build of the app', 'vite', 'build', '--logLevel', 'warn') &&
  run('Service worker', 'tsx', 'scripts/build-sw.ts') &&
  run('Page of the egress tester', 'vite', 'build', '--mode', 'engine-page', '--logLevel', 'warn') &&
  run('Its service worker', 'tsx', 'scripts/build-sw.ts', 'test-results/engine-page') &&
  run('Page of the crash tester', 'vite', 'build', '--mode', 'store-page', '--logLevel', 'warn');
if (!built) total.failed++;

const units = `${RESULTS}/node.json`;
add(
  run('Node tests', 'vitest', 'run', '--project', 'node', '--reporter', 'default', '--reporter', 'json', '--outputFile.json', units),
  vitestTally(units),
);

if (built && findChromium()) {
  add(
    run(
      'Built app, egress and crash testers in Chromium',
      'playwright',
      'test',
      '--project',
      'egress',
      '--project',
      'crash',
      '--project',
      'app',
      '--grep-invert',
      'not blind',
    ),
    playwrightTally(`${RESULTS}/e2e.json`),
  );
} else {
  console.error(built ? 'No Chromium: set CHROMIUM to the path of one. The browser tests did not run.' : 'Not built: the browser tests did not run.');
  if (built) total.failed++;
}

if (total.skipped) console.log(`\n${total.skipped} skipped`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
