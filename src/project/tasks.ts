import { TesseraError } from '../core/errors.ts';

/** Running calls by name, so that any of them can be stopped from across a worker boundary, where AbortSignals cannot go. */
export class Tasks {
  readonly #running = new Map<string, AbortController>();
  #held: Promise<unknown> = Promise.resolve();

  /** Calls that come from now on wait until this has settled, however it ends. */
  hold(until: Promise<unknown>): void {
    const before = this.#held;
    this.#held = Promise.allSettled([before, until]);
  }

  /** Runs work under a name; a second call with the same name cancels the first (the newest question is the one that counts). */
  async run<T>(task: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.cancel(task);
    const controller = new AbortController();
    this.#running.set(task, controller);
    try {
      await this.#held;
      if (controller.signal.aborted) throw new TesseraError('CANCELLED', 'Stopped.');
      const answer = await work(controller.signal);
      if (controller.signal.aborted) throw new TesseraError('CANCELLED', 'Stopped.');
      return answer;
    } finally {
      if (this.#running.get(task) === controller) this.#running.delete(task);
    }
  }

  cancel(task: string): void {
    this.#running.get(task)?.abort(new TesseraError('CANCELLED', 'Stopped.'));
    this.#running.delete(task);
  }
}
