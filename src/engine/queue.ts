import { cancelled } from './engine-error.ts';

/** One job after the other on one connection. A job that is cancelled while it waits never starts; a running one sees to its own signal. */
export class Queue {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(cancelled());
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => reject(cancelled());
      signal?.addEventListener('abort', stop, { once: true });
      const turn = this.#tail.then(async () => {
        signal?.removeEventListener('abort', stop);
        if (signal?.aborted) throw cancelled();
        return job();
      });
      this.#tail = turn.catch(() => undefined);
      turn.then(resolve, reject);
    });
  }
}
