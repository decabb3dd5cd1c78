import { count } from './plural.ts';

/** Strings of "coarse to fine": what a tag tells of a goal, and how it is made finer. */
export const refineWords = {
  goal: 'Useful for',
  noGoal: 'No goal chosen',
  title: 'Make it finer',
  choose: 'Choose a goal: then this shows which split of the tag tells most of it.',
  judging: 'Judging …',
  coarse: (gain: string, n: string) => `As it is, it tells ${gain} of the goal; n = ${n}.`,
  least: (n: string) => `A group holds at least ${n} users, else it is joined to others or refused.`,
  bits: (x: string) => `${x} bits`,
  variance: (x: string) => `${x} of the variance`,
  gain: 'Gain',
  chart: (n: number) => (n === 0 ? 'No way to make it finer gains enough' : `${count(n, 'way')} to make it finer, by what each gains`),
  chartSub: 'Gain over the tag as it is, with its 95\u202f% interval.',
  way: 'Way',
  makeTag: 'Make it a tag',
  made: (title: string) => `Made tag ${title}`,
  madeNote: 'The tag is made: it stands among your tags.',
  segment: 'Segment',
  tagTitle: (tag: string, way: string) => `${tag}: ${way.charAt(0).toLowerCase()}${way.slice(1)}`.slice(0, 80),
  tagWhy: (goal: string) => `Made finer for “${goal}”.`,
  rest: 'other',
  refused: (n: number) => `${count(n, 'way')} refused`,
  use: (x: string) => `useful ${x}`,
  unfit: 'not judged',
  explain:
    'Usefulness = 100 × strength × share known × stability × freshness; stability is 1 − PSI / 0.25 against the last snapshot, 1 without one. Strength: Cramér’s V, η for a number, Spearman’s ρ between numbers.',
} as const;
