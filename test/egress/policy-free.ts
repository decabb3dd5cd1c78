import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROBE = "new Worker('probe-worker.js', { type: 'module' }).onmessage = () => { globalThis.probed = true; };";
const WORKER = "new Worker('probe-nested.js').onmessage = () => postMessage('both are up');";
const NESTED = "postMessage('up'); onmessage = () => {};";

/** True once both workers are there to be tried. */
export const POLICY_FREE_READY = 'globalThis.probed === true';

/**
 * A copy of a built app without any of its guards: no policy in the page, no navigation guard, no service worker. The app in it stays closed,
 * so a worker with a nested one is added for the tester to try. Answers its folder, to be removed by the caller.
 */
export function policyFreeCopy(dist: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'tessera-policy-free-'));
  cpSync(dist, dir, { recursive: true });
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const open = page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace(/<script src="[^"]*guard\.js"><\/script>/, '<script src="probe.js"></script>');
  if (/Content-Security-Policy|guard\.js/.test(open)) throw new Error('The copy still has a guard.');
  writeFileSync(join(dir, 'index.html'), open);
  writeFileSync(join(dir, 'probe.js'), PROBE);
  writeFileSync(join(dir, 'probe-worker.js'), WORKER);
  writeFileSync(join(dir, 'probe-nested.js'), NESTED);
  for (const name of ['sw.js', 'guard.js', '_headers']) rmSync(join(dir, name), { force: true });
  return dir;
}
