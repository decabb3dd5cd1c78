import { tinykeys } from 'tinykeys';
import type { Action } from '../actions.ts';
import { view } from '../state/view.svelte.ts';

const typing = (e: KeyboardEvent): boolean => {
  const el = e.target;
  return el instanceof HTMLElement && (el.isContentEditable || el.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'));
};
/** A dialog, menu or open list keeps its keys to itself. */
const busy = (): boolean =>
  document.querySelector('[role=dialog][data-state=open], [role=menu], [role=listbox][data-state=open], [data-floating]') !== null;

/** Binds the keys of all actions to the window; returns what takes them off. Undo in a text field stays the field's own. */
export function bindKeys(actions: Action[]): () => void {
  const bind = (a: Action): [string, (e: KeyboardEvent) => void] => {
    const single = !a.keys!.includes('$mod');
    return [
      a.keys!,
      (e) => {
        if (single && (!view.keys || typing(e) || busy() || e.ctrlKey || e.metaKey || e.altKey)) return;
        if (!single && typing(e) && a.id !== 'palette') return;
        e.preventDefault();
        if (!a.possible || a.possible()) a.run();
      },
    ];
  };
  return tinykeys(window, Object.fromEntries(actions.filter((a) => a.keys).map(bind)), { ignore: () => false });
}
