import type { OwnKind } from './own-tag.ts';

export type Entity = 'user' | 'product';
export type TagKind = 'static' | 'dynamic' | 'derived' | 'model';
export type TagType = 'enum' | 'number' | 'int' | 'share' | 'money' | 'date' | 'boolean' | 'set' | 'id' | 'map' | 'text';
export type Dimension =
  'demographic' | 'activity' | 'purchasing power' | 'interests' | 'consumption needs' | 'social' | 'product' | 'sales' | 'price';

export interface ValueShare {
  value: string;
  n: number;
}
/** Summary of a number over the known. Quantiles are type 7. */
export interface NumberFigures {
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
  mean: number;
}
export interface Histogram {
  edges: number[];
  counts: number[];
}
/** Cut points in ascending order with one more label. Bands are (lo, hi], or [lo, hi) where `leftClosed`. */
export interface Cut {
  edges: number[];
  labels: string[];
  leftClosed: boolean;
}
/** Cut points at the deciles of the known (type 7, equal ones once) and how many lie in (lo, hi] between them: one more count than cuts. */
export interface Deciles {
  cuts: number[];
  counts: number[];
}

/** One line of the tag catalogue: what the tag is, and what it holds in this data as of now. JSON. */
export interface TagInfo {
  id: string;
  entity: Entity;
  title: string;
  description: string;
  dimension: Dimension;
  kind: TagKind;
  type: TagType;
  unit: string;
  version: string;
  /**
   * Names the meaning: formula, parameters, bands, names of the columns that are mapped to its needs, zone, scope, money. Equal digests, asOf and data mean
   * equal numbers; another file of the same columns keeps the meaning.
   */
  digest?: string;
  /** Segment-language values come in this order where the tag has an order of its own (bands, weekdays, RFM groups). */
  order: string[] | null;
  /** Values as sold to profiles: enum values, or band labels of a number. */
  values: ValueShare[];
  distinct: number;
  known: number;
  universe: number;
  figures: NumberFigures | null;
  histogram: Histogram | null;
  bands: Cut | null;
  /** Of a number: what later states are held against. */
  deciles?: Deciles;
  /** Median days since the newest row used; null for static tags. */
  freshness: number | null;
  needs: string[];
  nullRule: string;
  /** Where the term or the formula comes from. */
  source?: string;
  /** Made by the user: how, and of which tags. */
  own?: { kind: OwnKind; uses: string[] };
  /** Figures of the moment before: those of the moment shown are still being counted. */
  pending?: true;
}
export interface WaitingTag {
  id: string;
  entity: Entity;
  title: string;
  description: string;
  dimension: Dimension;
  kind: TagKind;
  missing: string[];
  /** An own tag that cannot be made: one sentence why. */
  problem?: string;
}
export interface Catalogue {
  tags: TagInfo[];
  waiting: WaitingTag[];
  asOf: string;
  universe: { user: number; product: number };
  ms: number;
}
