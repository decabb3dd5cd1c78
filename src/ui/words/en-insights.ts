import { count } from './plural.ts';

/** Strings of the Insights and Decisions places: the gallery, the parameters, retention. */
export const insightWords = {
  headline: (can: number, all: number) =>
    can === all ? `Your data answers ${count(all, 'question')}` : `Your data answers ${can} of ${count(all, 'question')}`,
  lead: (asOf: string) => `As of ${asOf}. Every number says what it rests on, and every part of a chart opens its people.`,
  needs: (what: string) => `Needs ${what}`,
  map: 'Map a column or add a file',
  noData: 'Questions need data',
  noDataText: 'Open files or a demo: then each question says its answer, or what it lacks.',
  openFiles: 'Open files',
  all: 'All questions',
  params: 'How it is counted',
  segment: 'Who',
  everyone: 'Everyone',
  none: 'none',
  auto: 'as the data has it',
  any: 'anything',
  same: 'the same event',
  export: 'Export',
  cohort: 'Cohort',
  people: 'People',
  period: (unit: string) => `${unit} after the first`,
  curveTitle: 'Share back, period by period',
  matrixTitle: (n: number, unit: string) => `${count(n, 'cohort')} by ${unit}: share back`,
  matrixSub: 'Rows: when they came in. Columns: periods later. Hatched: still running or withheld. A tile opens its proof.',
  cell: (rate: string, cohort: string, step: string, returned: string, eligible: string, interval: string) =>
    `${cohort}, ${step}: ${rate}, ${returned} of ${eligible}${interval}`,
  interval: (lo: string, hi: string) => `, 95\u202f% interval ${lo} to ${hi}`,
  withheld: 'withheld: too few people',
  partial: 'still running',
  makeSegment: (n: string) => `Make a segment of these ${n}`,
  made: (name: string) => `Made segment ${name}`,
  sentence: (returned: string, eligible: string, who: string, cohort: string, step: string) =>
    `${returned} of ${eligible} ${who} who came in ${cohort} were active again in ${step}.`,
  shareOf: (cohort: string, step: string) => `share of ${cohort} back in ${step}`,
  allCohorts: 'all cohorts',
  counted: { window: 'Window', rows: 'Rows used', left: 'Left out', formula: 'Formula' },
  asOf: (d: string) => `as of ${d}`,
  reads: 'Read with care',
  running: 'Counting …',
} as const;
