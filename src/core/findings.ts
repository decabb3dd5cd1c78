import type { ProfileFigure } from './profile.ts';
import type { Rule, Segment } from './rule.ts';
import type { Entity, TagType } from './tag.ts';

/** A share of one group with its 95 % interval (Wilson 1927). */
export interface GroupShare {
  a: number;
  n: number;
  share: number;
  lo: number;
  hi: number;
}
/** One value of a tag in two to four segments. A share is null where fewer than the smallest group have it, there or in a segment beside it. */
export interface Difference {
  tag: string;
  title: string;
  dimension: string;
  type: TagType;
  value: string;
  shares: (GroupShare | null)[];
  /** The two segments told apart: the extremes where their difference is clear, else the clearest two. `more` has the larger share. */
  more: number;
  less: number;
  /** Difference of their shares with its 95 % interval (Newcombe 1998). */
  diff: number;
  lo: number;
  hi: number;
  q: number | null;
  clear: boolean;
  /** Most and least of all segments, not just of these two. */
  extremes: boolean;
  term: number;
}
/** Two to four segments side by side. */
export interface Comparison {
  segments: { name: string; n: number; figures: ProfileFigure[] }[];
  /** Members of both, per pair. */
  both: number[][];
  differences: Difference[];
  finding: string;
  tested: number;
  clear: number;
  /** A segment with too few members to show. */
  tooFew: boolean;
  ms: number;
}

export interface MirrorRequest {
  entity: Entity;
  segment: Segment;
  runs: number;
  seed: number;
}
/** What is looked for: members that a rule picks, among those of whom it is known (`known`; null: all). */
export interface LookRequest {
  entity: Entity;
  goal: { name: string; rule: Rule; known: Rule | null };
  /** Smallest group; never under the project's. */
  least: number;
}
/** How many tags the profile of random groups of one size flags: what chance alone shows. */
export interface Mirror {
  size: number;
  universe: number;
  runs: number;
  seed: number;
  /** Tags in the mirror: those of the profile, without sets. */
  tags: number;
  /** Tags flagged in each run. */
  flagged: number[];
  /** Share of all tags of all runs that were flagged. */
  rate: number;
  /** Tags of the real segment flagged among the same ones. */
  here: number;
  ms: number;
}

/** One to three tag values that together pick a group in which the goal is rarer or commoner than in every larger group they are part of. */
export interface Niche {
  items: { tag: string; title: string; value: string }[];
  n: number;
  /** Members with the goal. */
  a: number;
  rate: number;
  /** 100 · rate / rate of everyone, with its 95 % interval. */
  tgi: number;
  lo: number;
  hi: number;
  q: number;
  /** Rate of the goal in the nearest larger group: the same values less one. */
  nearest: number;
}
export interface Look {
  goal: string;
  universe: number;
  goalMembers: number;
  least: number;
  tags: number;
  values: number;
  /** Groups tested, by number of values; of triples also how many there could be. */
  tested: [number, number, number];
  triplesPossible: number;
  found: number;
  /** Where the goal is commoner than in everyone, and where it is rarer; the surest first. */
  commoner: Niche[];
  rarer: Niche[];
  ms: number;
}
