/**
 * A worker that ends tells nobody: `error` fires only for an uncaught throw. So each worker holds a Web Lock for as long as it lives, and whoever
 * asks for the same lock gets it the moment the worker is gone.
 */
const lockName = (id: string): string => `alive:${id}`;

/** Call once at the start of a worker, with the name it was given; resolves when the lock is held. */
export function holdAlive(id: string): Promise<void> {
  if (!('locks' in navigator)) return Promise.resolve();
  return new Promise((held) => {
    void navigator.locks.request(lockName(id), () => {
      held();
      return new Promise(() => undefined);
    });
  });
}

/** Resolves when the worker of this name has ended. Ask only after it answered once, or there is no lock yet. */
export async function whenDead(id: string): Promise<void> {
  if (!('locks' in navigator)) return new Promise(() => undefined);
  await navigator.locks.request(lockName(id), { mode: 'shared' }, () => undefined);
}
