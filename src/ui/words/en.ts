import { basisWords } from './en-basis.ts';
import { chartWords } from './en-charts.ts';
import { firstWords } from './en-first.ts';
import { partWords } from './en-parts.ts';
import { shellWords } from './en-shell.ts';

/** Every string of the shell, the parts and the charts. A place keeps its own in `words/en-<place>.ts`, loaded with the place. */
export const en = {
  ...shellWords,
  ...basisWords,
  ...partWords,
  ...chartWords,
  ...firstWords,
} as const;
