import { boot as words } from '../words/en-boot.ts';
import { FOREIGN_SCRIPTS } from './foreign-scripts.ts';
import { startLedger } from './ledger.ts';
import { nextStep, type Standing } from './next-step.ts';
import { controlledBy, register } from './service-worker.ts';
import { testPage, testScript, testWorker, type Check, type NamedScript, type NamedWorker } from './self-test.ts';

export interface BootReport {
  /** `closed`: start no worker and accept no file; show `sentence`, `next` and the failed checks. */
  state: 'open' | 'closed';
  sentence: string;
  next: string;
  checks: Check[];
}

/** Pages that the browser kept from before the reload are dropped when they hear from it: see `reload`. */
const UNGUARDED = 'tessera.unguarded';
const RELOADS = 'tessera.reloads';
const REGISTER_AFTER_MS = 1500;

function readReloads(): number {
  try {
    return Number(sessionStorage.getItem(RELOADS) ?? 0);
  } catch {
    return Infinity; // nowhere to count: rather closed than reloading for ever
  }
}

function setReloads(n: number): void {
  try {
    sessionStorage.setItem(RELOADS, String(n));
  } catch {
    // readReloads has already said so
  }
}

async function standing(): Promise<Standing> {
  const workers = 'serviceWorker' in navigator;
  const registration = workers ? await navigator.serviceWorker.getRegistration().catch(() => undefined) : undefined;
  return {
    framed: window.top !== window.self,
    isolated: crossOriginIsolated,
    controlled: workers && navigator.serviceWorker.controller !== null,
    workers,
    active: Boolean(registration?.active),
    reloads: readReloads(),
  };
}

/** Marks the page for whoever looks from outside: `starting`, `page` (page tested), `open` (workers too), `closed`. */
function mark(state: 'starting' | 'page' | 'open' | 'closed'): void {
  document.documentElement.dataset['boot'] = state;
}

function closed(reason: keyof typeof words.closed, checks: Check[] = []): BootReport {
  mark('closed');
  return { state: 'closed', ...words.closed[reason], checks };
}

const never = new Promise<never>(() => {});

function reload(reloads: number): Promise<never> {
  setReloads(reloads + 1);
  // Chromium keeps this unguarded page and brings it back when the user reloads the guarded one, unless a message reaches it meanwhile.
  new BroadcastChannel(UNGUARDED).onmessage = () => {};
  location.reload();
  return never;
}

function judged(checks: Check[], mood: 'page' | 'open'): BootReport {
  if (checks.some((check) => check.state === 'failed')) return closed('failed', checks);
  mark(mood);
  return { state: 'open', ...words.open, checks };
}

/**
 * Starts the page: refuses to run framed, registers the service worker, waits for it and reloads where the host sends no policy, then
 * tests the page. Start workers only when the answer is `open`, and accept files only after `admit`. May never resolve: the page reloads.
 * `stays` is called before the test, once it is certain that the page will not reload: it may be drawn.
 */
export async function boot(stays: () => void = () => undefined): Promise<BootReport> {
  mark('starting');
  startLedger(words.page);
  const now = await standing();
  const step = nextStep(now);
  if (step === 'framed' || step === 'unsupported' || step === 'unguarded') return closed(step);
  // Vite's own server sends the same headers and changes files at every edit: nothing to keep there.
  const keeps = now.workers && !import.meta.env.DEV;
  if (step !== 'go' && keeps) {
    const registering = register();
    if (step === 'reload') return reload(now.reloads);
    try {
      await controlledBy(await registering);
    } catch {
      return closed('worker');
    }
    return reload(now.reloads);
  }
  if (step === 'wait') return closed('unsupported');
  if (step === 'reload') return reload(now.reloads);
  if (now.reloads > 0) new BroadcastChannel(UNGUARDED).postMessage('gone');
  // Isolated without it: it only brings offline use, and its hundred small files may not hold up the first screen.
  if (keeps) setTimeout(() => void register().catch(() => {}), REGISTER_AFTER_MS);
  setReloads(0);
  stays();
  return judged(await testPage(), 'page');
}

/** Tests the workers that were started after `boot`, and joins both reports. Files may be accepted when its state is `open`. */
export async function admit(
  report: BootReport,
  workers: readonly NamedWorker[],
  scripts: readonly NamedScript[] = FOREIGN_SCRIPTS,
): Promise<BootReport> {
  if (report.state === 'closed') return report;
  const tested = await Promise.all([...workers.map(testWorker), ...scripts.map(testScript)]);
  return judged([...report.checks, ...tested.flat()], 'open');
}
