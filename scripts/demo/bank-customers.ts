import { clamp, draws } from './draws.ts';
import type { Draws } from './draws.ts';
import { APPETITE_CUTS, BANK, DEFAULT } from './bank-truths.ts';

export interface Customer {
  id: string;
  gender: 'female' | 'male';
  age: number;
  region: string;
  occupation: string;
  education: string;
  marital: string;
  /** Euros a year, euros at the start of the data. */
  income: number;
  deposit: number;
  since: number;
  default: boolean;
  consent: boolean;
  /** 0 cautious to 3 daring. */
  appetite: number;
  told: boolean;
  hiddenIncome: boolean;
  digital: number;
  /** Wish to buy, before product and season. */
  keen: number;
  branch: boolean;
}

/** Occupation: weights at 18, 25, 35, 45, 55, 65+; typical income in thousands; lean to risk. */
const WORK: readonly [string, number[], number, number][] = [
  ['management', [1, 16, 23, 23, 17, 1], 68, 0.35],
  ['technician', [6, 19, 17, 15, 11, 1], 43, 0.15],
  ['admin', [9, 14, 13, 12, 10, 1], 37, 0],
  ['services', [12, 11, 10, 9, 8, 1], 29, -0.05],
  ['blue-collar', [15, 18, 19, 20, 15, 1], 31, -0.1],
  ['self-employed', [1, 6, 8, 9, 9, 4], 49, 0.45],
  ['entrepreneur', [0, 3, 4, 4, 3, 1], 60, 0.6],
  ['retired', [0, 0, 0, 2, 18, 88], 26, -0.7],
  ['housemaid', [1, 2, 3, 3, 4, 2], 21, -0.35],
  ['student', [50, 6, 0, 0, 0, 0], 11, 0.3],
  ['unemployed', [5, 5, 3, 3, 5, 0], 13, -0.2],
];
const REGIONS = [
  ['North', 17],
  ['Capital', 24],
  ['East', 15],
  ['South', 22],
  ['West', 16],
  ['Islands', 6],
] as const;

function customer(d: Draws): Omit<Customer, 'id'> {
  const band = d.weighted([9, 19, 21, 20, 16, 15]);
  const age = d.int([18, 25, 35, 45, 55, 65][band]!, [24, 34, 44, 54, 64, 88][band]!);
  const [occupation, , typical, lean] = WORK[d.weighted(WORK.map(([, weights]) => weights[band]!))]!;
  const school = d.weighted(
    occupation === 'management' || occupation === 'entrepreneur'
      ? [4, 26, 70]
      : occupation === 'blue-collar' || occupation === 'housemaid'
        ? [44, 50, 6]
        : occupation === 'student'
          ? [3, 62, 35]
          : [18, 55, 27],
  );
  const income = Math.round(typical * 10 * (0.82 + 0.09 * band) * [0.85, 1, 1.2][school]! * Math.exp(0.33 * d.normal())) * 100;
  const deposit = Math.round(income * [0.12, 0.22, 0.36, 0.55, 0.85, 1.35][band]! * Math.exp(1.05 * d.normal() - 0.3)) + d.int(0, 300);
  const wish = lean + [0.35, 0.3, 0.15, -0.05, -0.35, -0.75][band]! + [-0.2, 0, 0.25][school]! + 0.75 * d.normal();
  const odds =
    DEFAULT.base +
    (occupation === 'unemployed' ? DEFAULT.unemployed : 0) +
    (deposit < 2500 ? DEFAULT.poor : 0) +
    (school === 2 ? DEFAULT.tertiary : 0);
  return {
    gender: d.chance(0.515) ? 'female' : 'male',
    age,
    region: REGIONS[d.weighted(REGIONS.map(([, w]) => w))]![0],
    occupation,
    education: ['primary', 'secondary', 'tertiary'][school]!,
    marital: d.pick(
      band === 0
        ? ['single', 'single', 'single', 'married']
        : band === 1
          ? ['single', 'single', 'married', 'married', 'divorced']
          : ['married', 'married', 'married', 'divorced', 'single', band > 3 ? 'widowed' : 'married'],
    ),
    income,
    deposit,
    since: -Math.floor(d.exponential(1900)) + d.int(-10, Math.round(BANK.days * 0.55)),
    default: d.chance(1 / (1 + Math.exp(-odds))),
    consent: d.chance(0.71),
    appetite: APPETITE_CUTS.filter((cut) => wish > cut).length,
    told: d.chance(0.86),
    hiddenIncome: d.chance(0.09),
    digital: clamp([0.95, 0.92, 0.85, 0.7, 0.5, 0.28][band]! + 0.15 * d.normal(), 0.03, 0.99),
    keen: Math.exp(0.75 * d.normal()) * Math.min(3, 0.35 + Math.log10(1 + deposit / 1500)),
    branch: false,
  };
}

export function makeCustomers(seed: number, n: number): Customer[] {
  const d = draws(seed, 'bank customers');
  const people = Array.from({ length: n }, () => customer(d)).sort((a, b) => a.since - b.since);
  return people.map((c, i) => ({ ...c, id: `C${10001 + i}`, branch: d.chance(1 - c.digital) }));
}
