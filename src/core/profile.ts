import type { Moment } from './moment.ts';
import type { Rule, Segment } from './rule.ts';
import type { Entity, TagType } from './tag.ts';

/** What a profile is compared with: everyone, everyone else, another segment, or itself at the last snapshot. */
export type Baseline = { kind: 'everyone' } | { kind: 'complement' } | { kind: 'segment'; id: string } | { kind: 'snapshot' };
export type Weight = 'users' | 'revenue' | 'lines';

/** One value of one tag in a segment against the baseline (definitions-tags, section 6). Hidden cells have hidden: true and no numbers. */
export interface ProfileCell {
  value: string;
  /** Members with the value; baseline members with it. */
  a: number;
  K: number;
  share: number;
  base: number;
  tgi: number | null;
  lo: number | null;
  hi: number | null;
  p: number | null;
  q: number | null;
  clear: boolean;
  /** This value's part of D. */
  term: number;
  hidden: boolean;
}
export interface ProfileTag {
  id: string;
  title: string;
  dimension: string;
  kind: string;
  type: TagType;
  unit: string;
  /** Known in the segment, known in the baseline. */
  n: number;
  N: number;
  unknown: number;
  cells: ProfileCell[];
  /** What sets it apart: Jeffreys' divergence less what chance gives, at least 0. */
  D: number;
  /** The rule itself uses this tag: shown last, hatched, not a finding. */
  inRule: boolean;
  numbers: {
    median: number;
    baseMedian: number;
    delta: number;
    size: 'negligible' | 'small' | 'medium' | 'large';
    z: number;
    p: number;
    q: number | null;
    d: number;
  } | null;
}
/** A sum per member with its 95 % interval, beside the baseline's. */
export interface ProfileFigure {
  id: string;
  title: string;
  unit: string;
  value: number | null;
  lo: number | null;
  hi: number | null;
  base: number | null;
  shareOfTotal: number | null;
}
export interface Profile {
  entity: Entity;
  n: number;
  universe: number;
  baseline: { title: string; n: number };
  tags: ProfileTag[];
  figures: ProfileFigure[];
  tested: number;
  clear: number;
  tooFew: boolean;
  weight: Weight;
  asOf: string;
  sql: string[];
  ms: number;
}
export interface ProfileRequest {
  entity: Entity;
  segment: Segment | null;
  baseline: Baseline;
  weight: Weight;
  tags?: string[];
  /** What the baseline 'snapshot' stands for. */
  since?: Moment | null;
}

/** One event on a card's timeline, with the line of the file it came from. */
export interface CardEvent {
  at: string | null;
  event: string;
  product: string | null;
  productName: string | null;
  category: string | null;
  amount: number | null;
  quantity: number | null;
  order: string | null;
  device: string | null;
  channel: string | null;
  /** Session, else order, else instant, as a number. */
  occasion: number | null;
  file: string;
  line: number;
}
export interface CardTag {
  id: string;
  title: string;
  dimension: string;
  kind: string;
  type: TagType;
  unit: string;
  value: string | number | boolean | null;
  band: string | null;
  /** Mid-percentile among the known, 0 to 1, for numbers. */ position: number | null;
  why: string;
}
export interface Card {
  entity: Entity;
  id: string;
  title: string;
  tags: CardTag[];
  events: CardEvent[];
  eventsTotal: number;
  segments: string[];
}
export interface MembersPage {
  n: number;
  columns: string[];
  rows: (string | number | boolean | null)[][];
}
export type SegmentRef = Segment | { rule: Rule };
