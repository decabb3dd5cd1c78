import type { DataFacts } from '../core/tables.ts';
import type { ModelSegment } from './demand-model.ts';

/** Columns of a media table that say which part of its audience a gender or an age band is. */
const MIX = /^mix:(gender|age_band)=(.+)$/;
export const mixColumns = (facts: DataFacts): string[] => (facts.tables.media?.columns ?? []).map((c) => c.name).filter((n) => MIX.test(n));

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
/** Shares by gender and by age; an absent map leaves that side as the shop has it. */
interface Marginals {
  gender: Map<string, number>;
  age: Map<string, number>;
}

/** Weights of the segments from marginals: each side's shares multiplied (independence is assumed and said); a side that is not given follows the shop. */
function fromMarginals({ gender, age }: Marginals, segments: readonly ModelSegment[]): number[] {
  const shop = segments.reduce((s, x) => s + x.shop, 0) || 1;
  const side = (of: 'g' | 'a', value: string): number => segments.reduce((s, x) => s + (x[of] === value ? x.shop : 0), 0) / shop;
  return segments.map((s) => {
    if (gender.size && age.size) return (gender.get(s.g) ?? 0) * (age.get(s.a) ?? 0);
    const [map, of] = gender.size ? ([gender, 'g'] as const) : ([age, 'a'] as const);
    const whole = side(of, s[of]);
    return whole > 0 ? ((map.get(s[of]) ?? 0) * s.shop) / shop / whole : 0;
  });
}
const normal = (w: readonly number[]): number[] => {
  const sum = w.reduce((s, x) => s + x, 0);
  return w.map((x) => x / sum);
};

/** Shares of a medium's audience over the segments, from its row; null where nothing of it is known. */
export function mediumWeights(row: Record<string, unknown>, segments: readonly ModelSegment[]): number[] | null {
  const m: Marginals = { gender: new Map(), age: new Map() };
  for (const [name, share] of Object.entries(row)) {
    const found = MIX.exec(name);
    if (!found || typeof share !== 'number' || share <= 0) continue;
    const side = found[1] === 'gender' ? 'g' : 'a';
    const value = segments.find((s) => same(s[side], found[2]!))?.[side];
    if (value !== undefined) (side === 'g' ? m.gender : m.age).set(value, share);
  }
  const weights = m.gender.size + m.age.size > 0 ? fromMarginals(m, segments) : [];
  return weights.some((x) => x > 0) ? normal(weights) : null;
}

/**
 * Shares typed by hand: "female 18-24: 45, female 25-34: 30, male 18-24: 25" (both sides), or "female: 70, male: 30, 18-24: 60, 25-34: 40" (each side alone).
 * They are scaled to one. A sentence where a name is not in the data, or both ways are mixed.
 */
export function typedWeights(text: string, segments: readonly ModelSegment[]): number[] | string {
  const m: Marginals = { gender: new Map(), age: new Map() };
  const joint = new Map<number, number>();
  for (const part of text.split(/[,;\n]/).filter((p) => p.trim() !== '')) {
    const [, names, typed] = /^\s*(.+?)\s*[:=]\s*([\d.]+)\s*%?\s*$/.exec(part) ?? [];
    const share = Number(typed);
    if (names === undefined || !Number.isFinite(share)) return `“${part.trim()}” is no share.`;
    const both = segments.findIndex((s) => same(`${s.g} ${s.a}`, names.replace(/\s*[+&/]\s*|\s+/g, ' ')));
    const [g, a] = [segments.find((s) => same(s.g, names)), segments.find((s) => same(s.a, names))];
    if (both >= 0) joint.set(both, share);
    else if (g) m.gender.set(g.g, share);
    else if (a) m.age.set(a.a, share);
    else return `There is no “${names}” among the genders and ages of this data.`;
  }
  if (joint.size && m.gender.size + m.age.size) return 'Give either pairs of gender and age, or each alone.';
  const weights = joint.size ? segments.map((_, i) => joint.get(i) ?? 0) : fromMarginals(m, segments);
  return weights.some((x) => x > 0) ? normal(weights) : 'The shares come to nothing.';
}
