/**
 * One writer per project over all tabs: a Web Lock decides, a BroadcastChannel asks its holder to let go. Runs in a worker as well as in a page.
 * A crashed tab's lock is free at once; a frozen one's is stolen after a wait.
 */
const ANSWER_MS = 1500;

export class ProjectLock {
  readonly #id: string;
  readonly #onLost: () => void;
  readonly #beforeRelease: () => Promise<void>;
  readonly #channel: BroadcastChannel;
  #free: (() => void) | null = null;

  /** `beforeRelease` saves what is pending when another tab asks; `onLost` is called once this tab may no longer write. */
  constructor(id: string, beforeRelease: () => Promise<void>, onLost: () => void) {
    this.#id = `project:${id}`;
    this.#beforeRelease = beforeRelease;
    this.#onLost = onLost;
    this.#channel = new BroadcastChannel(this.#id);
    this.#channel.onmessage = (e: MessageEvent<string>) => {
      if (e.data === 'let go' && this.held) void this.#beforeRelease().finally(() => this.#lose());
    };
  }

  get held(): boolean {
    return this.#free !== null;
  }

  /** Takes the lock if it is free; false if another tab holds it. */
  take(): Promise<boolean> {
    return this.#request({ ifAvailable: true });
  }

  /** Asks the holder to save and let go; steals the lock if it does not answer in time. */
  async takeOver(): Promise<void> {
    this.#channel.postMessage('let go');
    const until = performance.now() + ANSWER_MS;
    while (performance.now() < until) {
      if (await this.take()) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    await this.#request({ steal: true });
  }

  release(): void {
    this.#free?.();
    this.#free = null;
    this.#channel.close();
  }

  #lose(): void {
    this.#free?.();
    this.#free = null;
    this.#onLost();
  }

  #request(options: LockOptions): Promise<boolean> {
    return new Promise<boolean>((answer) => {
      navigator.locks
        .request(this.#id, options, (lock) => {
          if (!lock) return answer(false);
          return new Promise<void>((done) => {
            this.#free = done;
            answer(true);
          });
        })
        // The loser of a steal: its request rejects with AbortError.
        .catch(() => {
          if (this.#free) this.#lose();
          answer(false);
        });
    });
  }
}
