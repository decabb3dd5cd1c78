import type { Cut, Deciles, Entity, TagType } from './tag.ts';

/** What one tag came to. Counts only: a value and how many have it. */
export interface TagMoment {
  id: string;
  entity: Entity;
  type: TagType;
  version: string;
  /** What the tag meant: of another meaning nothing can be said of how it shifted. */
  digest: string;
  universe: number;
  known: number;
  /** Values as the catalogue lists them (bands of a number), commonest first where there are many. */
  values: [value: string, n: number][];
  /** Members with a value that is not listed; null for sets, whose members have several. */
  rest: number | null;
  /** Of a number: its bands, its deciles, least and greatest. */
  bands?: Cut;
  deciles?: Deciles & { min: number; max: number };
  /** Of a number that its members have as such, not as a name. */
  middle?: Middle;
}
/** Median and mean of a number over the members that have it: figures, no rows. */
export type Middle = [median: number, mean: number];
/**
 * What one saved segment came to, counts only: per tag how many were known, then how many had each value in the order in which the same moment lists them
 * for everyone; of numbers that enough of them have also median and mean (moments of before have none). `digest` names what the segment meant.
 */
export type SegmentMoment =
  { digest: string; n: number; tags: Record<string, number[]>; middles?: Record<string, Middle> } | { digest: string; tooFew: true };
/** The figures of all tags at one time, kept in the project document before files or mapping change, or when asked for: the "last snapshot" of the definitions. */
export interface Moment {
  /** ISO instant, for people and for the order of moments: never an input of a computation. */
  at: string;
  asOf: string;
  files: string[];
  universe: Record<Entity, number>;
  tags: TagMoment[];
  /** Of the saved segments that were counted by then, by id; moments of before have none. */
  segments?: Record<string, SegmentMoment>;
}

/** One bin of a tag then and now, in members. */
export interface ShiftBin {
  value: string;
  /** `unknown` and the pooled rest are no values of the tag. */
  kind: 'value' | 'rest' | 'unknown';
  before: number;
  now: number;
}
export type ShiftLevel = 'stable' | 'shifting' | 'shifted';
/** How far a tag has shifted since a moment (definitions-tags, section 5). */
export interface TagShift {
  id: string;
  entity: Entity;
  /** Members then and now. */
  n: number;
  m: number;
  /** Why nothing can be said: it was not there, or meant something else; null where something can. */
  refused: 'new' | 'changed' | null;
  /** The version then. */
  version: string | null;
  psi: number;
  /** What chance alone gives: (B − 1)(1/n + 1/m). */
  noise: number;
  level: ShiftLevel | null;
  bins: ShiftBin[];
}
