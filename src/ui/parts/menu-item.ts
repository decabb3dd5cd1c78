import type { IconType } from './icon.ts';

/** A line of a menu: an act, a choice among several (`checked`), or a heading. */
export type MenuItem =
  | { label: string; run: () => void; icon?: IconType; keys?: string; danger?: boolean; checked?: boolean; reason?: string | null; note?: string }
  | { heading: string }
  | { line: true };
