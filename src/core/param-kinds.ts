import type { Param } from './analysis.ts';

/** Short ways to write the parameters of a question: `choice('clock', 'Clock', [['calendar', 'calendar'], …])`; the first option is the default. */
export const choice = (id: string, title: string, options: readonly (readonly [value: string, label: string])[], help?: string): Param => ({
  kind: 'choice',
  id,
  title,
  default: options[0]![0],
  options: options.map(([value, label]) => ({ value, label })),
  ...(help ? { help } : {}),
});
interface NumberMore {
  whole?: boolean;
  unit?: string;
  help?: string;
}
export const number = (id: string, title: string, initial: number, min: number, max: number, more: NumberMore = {}): Param => ({
  kind: 'number',
  id,
  title,
  default: initial,
  min,
  max,
  ...more,
});
/** A number that may be left open. */
export const open = (id: string, title: string, min: number, max: number, more: NumberMore = {}): Param => ({
  kind: 'number',
  id,
  title,
  default: null,
  min,
  max,
  optional: true,
  ...more,
});
