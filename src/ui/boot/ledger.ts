import { watchRequests, watchViolations, type SeenRequest, type SeenViolation } from './policy-check.ts';

/** One request of this tab. `from` is the page or the worker that made it; `own` is false for any host but the app's. */
export interface LedgerRequest extends SeenRequest {
  from: string;
  own: boolean;
}

export interface LedgerViolation extends SeenViolation {
  from: string;
}

/** What the lamp shows. `foreign` counts requests to other hosts that the policy did not refuse: it should never be but 0. */
export interface LedgerSums {
  own: number;
  ownBytes: number;
  foreign: number;
  blocked: number;
}

const siteOf = (url: string): string => {
  try {
    return new URL(url).origin;
  } catch {
    return url;
  }
};

/** Counts every request of this tab since it was loaded. A plain store: `subscribe` fits Svelte's contract and any other. */
export class Ledger {
  readonly origin: string;
  #requests: LedgerRequest[] = [];
  #violations: LedgerViolation[] = [];
  #listeners = new Set<(ledger: Ledger) => void>();

  constructor(origin: string) {
    this.origin = origin;
  }

  get requests(): readonly LedgerRequest[] {
    return this.#requests;
  }

  get violations(): readonly LedgerViolation[] {
    return this.#violations;
  }

  get sums(): LedgerSums {
    const refused = new Set(this.#violations.map(({ blocked }) => siteOf(blocked)));
    const own = this.#requests.filter((request) => request.own);
    return {
      own: own.length,
      ownBytes: own.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      // A refused request may stand in the browser's timeline too; it never left.
      foreign: this.#requests.filter((request) => !request.own && !refused.has(siteOf(request.url))).length,
      blocked: this.#violations.length,
    };
  }

  /** Notes requests that the page or a worker made. */
  requested(from: string, requests: readonly SeenRequest[]): void {
    const own = (url: string): boolean => siteOf(url) === this.origin;
    this.#requests = [...this.#requests, ...requests.map((request) => ({ ...request, from, own: own(request.url) }))];
    this.#tell();
  }

  /** Notes something that the policy refused. */
  violated(from: string, violation: SeenViolation): void {
    this.#violations = [...this.#violations, { ...violation, from }];
    this.#tell();
  }

  /** Calls `listener` now and after each change, until the answered function is called. */
  subscribe(listener: (ledger: Ledger) => void): () => void {
    this.#listeners.add(listener);
    listener(this);
    return () => void this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this);
  }
}

/** The ledger of this tab. Workers join it when they are tested (`testWorker`). */
export const ledger = new Ledger(globalThis.location?.origin ?? '');

let started = false;

/** Begins to watch the page; called first by `boot`. What was requested before is read from the browser's timeline. */
export function startLedger(page: string): void {
  if (started) return;
  started = true;
  const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (document) ledger.requested(page, [{ url: document.name, at: performance.timeOrigin, bytes: document.encodedBodySize || null }]);
  watchRequests((requests) => ledger.requested(page, requests));
  watchViolations((violation) => ledger.violated(page, violation));
}
