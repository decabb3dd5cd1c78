import { boot as words } from '../words/en-boot.ts';
import { ledger } from './ledger.ts';
import { checkPolicy, type PolicyCheckId, type PolicyReport } from './policy-check.ts';

/** `note`: worth knowing, but not a reason to stay closed. */
export interface Check {
  id: PolicyCheckId | 'answers' | 'script' | 'navigation' | 'allowlist';
  where: string;
  state: 'ok' | 'failed' | 'note';
  sentence: string;
}

/** A worker of the app, by the name people see. */
export interface NamedWorker {
  name: string;
  worker: Worker;
}

/** A worker script that is not ours and so cannot answer: its file is held to carry the policy, which then governs it. */
export interface NamedScript {
  name: string;
  url: string;
}

const ANSWER_WITHIN_MS = 20_000;
const FIRST_WITH_ALLOWLIST = 152;

const check = (id: Check['id'], where: string, ok: boolean, otherwise: 'failed' | 'note' = 'failed'): Check => ({
  id,
  where,
  state: ok ? 'ok' : otherwise,
  sentence: (ok ? words.ok : words.failed)[id](where),
});

interface Brands {
  userAgentData?: { brands: { brand: string; version: string }[] };
}

function knowsAllowlist(): boolean {
  const brands = (navigator as Navigator & Brands).userAgentData?.brands ?? [];
  return brands.some(({ brand, version }) => brand === 'Chromium' && Number(version) >= FIRST_WITH_ALLOWLIST);
}

/** The self-test of the page itself. */
export async function testPage(): Promise<Check[]> {
  const where = words.page;
  const policy = await checkPolicy();
  return [
    ...policy.map(({ id, ok }) => check(id, where, ok)),
    check('navigation', where, 'navigation' in globalThis, 'note'),
    check('allowlist', where, knowsAllowlist(), 'note'),
  ];
}

/** The self-test of one worker, which must have called `answerPolicy`. From here on its requests and violations are in the ledger. */
export function testWorker({ name, worker }: NamedWorker): Promise<Check[]> {
  const { port1: port, port2 } = new MessageChannel();
  return new Promise((done) => {
    const timer = setTimeout(() => done([check('answers', name, false)]), ANSWER_WITHIN_MS);
    port.onmessage = ({ data }: MessageEvent<PolicyReport>) => {
      if ('requests' in data) ledger.requested(name, data.requests);
      else if ('violation' in data) ledger.violated(name, data.violation);
      else {
        clearTimeout(timer);
        done([check('answers', name, true), ...data.checks.map(({ id, ok }) => check(id, name, ok))]);
      }
    };
    worker.postMessage({ tesseraPolicy: port2 }, [port2]);
    port.postMessage('check');
  });
}

/** True if the file at `url` comes with a policy that shuts everything but its own host. */
export async function testScript({ name, url }: NamedScript): Promise<Check[]> {
  const policy = await fetch(url).then(
    (response) => {
      void response.body?.cancel();
      return response.headers.get('Content-Security-Policy') ?? '';
    },
    () => '',
  );
  return [check('script', name, policy.includes("default-src 'none'") && policy.includes("connect-src 'self'"))];
}
