import { chi2Sf } from '../stats/chi2.ts';
import { informationGain } from '../stats/information.ts';
import { Z95 } from '../stats/normal.ts';
import { explainedVariance, fSf } from '../stats/variance.ts';
import type { AskedGoal } from './goal.ts';
import { addCells } from './goal-cells.ts';

type Cell = readonly number[];
export interface Gained {
  gain: number;
  lo: number;
  hi: number;
  p: number;
}

/**
 * What finer groups tell of the goal beyond the coarse ones that hold them. Classes: the conditional information, IG(finer) − IG(coarse), in bits, with
 * G = 2 n ln 2 · gain and its degrees of freedom; its interval by the delta method. A number: η² gained, with the partial F; its interval approximate.
 */
export function gainOver(coarse: readonly (readonly Cell[])[], goal: Pick<AskedGoal, 'of'>): Gained | null {
  const groups = coarse.filter((g) => g.length > 0);
  const fine = groups.flat();
  const whole = groups.map(addCells);
  return goal.of === 'classes' ? classGain(groups, fine) : numberGain(whole, fine);
}

function classGain(groups: readonly (readonly Cell[])[], fine: readonly Cell[]): Gained | null {
  const n = addCells(fine).reduce((s, x) => s + x, 0);
  if (n === 0) return null;
  let [gain, square, df] = [0, 0, 0];
  for (const group of groups) {
    const inside = informationGain(group);
    if (!inside) continue;
    gain += (inside.n / n) * inside.ig;
    // se² · n + ig² is the mean square of the pointwise information inside this group.
    square += (inside.n / n) * (inside.se ** 2 * inside.n + inside.ig ** 2);
    df += inside.df;
  }
  if (df === 0) return null;
  const half = Z95 * Math.sqrt(Math.max(0, square - gain * gain) / n);
  return { gain, lo: Math.max(0, gain - half), hi: gain + half, p: chi2Sf(2 * n * Math.LN2 * gain, df) };
}

function numberGain(whole: readonly Cell[], fine: readonly Cell[]): Gained | null {
  const e = explainedVariance(fine);
  if (!e) return null;
  const before = explainedVariance(whole);
  const from = before?.eta2 ?? 0;
  const [d1, d2] = [fine.length - whole.length, e.n - fine.length];
  if (d1 <= 0 || d2 <= 0) return null;
  const gain = e.eta2 - from;
  const half = Z95 * Math.sqrt(Math.max(0, e.se ** 2 - (before?.se ?? 0) ** 2));
  const f = e.eta2 < 1 ? gain / d1 / ((1 - e.eta2) / d2) : Infinity;
  return { gain, lo: Math.max(0, gain - half), hi: gain + half, p: fSf(f, d1, d2) };
}
