/**
 * `npm run test:crash`: 60 seeded crash points on the app's project store, then the same tester on a store that overwrites in place, which
 * must be seen to lose. `--rounds N`, `--seed N`. Exit 1 if anything acknowledged was lost, or if the bad store was not caught.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BAD_STORE, PROJECT_STORE } from '../test/crash/adapter.ts';
import { runCrash, type CrashPoint } from '../test/crash/tester.ts';
import { startServer } from './serve.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const option = (name: string, otherwise: number): number => {
  const i = process.argv.indexOf(name);
  return i < 0 ? otherwise : Number(process.argv[i + 1]);
};

function sum(points: readonly CrashPoint[]): string {
  const count = (verdict: CrashPoint['verdict']): number => points.filter((point) => point.verdict === verdict).length;
  return `${points.length} crash points, ${count('LOST')} lost, ${count('UNREADABLE')} unreadable`;
}

execFileSync('npx', ['vite', 'build', '--mode', 'store-page', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
const served = await startServer({ dir: `${root}test-results/store-page`, port: 0 });
const [seed, rounds] = [option('--seed', 1), option('--rounds', 6)];
const log = (line: string): void => console.log(line);
// 6 deaths and 4 damages of `rounds` each, 3 of quota, 1 of tabs: 6 rounds make 64 points.
const good = await runCrash(served.url, PROJECT_STORE, { seed, rounds, log });
const bad = await runCrash(served.url, BAD_STORE, { seed, rounds: Math.min(rounds, 3), log });
await served.close();
const caught = bad.some(({ verdict }) => verdict !== 'kept');
console.log(`Project store: ${sum(good)}\nOverwriting store: ${sum(bad)}${caught ? '' : ' (the tester is blind)'}`);
process.exit(caught && good.every(({ verdict }) => verdict === 'kept') ? 0 : 1);
