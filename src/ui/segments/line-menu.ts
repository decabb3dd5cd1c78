import type { MenuItem } from '../parts/menu-item.ts';
import { ruleWords as w } from '../words/en-rule.ts';

/** Where a line or group may be moved by one step; null: nowhere. */
export interface Moves {
  up: (() => void) | null;
  down: (() => void) | null;
  /** Out of its group, behind it. */
  out: (() => void) | null;
  /** Into the group before it. */
  into: (() => void) | null;
}
export interface LineActs {
  moves: Moves;
  onnot: () => void;
  onduplicate: () => void;
  /** Adds a line below and goes to it. */
  onbelow: () => void;
  /** Puts a line into a group of its own, or the lines of a group into the group around it. */
  ongroup: { label: string; run: () => void } | null;
}

export const menuOf = ({ moves, onnot, onduplicate, onbelow, ongroup }: LineActs): MenuItem[] => [
  { label: w.toggleNot, run: onnot },
  { label: w.lineBelow, run: onbelow, keys: 'Alt ↵' },
  { label: w.duplicateLine, run: onduplicate },
  ...(ongroup ? [ongroup] : []),
  ...(moves.out ? [{ label: w.outOfGroup, run: moves.out, keys: 'Alt ←' }] : []),
  ...(moves.into ? [{ label: w.intoBefore, run: moves.into, keys: 'Alt →' }] : []),
  { label: w.moveUp, run: () => moves.up?.(), keys: 'Alt ↑', reason: moves.up ? null : w.isFirst },
  { label: w.moveDown, run: () => moves.down?.(), keys: 'Alt ↓', reason: moves.down ? null : w.isLast },
];

/** Alt with an arrow moves what has the focus, Alt with Enter adds a line below. Listens before the fields do, as a menu opens by an arrow itself. */
export const lineKeys =
  (acts: () => LineActs) =>
  (e: KeyboardEvent): void => {
    if (!e.altKey || e.ctrlKey || e.metaKey) return;
    const { moves, onbelow } = acts();
    const keys: Record<string, (() => void) | null> = {
      ArrowUp: moves.up,
      ArrowDown: moves.down,
      ArrowLeft: moves.out,
      ArrowRight: moves.into,
      Enter: onbelow,
    };
    if (!(e.key in keys)) return;
    e.preventDefault();
    e.stopPropagation();
    keys[e.key]?.();
  };
