import { draws, cumulate, clamp } from './draws.ts';
import { BRANDS, FLAVOURS, STYLES, SUBS } from './shop-range.ts';
import { CANNIBAL, REPLENISH, SHOP, SOLD_OUT } from './shop-truths.ts';

export interface Product {
  id: string;
  name: string;
  sub: number;
  brand: string;
  style: string;
  /** Cents. */
  price: number;
  cost: number;
  rival: number | null;
  market: number | null;
  launched: number;
  stock: number;
  popularity: number;
  /** Price of each week beside the list price (1 = as listed), and the money off that is announced. */
  step: Float64Array;
  promo: Float64Array;
  soldOutFrom: number;
}
export interface Range {
  products: Product[];
  /** Per sub: its products, and running popularity for each fifth of purchasing power. */
  bySub: { ids: number[]; totals: Float64Array[] }[];
  subIndex: Map<string, number>;
  /** The eaten product and its eater. */
  old: number;
  eater: number;
  replenish: { product: number; cycle: number }[];
}
const WEEKS = Math.ceil(SHOP.days / 7) + 1;
export const BANDS = 5;

/** Ends in 9 or 5 as prices do: 12.99, 45.90. */
const nice = (euros: number): number =>
  euros < 20 ? Math.round(euros * 2) * 50 - 1 : euros < 100 ? Math.round(euros) * 100 - 10 : Math.round(euros / 5) * 500 - 100;

/** Every 7 to 12 weeks a bestseller gets another list price; the last step is the price of today. */
function priceSteps(d: ReturnType<typeof draws>, moves: boolean): Float64Array {
  const steps = new Float64Array(WEEKS).fill(1);
  if (!moves) return steps;
  let next = d.int(4, 10);
  let level = 1;
  for (let w = 0; w < WEEKS - 6; w++) {
    if (w === next) {
      level = d.pick([0.82, 0.88, 0.94, 1, 1.06, 1.12, 1.2]);
      next += d.int(6, 11);
    }
    steps[w] = level;
  }
  return steps;
}

export function makeRange(seed: number): Range {
  const d = draws(seed, 'shop products');
  const products: Product[] = [];
  const bySub: Range['bySub'] = [];
  const subIndex = new Map(SUBS.map((s, i) => [`${s.top}/${s.name}`, i]));
  SUBS.forEach((sub, s) => {
    const ids: number[] = [];
    const seen = new Set<string>();
    for (let i = 0; i < sub.n; i++) {
      const brands = BRANDS[sub.top]!;
      const b = Math.floor(d.next() ** 1.6 * brands.length);
      const noun = sub.nouns[i < sub.nouns.length ? i : d.int(0, sub.nouns.length - 1)]!;
      let name = `${brands[b]!} ${noun}`;
      for (let k = 0; seen.has(name); k++) name = `${brands[b]!} ${noun} ${k < 40 ? d.pick(FLAVOURS) : `${d.pick(FLAVOURS)} ${k}`}`;
      seen.add(name);
      // The further a brand stands from the middle of its list, the dearer or cheaper it is.
      const price = Math.max(149, nice(sub.price * Math.exp(sub.spread * (0.75 * d.normal() + 0.5 * ((2 * b) / (brands.length - 1) - 1)))));
      const launched = d.chance(0.16) ? d.int(-20, SHOP.days - 12) : d.int(-1400, -30);
      const popularity = 1 / (i + 1.5) ** 0.85;
      const rivalLevel = sub.top === 'Electronics' ? 0.97 : sub.top === 'Beauty' ? 1.06 : 1.01;
      const near = (spread: number): number => Math.max(99, Math.round((price * clamp(rivalLevel + spread * d.normal(), 0.7, 1.4)) / 10) * 10 - 1);
      products.push({
        id: `P${1001 + products.length}`,
        name,
        sub: s,
        brand: brands[b]!,
        style: d.pick(STYLES[sub.top]!),
        price,
        cost: Math.round(price * (1 - clamp(sub.margin + 0.06 * d.normal(), 0.02, 0.8))),
        rival: d.chance(0.72) ? near(0.07) : null,
        market: d.chance(0.45) ? near(0.09) : null,
        launched: i < 4 ? Math.min(launched, -60) : launched,
        stock: Math.round(120 * popularity * Math.exp(0.6 * d.normal())) + d.int(0, 20),
        popularity,
        step: priceSteps(d, i < 8),
        promo: Float64Array.from({ length: WEEKS }, () => (d.chance(0.09) ? d.pick([0.1, 0.15, 0.2, 0.3]) : 0)),
        soldOutFrom: Infinity,
      });
      ids.push(products.length - 1);
    }
    bySub.push({ ids, totals: [] });
  });
  const range: Range = { products, bySub, subIndex, old: 0, eater: 0, replenish: [] };
  plant(range);
  for (const group of bySub) group.totals = powerTables(group.ids.map((i) => products[i]!));
  return range;
}

/** The pair of which one eats the other, the habits, and the shelves that are empty. */
function plant(range: Range): void {
  const { products, bySub, subIndex } = range;
  const kitchen = bySub[subIndex.get(CANNIBAL.sub)!]!.ids;
  range.old = kitchen[2]!;
  range.eater = kitchen[4]!;
  const [old, eater] = [products[range.old]!, products[range.eater]!];
  Object.assign(old, {
    name: `${old.brand} air fryer 4 L`,
    price: 8990,
    cost: 5400,
    rival: 9290,
    popularity: old.popularity * CANNIBAL.boost,
    launched: -500,
  });
  Object.assign(eater, {
    name: `${old.brand} air fryer 6 L`,
    brand: old.brand,
    style: old.style,
    price: 10490,
    cost: 6500,
    rival: 10990,
    popularity: 0.05,
    launched: CANNIBAL.launched,
  });
  for (const p of [old, eater]) p.step.fill(1);

  const habits = [
    'Grocery/Coffee',
    'Grocery/Coffee',
    'Kids/Nappies',
    'Kids/Nappies',
    'Pets/Dog food',
    'Pets/Cat care',
    'Health/Vitamins',
    'Beauty/Skin care',
    'Beauty/Shaving',
    'Grocery/Tea',
    'Beauty/Hair care',
    'Kids/Baby food',
  ];
  const taken = new Map<string, number>();
  range.replenish = habits.map((sub, i) => {
    const k = taken.get(sub) ?? 0;
    taken.set(sub, k + 1);
    return { product: bySub[subIndex.get(sub)!]!.ids[k]!, cycle: REPLENISH.cycles[i]! };
  });
  for (const sub of ['Electronics/Headphones', 'Fashion/Shoes', 'Home/Bedding', 'Sports/Running', 'Beauty/Fragrance'].slice(0, SOLD_OUT.products)) {
    const p = products[bySub[subIndex.get(sub)!]!.ids[0]!]!;
    p.soldOutFrom = SOLD_OUT.from;
    p.stock = 0;
  }
}

/** Popularity tilted to cheaper goods for the lowest fifth of purchasing power, to dearer ones for the highest. */
function powerTables(products: Product[]): Float64Array[] {
  const sorted = products.map((p) => p.price).sort((a, b) => a - b);
  return Array.from({ length: BANDS }, (_, band) => {
    const want = (band + 0.5) / BANDS;
    return cumulate(products.map((p) => p.popularity * Math.exp(-(((sorted.indexOf(p.price) / sorted.length - want) / 0.42) ** 2))));
  });
}
