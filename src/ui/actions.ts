import type { IconType } from './parts/icon.ts';
import CalendarDays from '@lucide/svelte/icons/calendar';
import FolderOpen from '@lucide/svelte/icons/folder-open';
import Keyboard from '@lucide/svelte/icons/keyboard';
import Moon from '@lucide/svelte/icons/moon';
import Pencil from '@lucide/svelte/icons/pencil';
import Plus from '@lucide/svelte/icons/plus';
import Redo from '@lucide/svelte/icons/redo-2';
import Rows from '@lucide/svelte/icons/rows-3';
import Scale from '@lucide/svelte/icons/scale';
import Shield from '@lucide/svelte/icons/shield-check';
import Save from '@lucide/svelte/icons/save';
import Sun from '@lucide/svelte/icons/sun';
import Trash from '@lucide/svelte/icons/trash-2';
import Undo from '@lucide/svelte/icons/undo-2';
import { chooseFiles } from './first/choose.ts';
import { PLACE_ICONS } from './places.ts';
import { toastNote } from './parts/toast.ts';
import type { AppState } from './state/app.svelte.ts';
import { go, route } from './state/route.svelte.ts';
import { PLACES } from './state/route.ts';
import { shell } from './state/shell.svelte.ts';
import { saveProject } from './shell/save-project.ts';
import { view } from './state/view.svelte.ts';
import { words } from './words/words.ts';

/** One thing the app can do: the palette, menus and keys read the same record. */
export interface Action {
  id: string;
  label: string;
  keywords: string;
  group: 'go' | 'look' | 'change';
  icon: IconType;
  /** As tinykeys writes it, and as people read it. A single key (no modifier) rests while one types and can be turned off. */
  keys?: string;
  shown?: string;
  run: () => void;
  /** False: not possible now, so not offered. */
  possible?: () => boolean;
  /** Keys only: not in the palette. */
  quiet?: boolean;
}

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const MOD = mac ? '⌘' : 'Ctrl';
const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();
/** The chart that has the focus, else the first on the page. */
const frame = (): Element | null => document.activeElement?.closest('[data-chart-frame]') ?? document.querySelector('main [data-chart-frame]');

/** The next or previous object of the place in view: a tag or a segment. */
function neighbour(app: AppState, step: 1 | -1): void {
  const at = route().value;
  const ids =
    at.place === 'segments'
      ? (app.doc?.segments.map((s) => s.id) ?? [])
      : at.place === 'tags'
        ? (app.catalogue?.tags.map((t) => `${t.entity}:${t.id}`) ?? [])
        : [];
  if (!ids.length) return;
  const i = at.object ? ids.indexOf(at.object) : -1;
  go({ place: at.place, object: ids[(i + step + ids.length) % ids.length]!, tab: at.tab });
}

export function actionsOf(app: AppState): Action[] {
  const open = (): boolean => !!app.doc;
  const w = words.actions;
  const back = (label: string | null): void => {
    if (label) void toastNote(label);
  };
  return [
    {
      id: 'palette',
      label: w.palette,
      keywords: '',
      group: 'go',
      icon: Keyboard,
      keys: '$mod+KeyK',
      shown: `${MOD} K`,
      run: () => (shell.palette = true),
      quiet: true,
    },
    ...PLACES.map((place, i): Action => ({
      id: `go-${place}`,
      label: w.go(words.places[place]),
      keywords: 'place open',
      group: 'go',
      icon: PLACE_ICONS[place],
      keys: String(i + 1),
      shown: String(i + 1),
      run: () => go({ place }),
    })),
    { id: 'start', label: w.start, keywords: 'home first demo examples projects', group: 'go', icon: FolderOpen, run: () => go({ place: 'start' }) },
    {
      id: 'privacy',
      label: w.privacy,
      keywords: 'proof requests network sent storage offline',
      group: 'go',
      icon: Shield,
      run: () => go({ place: 'privacy' }),
    },
    { id: 'previous', label: w.previous, keywords: '', group: 'go', icon: Undo, keys: '[', shown: '[', run: () => neighbour(app, -1), quiet: true },
    { id: 'next', label: w.next, keywords: '', group: 'go', icon: Redo, keys: ']', shown: ']', run: () => neighbour(app, 1), quiet: true },
    {
      id: 'find',
      label: w.find,
      keywords: '',
      group: 'look',
      icon: Keyboard,
      keys: '/',
      shown: '/',
      run: () => document.querySelector<HTMLElement>('main [data-find] input, main input[type=search], main input[data-find]')?.focus(),
      quiet: true,
    },
    {
      id: 'explain',
      label: w.explain,
      keywords: '',
      group: 'look',
      icon: Keyboard,
      keys: 'e',
      shown: 'E',
      run: () => {
        const el = document.activeElement;
        if (el instanceof SVGElement && el.getAttribute('role') === 'button') el.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        else ((el?.closest('[data-explain]') as HTMLElement | null) ?? frame()?.querySelector<HTMLElement>('[data-explain]'))?.click();
      },
      quiet: true,
    },
    {
      id: 'twin',
      label: w.twin,
      keywords: '',
      group: 'look',
      icon: Keyboard,
      keys: 't',
      shown: 'T',
      run: () => frame()?.querySelector<HTMLElement>('[data-twin]')?.click(),
      quiet: true,
    },
    {
      id: 'keys',
      label: w.keys,
      keywords: 'shortcuts keyboard help',
      group: 'look',
      icon: Keyboard,
      keys: 'Shift+?',
      shown: '?',
      run: () => (shell.keys = true),
    },
    {
      id: 'open',
      label: w.openFiles,
      keywords: 'add drop csv parquet upload load import',
      group: 'change',
      icon: FolderOpen,
      run: () =>
        void chooseFiles().then((f) => {
          if (f.length) {
            go({ place: 'data' });
            void app.drop(f);
          }
        }),
    },
    {
      id: 'segment',
      label: w.newSegment,
      keywords: 'rule make group',
      group: 'change',
      icon: Plus,
      run: () => go({ place: 'segments', params: { new: '1' } }),
      possible: open,
    },
    {
      id: 'as-of',
      label: w.asOf,
      keywords: 'date time today now',
      group: 'change',
      icon: CalendarDays,
      keys: 'a',
      shown: 'A',
      run: () => press('[data-basis="as-of"]'),
      possible: open,
    },
    {
      id: 'baseline',
      label: w.baseline,
      keywords: 'compare everyone',
      group: 'change',
      icon: Scale,
      keys: 'b',
      shown: 'B',
      run: () => press('[data-basis="compared"]'),
      possible: open,
    },
    {
      id: 'undo',
      label: w.undo,
      keywords: 'back',
      group: 'change',
      icon: Undo,
      keys: '$mod+KeyZ',
      shown: `${MOD} Z`,
      run: () => back(words.top.undid(app.undo())),
      possible: () => app.history.undo.length > 0,
    },
    {
      id: 'redo',
      label: w.redo,
      keywords: 'again',
      group: 'change',
      icon: Redo,
      keys: '$mod+Shift+KeyZ',
      shown: `${MOD} Shift Z`,
      run: () => back(words.top.redid(app.redo())),
      possible: () => app.history.redo.length > 0,
    },
    {
      id: 'save-project',
      label: w.saveProject,
      keywords: 'json export file command line share download',
      group: 'change',
      icon: Save,
      run: () => saveProject(app.doc!),
      possible: open,
    },
    { id: 'rename', label: w.rename, keywords: 'project name', group: 'change', icon: Pencil, run: () => (shell.dialog = 'rename'), possible: open },
    {
      id: 'light',
      label: w.light,
      keywords: 'theme bright',
      group: 'look',
      icon: Sun,
      run: () => view.set({ theme: 'light' }),
      possible: () => view.theme !== 'light',
    },
    {
      id: 'dark',
      label: w.dark,
      keywords: 'theme night',
      group: 'look',
      icon: Moon,
      run: () => view.set({ theme: 'dark' }),
      possible: () => view.theme !== 'dark',
    },
    {
      id: 'system',
      label: w.system,
      keywords: 'theme light dark',
      group: 'look',
      icon: Sun,
      run: () => view.set({ theme: 'system' }),
      possible: () => view.theme !== 'system',
    },
    {
      id: 'dense',
      label: w.dense,
      keywords: 'density compact',
      group: 'look',
      icon: Rows,
      run: () => view.set({ density: 'dense' }),
      possible: () => view.density !== 'dense',
    },
    {
      id: 'normal',
      label: w.normal,
      keywords: 'density',
      group: 'look',
      icon: Rows,
      run: () => view.set({ density: 'default' }),
      possible: () => view.density !== 'default',
    },
    {
      id: 'roomy',
      label: w.roomy,
      keywords: 'density large projector',
      group: 'look',
      icon: Rows,
      run: () => view.set({ density: 'roomy' }),
      possible: () => view.density !== 'roomy',
    },
    {
      id: 'forget',
      label: w.forget,
      keywords: 'delete clear storage remove',
      group: 'change',
      icon: Trash,
      run: () => (shell.dialog = 'forget-all'),
    },
  ];
}
