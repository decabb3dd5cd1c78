/** What the page knows of itself when it starts. */
export interface Standing {
  /** Shown inside another page. */
  framed: boolean;
  /** The policy's headers arrived: the browser shut the page off from other sites. */
  isolated: boolean;
  /** A service worker answers for this page. */
  controlled: boolean;
  /** The browser offers service workers here. */
  workers: boolean;
  /** A service worker is installed and active, whether or not it answers for this page. */
  active: boolean;
  /** How often this tab has reloaded itself already. */
  reloads: number;
}

export type Step = 'go' | 'reload' | 'wait' | 'framed' | 'unsupported' | 'unguarded';

const MOST_RELOADS = 2;

/**
 * What to do next. On a host that sends the policy the page is isolated and goes on at once. Elsewhere it waits for its service worker
 * and reloads once, so that the page and every worker come through it. A reload with Shift bypasses the service worker and brings no
 * `controllerchange`, so an active one that does not control the page means: reload, but at most twice.
 */
export function nextStep(now: Standing): Step {
  if (now.framed) return 'framed';
  if (now.isolated) return 'go';
  if (!now.workers) return 'unsupported';
  if (now.reloads >= MOST_RELOADS) return 'unguarded';
  return now.active || now.controlled ? 'reload' : 'wait';
}
