/** Registers the service worker. `updateViaCache: none` so that a new version is always seen. */
export const register = (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' });

/** Resolves when the service worker answers for this page, rejects when it cannot be installed. */
export function controlledBy(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((done, failed) => {
    if (navigator.serviceWorker.controller) return done();
    navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true });
    const coming = registration.installing ?? registration.waiting;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'redundant') failed(new Error('The service worker was not installed.'));
    });
  });
}

/** Calls `listener` when a new version has been fetched and waits for the user's word. */
export async function onUpdate(listener: () => void): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration) return;
  const look = (): void => {
    if (registration.waiting && navigator.serviceWorker.controller) listener();
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  look();
}

/** Takes the new version that waits, then reloads the page. Does nothing where none waits. */
export async function takeUpdate(): Promise<void> {
  const waiting = (await navigator.serviceWorker?.getRegistration())?.waiting;
  if (!waiting) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('SKIP_WAITING');
}
