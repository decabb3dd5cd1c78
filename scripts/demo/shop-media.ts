import { below, clamp, draws } from './draws.ts';

const AGES = ['18-24', '25-34', '35-44', '45-54', '55-64', '65+'] as const;
const POWER = ['low', 'lower middle', 'upper middle', 'high'] as const;
export const MIX_COLUMNS = [
  ...['female', 'male'].map((v) => `mix:gender=${v}`),
  ...AGES.map((v) => `mix:age_band=${v}`),
  ...POWER.map((v) => `mix:purchasing_power=${v}`),
];

export interface Medium {
  id: string;
  name: string;
  reach: number;
  /** Euros for a thousand contacts. */
  cpm: number;
  ctr: number;
  cvr: number;
  mix: number[];
}

/** Name, reach in thousands, cpm, share of women, centre and width of age band, lean to purchasing power (0 to 3) and its width. */
const MEDIA: readonly [string, number, number, number, number, number, number, number][] = [
  // The one whose audience is like the users of high value: women of 35 to 54 with money.
  ['Salon weekly', 420, 24, 0.84, 2.5, 0.8, 2.9, 0.8],
  // Likeness is not value for money: less alike, far cheaper.
  ['Morning radio', 2600, 6.5, 0.55, 2.8, 1.4, 1.8, 1.3],
  ['City screens', 1900, 9, 0.51, 2, 1.6, 1.6, 1.4],
  ['Commuter paper', 740, 11, 0.48, 2.4, 1.3, 1.7, 1.1],
  ['Pocket video', 3900, 4.2, 0.57, 0.3, 0.9, 0.9, 1.1],
  ['Game streams', 1450, 7.8, 0.17, 0.5, 0.8, 1.1, 1.1],
  ['Runners club', 260, 15, 0.43, 1.4, 0.9, 2, 1.1],
  ['Kitchen & garden', 610, 13, 0.66, 3.4, 1.2, 1.8, 1.1],
  ['Parents forum', 530, 12, 0.79, 1.6, 0.6, 1.5, 1.1],
  ['Business daily', 380, 31, 0.34, 2.9, 1.1, 2.8, 0.9],
  ['Student mag', 310, 6, 0.55, 0, 0.4, 0.4, 0.9],
  ['Beauty channel', 980, 10.5, 0.9, 0.9, 0.9, 1.4, 1.2],
  ['Football live', 2200, 12, 0.24, 1.8, 1.5, 1.4, 1.2],
  ['Late show', 1250, 14, 0.5, 3.2, 1.5, 1.6, 1.3],
  ['Tech review', 450, 17, 0.22, 1.3, 1, 2.1, 1.1],
  ['Pensioners post', 690, 8, 0.58, 5, 0.6, 1.1, 1.1],
  ['Travel podcast', 340, 18, 0.54, 1.9, 1, 2.3, 1],
  ['Bargain mail', 1600, 3.4, 0.6, 1.9, 1.5, 0.4, 0.9],
  ['Design annual', 140, 34, 0.63, 2.3, 1, 2.9, 0.7],
  ['Bus shelters', 1750, 7.2, 0.52, 1.5, 1.8, 1, 1.3],
  ['Pet video', 820, 6.9, 0.63, 1.9, 1.5, 1.3, 1.2],
  ['Weekend cinema', 560, 21, 0.53, 1, 1, 1.8, 1.2],
  ['Health letter', 430, 11.5, 0.61, 3.9, 1.2, 1.7, 1.1],
  ['Local radio south', 900, 5.8, 0.5, 2.9, 1.5, 1.2, 1.2],
];

/** Shares rounded to three digits that sum to exactly 1. */
function shares(weights: number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  const out = weights.map((w) => Math.round((1000 * w) / total));
  out[out.indexOf(Math.max(...out))]! += 1000 - out.reduce((a, b) => a + b, 0);
  return out.map((x) => x / 1000);
}

/** Weight of each value under a bell around the centre; `base` is how common the value is among all people. */
const bell = (base: number[], centre: number, width: number): number[] =>
  base.map((b, i) => b * (below((i + 0.5 - centre) / width) - below((i - 0.5 - centre) / width) + 0.01));

export function makeMedia(seed: number): Medium[] {
  const d = draws(seed, 'shop media');
  return MEDIA.map(([name, reach, cpm, women, age, ageWidth, power, powerWidth], i) => ({
    id: `M${String(i + 1).padStart(2, '0')}`,
    name,
    reach: reach * 1000,
    cpm,
    ctr: Math.round(1e5 * clamp(0.008 * Math.exp(0.4 * d.normal()), 0.001, 0.05)) / 1e5,
    cvr: Math.round(1e5 * clamp(0.02 * Math.exp(0.35 * d.normal()), 0.003, 0.08)) / 1e5,
    mix: [
      ...shares([women, 1 - women]),
      ...shares(bell([1.3, 1.7, 1.5, 1.2, 1, 1.1], age, ageWidth)),
      ...shares(bell([1, 1, 1, 1], power, powerWidth)),
    ],
  }));
}
