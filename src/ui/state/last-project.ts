const KEY = 'tessera.project';

/** The project last open in this tab, else on this device; null where there was none. */
export function lastProject(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberProject(id: string): void {
  try {
    sessionStorage.setItem(KEY, id);
    localStorage.setItem(KEY, id);
  } catch {
    // Then a reload shows the first screen, which lists it.
  }
}

/** Nothing that tells of a project stays behind. */
export function forgetProject(): void {
  try {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
  } catch {
    // Nothing could be kept there either.
  }
}
