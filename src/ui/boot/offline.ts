/** One file of the app, as `files.json` lists it. `later` files (engine, demo data) are kept after the first screen, or when used before that. */
export interface AppFile {
  name: string;
  bytes: number;
  /** As the service worker holds it to: `sha256-<base64>`. */
  hash: string;
  later: boolean;
}

/** `unknown` until looked at; `no` where nothing is kept (no service worker here); `keeping` while the engine is being stored. */
export type OfflineState = 'unknown' | 'no' | 'keeping' | 'ready';

/** The files of this version of the app, from its own list. Empty where the app was not built (development). */
export async function appFiles(): Promise<AppFile[]> {
  const response = await fetch('./files.json').catch(() => null);
  return response?.ok ? ((await response.json()) as AppFile[]) : [];
}

/** True if the service worker keeps this very version of the file. */
const isKept = async ({ hash }: AppFile): Promise<boolean> =>
  (await caches.match(new URL(`./.by-hash/${encodeURIComponent(hash)}`, document.baseURI).href)) !== undefined;

/** Resolves once a service worker answers for this page; never where none comes. */
function controlled(): Promise<void> {
  return new Promise((done) => {
    if (navigator.serviceWorker.controller) return done();
    navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true });
  });
}

let state: OfflineState = 'unknown';
const listeners = new Set<(state: OfflineState) => void>();

function become(next: OfflineState): void {
  state = next;
  for (const listener of listeners) listener(state);
}

/** Whether the app would work unplugged from now on. `subscribe` calls at once and after each change. */
export const offline = {
  subscribe(listener: (state: OfflineState) => void): () => void {
    listeners.add(listener);
    listener(state);
    return () => void listeners.delete(listener);
  },
};

/**
 * Keeps the engine and the examples, so that the app works unplugged, and says so only when every file is really kept. Call it once, when the first screen
 * and the engine are there: the files are large, and most come from the browser's own cache by then. Before each file it waits for `rest`, so that
 * what the user asked for comes first.
 */
export async function keepForOffline(rest: () => Promise<void>): Promise<void> {
  if (!navigator.serviceWorker || import.meta.env.DEV) return become('no');
  become('keeping');
  await controlled();
  const wanted = await appFiles();
  for (const file of wanted) {
    if (await isKept(file)) continue;
    await rest();
    const response = await fetch(`./${file.name}`).catch(() => null); // the service worker keeps it on the way
    await response?.body?.cancel();
  }
  const kept = await Promise.all(wanted.map(isKept));
  become(wanted.length > 0 && kept.every(Boolean) ? 'ready' : 'no');
}
