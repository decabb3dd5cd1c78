import type { Frames } from '../core/analysis.ts';
import { rows } from '../core/frame.ts';
import { shrinkWeight, shrunken } from '../stats/shrunken.ts';
import type { Candidate } from './mix-choice.ts';

export interface ModelSegment {
  key: string;
  g: string;
  a: string;
  shop: number;
  channel: number;
  buyers: number;
}
/** A product with the gamma posterior of its buyer rate per segment: shape k + m·prior over n + m cases. */
export interface ModelProduct extends Candidate {
  p: number;
  name: string;
  units: number;
  posterior: { shape: number; rate: number }[];
  perBuyer: number;
}
export interface DemandModel {
  segments: ModelSegment[];
  products: ModelProduct[];
  /** Sold in the window, without a price or a cost: left out. */
  unpriced: number;
}
/** Buyers below which a segment's own product counts are not used. */
export const ENOUGH_BUYERS = 100;

const at = (map: Map<string, number>, ...key: (string | number)[]): number => map.get(key.join('\u0001')) ?? 0;

/**
 * λ per 1,000 visitors by three steps of shrinkage: the product in the segment, towards the category in the segment × the product's share of the category,
 * towards the product overall. Counted in buyers (a rate), turned into units by the product's own units per buyer.
 */
export function demandModel(frames: Frames, name: string, weeks: number): DemandModel {
  const segments = rows<{ g: string; a: string; shop: number; channel: number; buyers: number }>(frames[`${name}Audience`]!).map((s) => ({
    ...s,
    key: `${s.g}\u0001${s.a}`,
  }));
  const bought = new Map(
    rows<{ g: string; a: string; p: number; buyers: number }>(frames[`${name}Sales`]!).map((r) => [`${r.g}\u0001${r.a}\u0001${r.p}`, r.buyers]),
  );
  const inCategory = new Map(
    rows<{ g: string; a: string; cat: string; buyers: number }>(frames[`${name}Categories`]!).map((r) => [
      `${r.g}\u0001${r.a}\u0001${r.cat}`,
      r.buyers,
    ]),
  );
  const n = segments.map((s) => s.shop);
  const N = n.reduce((s, x) => s + x, 0);
  const categories = new Map<string, { rate: number[]; all: number }>();
  const categoryOf = (cat: string): { rate: number[]; all: number } => {
    const known = categories.get(cat);
    if (known) return known;
    const k = segments.map((s) => at(inCategory, s.key, cat));
    const { p0, m } = shrinkWeight(k, n);
    const made = { rate: k.map((x, i) => shrunken(x, n[i]!, p0, m)), all: k.reduce((s, x) => s + x, 0) };
    categories.set(cat, made);
    return made;
  };
  let unpriced = 0;
  const products: ModelProduct[] = [];
  type Row = {
    p: number;
    id: string;
    name: string;
    cat: string;
    price: number | null;
    cost: number | null;
    stock: number | null;
    units: number;
    squares: number;
  };
  for (const r of rows<Row>(frames[`${name}Products`]!)) {
    if (r.price === null || r.cost === null) {
      unpriced++;
      continue;
    }
    const k = segments.map((s) => at(bought, s.key, r.p));
    const all = k.reduce((s, x) => s + x, 0);
    if (all === 0 || N === 0) continue;
    const category = categoryOf(r.cat);
    const { m } = shrinkWeight(k, n);
    const share = category.all > 0 ? all / category.all : 0;
    const posterior = segments.map((s, i) => {
      const prior = category.rate[i]! * share;
      return s.buyers < ENOUGH_BUYERS ? { shape: Math.max(1e-9, m * prior), rate: m } : { shape: Math.max(1e-9, k[i]! + m * prior), rate: n[i]! + m };
    });
    const perBuyer = r.units / all;
    const mean = r.units / weeks;
    const variance = weeks > 1 ? (r.squares - weeks * mean * mean) / (weeks - 1) : 0;
    products.push({
      p: r.p,
      id: r.id,
      name: r.name,
      category: r.cat,
      price: r.price,
      cost: r.cost,
      stock: r.stock,
      units: r.units,
      perBuyer,
      posterior,
      lambda: posterior.map((x) => (1000 * x.shape * perBuyer) / x.rate),
      spread: mean > 0 ? variance / mean : 1,
    });
  }
  return { segments, products, unpriced };
}

/** The same products as if all visitors were alike: what best-sellers are. */
export function flatModel({ segments, products, unpriced }: DemandModel): DemandModel {
  const shop = segments.reduce((s, x) => s + x.shop, 0);
  const one: ModelSegment = { key: 'all', g: '', a: '', shop, channel: segments.reduce((s, x) => s + x.channel, 0), buyers: ENOUGH_BUYERS };
  return {
    segments: [one],
    unpriced,
    products: products.map((x) => ({ ...x, posterior: [{ shape: x.units / x.perBuyer, rate: shop }], lambda: [(1000 * x.units) / shop] })),
  };
}
