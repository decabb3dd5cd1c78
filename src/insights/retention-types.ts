import type { Answer } from '../core/analysis.ts';
import type { Period } from './periods.ts';
import type { Rate } from './rate.ts';

export type RetentionParams = {
  start: string;
  return: string;
  entry: 'first' | 'recurring';
  count: 'on' | 'after';
  clock: 'calendar' | 'rolling' | 'rolling-24h';
  period: Period;
  days: number;
  periods: number;
  brackets: string;
  reference: 'entry' | 'previous';
  mean: 'weighted' | 'simple';
  breakdown: string;
  leftCut: 'mark' | 'exclude';
  range: 'compared' | 'always';
};

export interface CohortCell extends Rate {
  n: number;
  /** The running period: kept, and left out of means. */
  partial: boolean;
}
export interface Cohort {
  /** Period of the entry; what `people` takes. */
  index: number;
  label: string;
  size: number;
  /** Under 30 people. */
  weak: boolean;
  /** The file's first period: some of these are older than the file. */
  leftCut: boolean;
  hidden: boolean;
  cells: CohortCell[];
}
export interface CurvePoint extends Rate {
  n: number;
}
export interface Curve {
  id: string;
  name: string;
  size: number;
  points: CurvePoint[];
}
export interface BracketRate extends Rate {
  from: number;
  to: number;
}
/** The same period under one way to count; what R12 asks for. */
export interface RangeCell {
  count: RetentionParams['count'];
  clock: RetentionParams['clock'];
  /** The one asked for. */
  own: boolean;
  here: Rate;
  /** Less the share of those of the baseline who are not in the segment; null without one, or where either is withheld. */
  difference: number | null;
}
export interface Range {
  n: number;
  cells: RangeCell[];
}
/** Two curves at one period: the difference with its unpooled Wald interval, and whether another count or clock would turn it round. */
export interface Difference {
  n: number;
  here: Rate;
  base: Rate;
  /** Against those of the baseline who are not in the segment. */
  difference: number;
  lo: number;
  hi: number;
  clear: boolean;
  fragile: boolean;
}
export interface RetentionAnswer extends Answer {
  who: string;
  /** What period 3 is called: "month 3", "days 90–119". */
  unit: Period;
  cohorts: Cohort[];
  curve: Curve;
  base: Curve | null;
  groups: Curve[];
  brackets: BracketRate[];
  difference: Difference | null;
  /** Every way to count, where it was asked for or two are compared. */
  range: Range | null;
}
