/** One file of the app, as `files.json` lists it. `later` files (engine, demo data) are kept only once they were used or asked for. */
export interface AppFile {
  name: string;
  bytes: number;
  later: boolean;
}

/** The files of this version of the app, from its own list. Empty where the app was not built (development). */
export async function appFiles(): Promise<AppFile[]> {
  const response = await fetch('./files.json').catch(() => null);
  return response?.ok ? ((await response.json()) as AppFile[]) : [];
}

/**
 * Keeps the engine, and with `demos` the demo data, so that the app works unplugged. Resolves true only when all of it is kept; false
 * where no service worker answers for this page yet (it does from the next opening on). Called after the first screen, never before it.
 */
export async function keepForOffline(demos = false): Promise<boolean> {
  if (!navigator.serviceWorker?.controller) return false;
  const wanted = (await appFiles()).filter((file) => file.later && (demos || !file.name.startsWith('demo/')));
  const kept = await Promise.all(
    wanted.map(({ name }) =>
      fetch(`./${name}`).then(
        async (response) => response.ok && (await response.arrayBuffer()).byteLength > 0,
        () => false,
      ),
    ),
  );
  return kept.every(Boolean);
}
