import type { Parameter } from '../../tags/parameters.ts';

/** Strings of the settings that decide what a tag of the catalogue means. */
export const parameterWords = {
  title: 'Parameters',
  note: 'Of this project. A change makes the tags again; what was made with them is marked as changed.',
  names: { lifecycle: 'the stages of the lifecycle', rfmCut: 'the cut of the RFM value', ageBands: 'the age bands' } satisfies Record<
    Parameter,
    string
  >,
  changed: (what: string) => `Changed ${what}`,
  stages: { new: 'New: first in the last', active: 'Active: in the last', atRisk: 'At risk: up to', dormant: 'Dormant: up to' },
  days: 'days',
  lost: (d: number) => `Later than ${d} days: lost.`,
  order: 'Active must be under at risk, and at risk under dormant.',
  whole: 'Whole days, at least 1.',
  propose: (a: number, b: number, c: number) => `Take ${a}, ${b} and ${c}`,
  proposeNote: 'Three quarters, nine tenths and nineteen twentieths of all gaps in this data are no longer than that.',
  cut: 'High means at least',
  cuts: { mean: 'the buyers’ mean', median: 'their median' },
  bands: 'First age of each band',
  bandsError: 'Whole years in ascending order, such as 18, 25, 35.',
  apply: 'Apply',
  reset: 'Back to the usual',
  usual: (text: string) => `usually ${text}`,
} as const;
