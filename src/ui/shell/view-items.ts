import type { MenuItem } from '../parts/menu-item.ts';
import { view, type Density, type Theme } from '../state/view.svelte.ts';
import { shell } from '../state/shell.svelte.ts';
import { words } from '../words/words.ts';

/** Theme, density and keys as lines of a menu. */
export function viewItems(): MenuItem[] {
  const w = words.view;
  return [
    { heading: w.theme },
    ...(['system', 'light', 'dark'] as Theme[]).map((theme): MenuItem => ({
      label: w[theme],
      checked: view.theme === theme,
      run: () => view.set({ theme }),
    })),
    { heading: w.density },
    ...(['default', 'dense', 'roomy'] as Density[]).map((density): MenuItem => ({
      label: w[density],
      checked: view.density === density,
      run: () => view.set({ density }),
    })),
    { line: true },
    { label: words.keys.title, keys: '?', run: () => (shell.keys = true) },
  ];
}
