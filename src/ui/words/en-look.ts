import { count } from './plural.ts';

/** Strings of the exhaustive look. */
export const lookWords = {
  title: 'Look everywhere',
  lead: 'Every value, every pair and the promising triples of tag values, for the groups where something is truly commoner or rarer: also than in each larger group they are part of.',
  goal: 'What is looked for',
  least: 'Smallest group',
  run: 'Look',
  runs: 'Looking at all pairs and triples',
  noGoal: 'Choose what to look for',
  segments: 'Segments',
  tops: 'High values',
  values: 'Values of tags',
  here: (name: string) => `in ${name}`,
  top: (title: string, percent: number) => `${title}: top ${percent}\u202f%`,
  none: 'No group stands out from what it is part of',
  tested: (one: string, two: string, three: string, possible: string) => `${one} values, ${two} pairs and ${three} of ${possible} triples tested`,
  found: (n: number) => `${count(n, 'group')} at a false discovery rate of 5\u202f%, surest first`,
  find: (who: string, rate: string, base: string, goal: string) => `${who}: ${rate} against ${base} of all, ${goal}`,
  head: { group: 'Group', n: 'Members', rate: 'Rate', nearest: 'Next larger group', tgi: 'TGI', interval: '95\u202f% interval' },
  commoner: 'Commoner here',
  rarer: 'Rarer here',
  make: 'Segment',
  all: (n: number) => `Show all ${n}`,
} as const;
