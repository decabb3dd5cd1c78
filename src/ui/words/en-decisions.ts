import { count } from './plural.ts';

/** Strings of the Decisions place. */
export const decisionWords = {
  chosenTitle: (n: number, money: string, rank: boolean) =>
    rank ? `${count(n, 'product')} to carry: ${money} margin per 1,000 visitors` : `${count(n, 'product')} to carry: ${money} expected profit`,
  bestTitle: (n: number, money: string) => `Best-sellers: ${count(n, 'product')}, ${money} expected profit`,
  bestSub: 'By what all visitors buy; the audience was not shown to predict better. 95\u202f% of draws. Click one for its proof.',
  typed: 'this audience',
  wanted: (n: string) => `${n} wanted`,
  buyersOf: (name: string) => `buyers of ${name}`,
  rank: 'Rank',
  ranks: (here: string, shop: string) => `${here} here, ${shop} for the whole shop`,
  carryRank: (stay: string) => `A ranking: how many will come is not known. The least sure stays in ${stay} of the draws.`,
  chosenSub: 'Expected profit of each for this audience, 95\u202f% of draws. Click one for its proof.',
  audienceTitle: (who: string, share: string, base: string) => `${who}: ${share} of visitors here, ${base} of all`,
  audienceFlat: 'Those who come are like all visitors',
  audienceSub:
    'Share of visitors by gender and age, blue in the channel, grey in the whole shop, the bracket the 95\u202f% interval of the difference. Click one for its people.',
  product: 'Product',
  profit: 'Expected profit',
  actions: 'Actions',
  carry: (n: number) => `Carry these ${count(n, 'product')}`,
  carryWhy: (stay: string) => `Quantities are in the file. The least sure of them stays in ${stay} of the draws.`,
  leave: (n: number) => `Leave out ${count(n, 'product')} that the whole shop’s taste would choose`,
  leaveWhy: 'They sell well elsewhere, less to those who come here.',
  invite: 'Look at those who come',
  inviteWhy: (n: string) => `${n} visitors expected; make them a segment and see what sets them apart.`,
  csv: (n: number) => `CSV, ${count(n, 'product')}`,
  segment: 'Make a segment',
  rests: 'What this rests on',
  gain: (money: string, lo: string, hi: string) => `Against the shop-wide choice: ${money}, 95\u202f% interval ${lo} to ${hi}`,
  exam: (days: number, products: number, verdict: boolean) =>
    `${verdict ? 'Predicts better than best-sellers' : 'Not shown to predict better than best-sellers'}: the last ${days} days of ${count(products, 'product')}, from before them`,
  method: (name: string, r: string, money: string) => `${name}: rank correlation ${r}, profit ${money}`,
  units: (q: string) => `order ${q}`,
} as const;
