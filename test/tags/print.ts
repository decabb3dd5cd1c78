import type { Value } from '../../src/core/frame.ts';

/** A value as the definitions print it: numbers to four places. */
export const print = (v: Value): string =>
  typeof v === 'number' ? String(Number(v.toFixed(4))) : Array.isArray(v) ? v.map(print).join(',') : String(v);
/** "u1=a b u2=c" as pairs: a value may hold blanks. */
export const pairs = (text: string): [string, string][] => text.split(/ (?=[up]\d+=)/).map((p) => p.split(/=(.*)/s).slice(0, 2) as [string, string]);
