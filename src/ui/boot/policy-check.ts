/**
 * The part of the self-test that runs in every context: the page imports it, and so does the door of each worker (`answerPolicy`).
 * It uses nothing but what pages and workers share, and no words: what a result means is said in `self-test.ts`.
 */

/** A name that exists nowhere (RFC 2606). Asked for only once the policy is known to be in force, so that it is never looked up. */
export const PROBE = 'https://tessera.invalid';

export type PolicyCheckId = 'eval' | 'isolated' | 'opener' | 'foreign';
export interface PolicyCheck {
  id: PolicyCheckId;
  ok: boolean;
}

/** A request as the browser's own timeline tells it. `at` is in milliseconds since 1970, `bytes` is null where the browser does not say. */
export interface SeenRequest {
  url: string;
  at: number;
  bytes: number | null;
}

/** Something the policy refused. `blocked` is an address, or a word such as `inline`. */
export interface SeenViolation {
  blocked: string;
  directive: string;
  at: number;
}

/** What a worker tells the page. */
export type PolicyReport = { requests: SeenRequest[] } | { violation: SeenViolation } | { checks: PolicyCheck[] };

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

let testing = 0;

/** True for the two violations that the self-test makes on purpose, while it runs. Everything else is reported. */
export const isOwnViolation = (blocked: string): boolean => testing > 0 && (blocked === 'eval' || blocked.startsWith(PROBE));

function evalIsShut(): boolean {
  try {
    new Function('');
    return false;
  } catch {
    return true;
  }
}

/** Asks for a foreign address; true if the policy itself refused it, which is more than that nobody answered. */
async function foreignIsShut(): Promise<boolean> {
  let refused = false;
  const listen = (event: Event): void => {
    if ((event as SecurityPolicyViolationEvent).blockedURI.startsWith(PROBE)) refused = true;
  };
  globalThis.addEventListener('securitypolicyviolation', listen);
  const answered = await fetch(PROBE, { mode: 'no-cors', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
  for (let i = 0; i < 40 && !refused; i++) await pause(25); // the event comes a little after the refusal
  globalThis.removeEventListener('securitypolicyviolation', listen);
  return refused && !answered;
}

/** Checks the policy of the context it runs in. The foreign address is asked for only if all else holds. */
export async function checkPolicy(): Promise<PolicyCheck[]> {
  testing++;
  try {
    const scope = globalThis as typeof globalThis & { opener?: unknown };
    const checks: PolicyCheck[] = [
      { id: 'eval', ok: evalIsShut() },
      { id: 'isolated', ok: globalThis.crossOriginIsolated === true },
      { id: 'opener', ok: (scope.opener ?? null) === null },
    ];
    if (checks.every((check) => check.ok)) checks.push({ id: 'foreign', ok: await foreignIsShut() });
    await pause(50); // violations are told one task later
    return checks;
  } finally {
    testing--;
  }
}

/** Tells `listener` of every request of this context since it began, except blob: and data: addresses, which are not requests. */
export function watchRequests(listener: (requests: SeenRequest[]) => void): void {
  const read = (entries: PerformanceEntryList): void => {
    const seen = (entries as PerformanceResourceTiming[])
      .filter((entry) => /^(https?|wss?):/.test(entry.name) && !entry.name.startsWith(PROBE))
      .map((entry) => ({
        url: entry.name,
        at: performance.timeOrigin + entry.startTime,
        bytes: entry.encodedBodySize || entry.transferSize || null,
      }));
    if (seen.length) listener(seen);
  };
  new PerformanceObserver((list) => read(list.getEntries())).observe({ type: 'resource', buffered: true });
}

/** Tells `listener` of everything the policy refuses in this context from now on, but for what the self-test provokes. */
export function watchViolations(listener: (violation: SeenViolation) => void): void {
  globalThis.addEventListener('securitypolicyviolation', (event) => {
    const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent;
    if (!isOwnViolation(blockedURI)) listener({ blocked: blockedURI, directive: effectiveDirective, at: Date.now() });
  });
}

/**
 * Called once by the door of each worker, before anything else: lets the page run the self-test there and hear of the worker's requests.
 * The page sends `{ tesseraPolicy: port }`; Comlink leaves such a message alone.
 */
export function answerPolicy(): void {
  const waiting: PolicyReport[] = [];
  let tell = (report: PolicyReport): void => void waiting.push(report);
  watchRequests((requests) => tell({ requests }));
  watchViolations((violation) => tell({ violation }));
  globalThis.addEventListener('message', (event) => {
    const port = (event as MessageEvent<{ tesseraPolicy?: unknown } | null>).data?.tesseraPolicy;
    if (!(port instanceof MessagePort)) return;
    tell = (report) => port.postMessage(report);
    for (const report of waiting.splice(0)) tell(report);
    port.onmessage = () => void checkPolicy().then((checks) => tell({ checks }));
  });
}
