import type { Rule } from './rule.ts';

/** What a tag is judged by: a second purchase among buyers, or a tag of users (classes, or a number). */
export type Goal = { kind: 'repeat' } | { kind: 'tag'; tag: string };
export interface GoalInfo {
  goal: Goal;
  title: string;
  /** 'classes': gain in bits; 'number': share of variance. */
  of: 'classes' | 'number';
}

/** How much one tag tells of a goal (definitions-tags, section 5). */
export interface TagUse {
  id: string;
  title: string;
  /** Why it is not judged: it would leak, or is unknown; null where it is. */
  refused: string | null;
  n: number;
  /** Bits, or η². */
  gain: number;
  lo: number;
  hi: number;
  /** Uncertainty coefficient; null for a number. */
  u: number | null;
  /** G or F, and its p. */
  statistic: number;
  p: number;
  iv: number | null;
  strength: number;
  measure: 'V' | 'η' | 'ρ';
  /** 0 to 100: strength × coverage × stability × freshness. */
  usefulness: number;
}

export interface RefinedGroup {
  label: string;
  n: number;
  /** Share of the goal's class that is told (two classes), else null; mean of a number. */
  rate: number | null;
  rule: Rule;
}
/** One way to make a tag finer. */
export interface Refinement {
  id: string;
  kind: 'cuts' | 'split' | 'cross' | 'finer';
  title: string;
  /** The other tag of a cross, or the finer one. */
  other: string | null;
  /** Cut points of a number, so that bands can be made of them. */
  edges: number[] | null;
  /** What is gained over the tag as it is, with its 95 % interval; bits or η². */
  gain: number;
  lo: number;
  hi: number;
  p: number;
  q: number | null;
  accepted: boolean;
  /** Why it is refused; '' where it is accepted. */
  why: string;
  groups: RefinedGroup[];
}
export interface RefineAnswer {
  goal: GoalInfo;
  /** What the tag as it is tells: bits or η². */
  coarse: number;
  n: number;
  least: number;
  refused: string | null;
  refinements: Refinement[];
  sql: string[];
  ms: number;
}
