import type { OwnDef } from './own-tag.ts';

/** What every number depends on besides the data. Part of the project document, changed in the basis bar. JSON. */
export interface Settings {
  /** Wall clock 'YYYY-MM-DD HH:MM:SS' in the project's zone; null: first midnight after the last dated event. */
  asOf: string | null;
  zone: string;
  /** Smallest group shown. */
  k: number;
  currency: string;
  money: 'gross';
  scope: 'identified' | 'all';
  lifecycle: { new: number; active: number; atRisk: number; dormant: number };
  rfmCut: 'mean' | 'median';
  ageBands: number[];
  /** Own tags in force, put here from the project document for a run (`withOwn`); absent where there are none. */
  own?: OwnDef[];
}
export const DEFAULT_SETTINGS: Settings = {
  asOf: null,
  zone: 'UTC',
  k: 5,
  currency: '',
  money: 'gross',
  scope: 'identified',
  lifecycle: { new: 30, active: 30, atRisk: 90, dormant: 180 },
  rfmCut: 'mean',
  ageBands: [18, 25, 35, 45, 55, 65],
};
/** Settings with asOf decided: what computations take. */
export type Basis = Omit<Settings, 'asOf'> & { asOf: string };

/** The same object first: a basis may hold long id lists, and is compared at every edit. */
export const sameBasis = (a: Basis | null, b: Basis | null): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
