import type { ProfileTag } from './profile.ts';
import type { Rule } from './rule.ts';

/** The matrix by the name under which its cells are brushed. */
export const MATRIX = 'abc_xyz';
/** What is brushed in one chart of a profile: the others show only the members it leaves. */
export interface Brushed {
  tag: string;
  rule: Rule;
}

/** One cell of ABC × XYZ: products and what they brought. */
export interface MatrixGroup {
  abc: string;
  xyz: string;
  n: number;
  revenue: number;
}
/** Products of one category or brand together. Figures are of the group as a whole (sums over sums), null where nothing is known. */
export interface RollUp {
  value: string;
  products: number;
  revenue: number | null;
  revenueShare: number | null;
  units: number | null;
  /** Net revenue less cost of what stayed sold, by net revenue; of products whose cost is known. */
  margin: number | null;
  returnRate: number | null;
  /** Median over its products. */
  price: number | null;
  pricePosition: number | null;
  attachRate: number | null;
  classA: number;
}
export interface Assortment {
  n: number;
  matrix: MatrixGroup[];
  /** Per tag that products can be rolled up by: categories from coarse to fine, brand. */
  rollUps: { tag: string; title: string; rows: RollUp[] }[];
  /** Where and through what these products are bought: their buyers against all buyers, per column of the sale. */
  buyers: number;
  allBuyers: number;
  sold: ProfileTag[];
  sql: string[];
  ms: number;
}
