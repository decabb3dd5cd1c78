import { BANK, FLEX } from './bank-truths.ts';
import { draws } from './draws.ts';

export interface Fund {
  id: string;
  name: string;
  family: string;
  house: string;
  risk: number;
  /** Months; 0 can be sold any day. */
  term: number;
  /** Euros. */
  minimum: number;
  /** Percent a year, expected. */
  yield: number;
  margin: number;
  launched: number;
  popularity: number;
}

/** Family, products in it, risk, terms, minimum, yield, margin, popularity. */
const FAMILIES: readonly [string, string[], number[], number[], number[], number, number, number][] = [
  ['Deposits/Day money', ['Day deposit', 'Flex deposit'], [1, 1], [0, 3], [0, 500], 1.4, 0.003, 1.9],
  [
    'Deposits/Term',
    ['Term deposit 6', 'Term deposit 12', 'Term deposit 24', 'Term deposit 60', 'Children deposit'],
    [1, 1, 1, 1, 1],
    [6, 12, 24, 60, 120],
    [1000, 1000, 1000, 2500, 100],
    2.3,
    0.005,
    1.6,
  ],
  [
    'Bonds/Government',
    ['State bond 3 y', 'State bond 7 y', 'Euro state bonds', 'Inflation bond', 'Green state bond'],
    [2, 2, 2, 2, 2],
    [36, 84, 0, 60, 72],
    [1000, 1000, 250, 1000, 1000],
    2.8,
    0.007,
    1.1,
  ],
  [
    'Bonds/Corporate',
    ['Company bonds', 'High yield bonds', 'Short company bonds', 'Global bonds'],
    [3, 4, 2, 3],
    [0, 0, 24, 0],
    [500, 1000, 1000, 500],
    3.9,
    0.011,
    0.8,
  ],
  [
    'Funds/Mixed',
    ['Mixed 30', 'Mixed 50', 'Mixed 70', 'Target 2035', 'Target 2045', 'Income mix'],
    [2, 3, 4, 3, 3, 2],
    [0, 0, 0, 108, 228, 0],
    [100, 100, 100, 50, 50, 250],
    4.4,
    0.014,
    1.2,
  ],
  [
    'Funds/Index plan',
    ['World index plan', 'Europe index plan', 'Climate index plan', 'Emerging index plan'],
    [4, 4, 4, 5],
    [0, 0, 0, 0],
    [25, 25, 25, 25],
    6.1,
    0.004,
    1.3,
  ],
  [
    'Funds/Equity',
    ['Dividend shares', 'Global shares', 'Small companies', 'Technology shares', 'Health shares', 'Euro shares', 'Asia shares'],
    [4, 4, 5, 5, 4, 4, 5],
    [0, 0, 0, 0, 0, 0, 0],
    [250, 250, 500, 500, 250, 250, 500],
    6.6,
    0.017,
    1,
  ],
  [
    'Certificates/Bonus',
    ['Bonus certificate A', 'Bonus certificate B', 'Turbo certificate', 'Index certificate'],
    [4, 4, 5, 5],
    [24, 36, 12, 18],
    [1000, 1000, 2000, 1000],
    7.4,
    0.026,
    0.5,
  ],
  ['Property/Funds', ['Home rents fund', 'Offices fund'], [3, 3], [24, 36], [500, 1000], 3.4, 0.015, 0.6],
  ['Metals/Gold', ['Gold plan'], [4], [0], [50], 3, 0.012, 0.7],
];
const HOUSES = ['Aare Invest', 'Bora Capital', 'Cedar House', 'Own bank', 'Delta Funds'];

export function makeFunds(seed: number): Fund[] {
  const d = draws(seed, 'bank products');
  return FAMILIES.flatMap(([family, names, risks, terms, minima, yields, margin, popularity]) =>
    names.map((name, i): Omit<Fund, 'id'> => ({
      name,
      family,
      house: family.startsWith('Deposits') ? 'Own bank' : d.pick(HOUSES),
      risk: risks[i]!,
      term: terms[i]!,
      minimum: minima[i]!,
      yield: Math.round(10 * (yields + 0.5 * d.normal())) / 10,
      margin: Math.round(1e4 * margin * (0.85 + 0.3 * d.next())) / 1e4,
      launched: name === 'Flex deposit' ? FLEX.launched : name === 'Climate index plan' ? BANK.day('2025-10-06') : d.int(-3600, -200),
      popularity: popularity * (1 - 0.08 * i),
    })),
  ).map((fund, i) => ({ id: `F${String(i + 1).padStart(2, '0')}`, ...fund }));
}
