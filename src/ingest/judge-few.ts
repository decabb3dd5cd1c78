import type { ColumnFacts } from '../core/files.ts';
import { saysNothing, trimCell } from './cell.ts';
import { lostReason, NOTHING } from './lost.ts';
import type { NumberFacts } from './judge-number.ts';
import { numberTexts } from './parse-number.ts';

/** A different cell of a column with its rows. */
export interface Counted {
  raw: string | null;
  n: number;
}
export type Basics = Pick<ColumnFacts, 'known' | 'distinct' | 'min' | 'max' | 'samples' | 'lost' | 'keepsNA'>;

const add = (map: Map<string, number>, key: string, n: number): void => void map.set(key, (map.get(key) ?? 0) + n);
const commonest = (a: [string, number], b: [string, number]): number => b[1] - a[1] || (a[0] < b[0] ? -1 : 1);

/** Facts of a column that has few different cells, from all of them: known values with their rows, and what stands for nothing. */
export function basics(cells: Counted[], samples: number): { facts: Basics; values: Map<string, number> } {
  const values = new Map<string, number>();
  const nothing = new Map<string, number>();
  for (const { raw, n } of cells) {
    const value = trimCell(raw ?? '');
    if (value !== '') add(saysNothing(value) ? nothing : values, value, n);
  }
  const total = (map: Map<string, number>): number => [...map.values()].reduce((a, b) => a + b, 0);
  const codes = [...values].reduce((s, [v, n]) => (/^[A-Z]{2}$/.test(v) ? s + n : s), 0);
  const keepsNA = nothing.has('NA') && values.size > 0 && codes >= 0.95 * total(values);
  if (keepsNA) {
    values.set('NA', nothing.get('NA')!);
    nothing.delete('NA');
  }
  const lost = [...nothing].map(([text, n]) => ({ text, n, reason: NOTHING }));
  for (const [text, n] of values) {
    const reason = lostReason(text);
    if (reason) lost.push({ text, n, reason });
  }
  const keys = [...values.keys()].sort();
  const facts = {
    known: total(values),
    distinct: values.size,
    min: keys[0] ?? null,
    max: keys.at(-1) ?? null,
    samples: [...values]
      .sort(commonest)
      .slice(0, samples)
      .map(([v]) => v.slice(0, 200)),
    lost: lost.sort((a, b) => b.n - a.n || (a.text < b.text ? -1 : 1)).slice(0, 20),
    ...(keepsNA ? { keepsNA } : {}),
  };
  return { facts, values };
}

/** As `judgeNumbers`, from all values. */
export function numbersOf(values: Map<string, number>, known: number): NumberFacts {
  let onlyDot = 0;
  let onlyComma = 0;
  let either = 0;
  let dotZero = 0;
  const read = [...values].map(([v, n]) => ({ n, ...numberTexts(v), v }));
  for (const r of read) {
    if (r['.'] !== null && r[','] === null) onlyDot += r.n;
    else if (r['.'] === null && r[','] !== null) onlyComma += r.n;
    else if (r['.'] !== null && /[.,]/.test(r.v)) either += r.n;
    if (/^\d+\.0$/.test(r.v)) dotZero += r.n;
  }
  const sign = onlyComma > onlyDot ? ',' : '.';
  let number = 0;
  let whole = 0;
  let scale = 0;
  let lo = Infinity;
  let hi = -Infinity;
  for (const r of read) {
    const text = r[sign];
    if (text === null) continue;
    const x = Number(text);
    number += r.n;
    if (x === Math.floor(x)) whole += r.n;
    lo = Math.min(lo, x);
    hi = Math.max(hi, x);
    const [, fraction = '', exponent = '0'] = /^[^.eE]*(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
    scale = Math.max(scale, fraction.length - Number(exponent), 0);
  }
  const mainly = number > 0 && number >= known / 2;
  return {
    number: known === 0 ? 0 : number / known,
    whole: known === 0 ? 0 : whole / known,
    decimal: mainly ? { sign, guess: onlyDot + onlyComma === 0 && either > 0, scale } : null,
    range: mainly ? [lo, hi] : null,
    dotZero: known > 0 && dotZero === known,
  };
}
