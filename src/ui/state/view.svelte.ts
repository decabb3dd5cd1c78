export type Theme = 'system' | 'light' | 'dark';
export type Density = 'default' | 'dense' | 'roomy';
const KEY = 'tessera.view';

/** Theme, density and single keys: kept per device, as a screen and its user stay the same over projects. */
class View {
  theme = $state<Theme>('system');
  density = $state<Density>('default');
  keys = $state(true);

  constructor() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<{ theme: Theme; density: Density; keys: boolean }>;
      if (kept.theme === 'light' || kept.theme === 'dark') this.theme = kept.theme;
      if (kept.density === 'dense' || kept.density === 'roomy') this.density = kept.density;
      if (kept.keys === false) this.keys = false;
    } catch {
      // A device that keeps nothing shows the defaults.
    }
    this.#show();
  }

  set(change: Partial<{ theme: Theme; density: Density; keys: boolean }>): void {
    if (change.theme) this.theme = change.theme;
    if (change.density) this.density = change.density;
    if (change.keys !== undefined) this.keys = change.keys;
    try {
      localStorage.setItem(KEY, JSON.stringify({ theme: this.theme, density: this.density, keys: this.keys }));
    } catch {
      // Said above: then it holds for this tab only.
    }
    this.#show();
  }

  #show(): void {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
    if (this.density === 'default') delete root.dataset['density'];
    else root.dataset['density'] = this.density;
  }
}
export const view = new View();
