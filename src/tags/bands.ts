import type { Cut, TagType } from '../core/tag.ts';

/** The largest double below x: turns a bound that belongs to the upper band into a (lo, hi] edge. */
export function below(x: number): number {
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  bits[0] = x > 0 ? bits[0]! - 1n : bits[0]! + 1n;
  return new Float64Array(bits.buffer)[0]!;
}

const THIN = ' ';
const MINUS = '−';
/** A number as label text: at most `digits` significant, thousands marked as everywhere else, shares as per cent. */
function write(x: number, type: TagType, digits: number): string {
  const y = type === 'share' ? x * 100 : x;
  const rounded = Number(Math.abs(y) >= 1000 && digits < 5 ? Math.round(y) : y.toPrecision(digits));
  const size = Math.abs(rounded);
  const text =
    size !== 0 && (size >= 1e21 || size < 1e-6)
      ? String(size).replace(/e\+?/, '·10^')
      : size.toLocaleString('en-GB', { maximumSignificantDigits: 17 });
  return `${rounded < 0 ? MINUS : ''}${text}${type === 'share' ? `${THIN}%` : ''}`;
}

/** Labels of the bands between edges of a number that runs from min to max: "0-13", "over 180"; "up to 250", "250 to 490", "over 2,058". */
function labels(edges: number[], min: number, max: number, type: TagType, digits: number): string[] {
  const w = (x: number) => write(x, type, digits);
  const whole = type === 'int';
  const span = (lo: number, hi: number) => (lo === hi ? w(lo) : `${w(lo)}-${w(hi)}`);
  const all = [-Infinity, ...edges, Infinity];
  return all.slice(1).map((hi, i) => {
    const lo = all[i]!;
    if (hi === Infinity) return whole && Math.floor(lo) + 1 === max ? w(max) : `over ${whole ? w(Math.floor(lo)) : w(lo)}`;
    if (whole) return span(lo === -Infinity ? min : Math.floor(lo) + 1, Math.floor(hi));
    if (lo === -Infinity) return hi === min ? w(hi) : `up to ${w(hi)}`;
    return `${w(lo)} to ${w(hi)}`;
  });
}

/**
 * Default bands (definitions, "default bands"): edges at the known values' type-7 quantiles .2 .4 .6 .8, equal edges merged; an edge at or above the
 * greatest value would leave an empty band and is dropped. Whole numbers cut between integers, so that 13.8 reads "up to 13". Labels are told
 * apart by as many digits as that needs. Where nothing can be cut there is one band of all.
 */
export function quantileCut(quantiles: number[], min: number, max: number, type: TagType): Cut {
  const edges = [...new Set(quantiles)].filter((e) => e < max).sort((a, b) => a - b);
  // Two edges between the same whole numbers make an empty band.
  const kept = type === 'int' ? edges.filter((e, i) => Math.floor(e) >= min && (i === 0 || Math.floor(edges[i - 1]!) !== Math.floor(e))) : edges;
  if (kept.length === 0) {
    const [a, b] = [write(min, type, 3), write(max, type, 3)];
    return { edges: [], labels: [a === b ? a : type === 'int' ? `${a}-${b}` : `${a} to ${b}`], leftClosed: false };
  }
  return { edges: kept, labels: bandLabels(kept, min, max, type), leftClosed: false };
}

/** Names of the bands that ascending edges make, one more than edges, told apart by as many digits as that needs. Whole numbers: type 'int'. */
export function bandLabels(edges: number[], min: number, max: number, type: TagType): string[] {
  let digits = 3;
  let texts = labels(edges, min, max, type, digits);
  const apart = () =>
    new Set(texts).size === texts.length && edges.every((e, i) => i === 0 || write(e, type, digits) !== write(edges[i - 1]!, type, digits));
  while (!apart() && digits < 17) texts = labels(edges, min, max, type, ++digits);
  return texts;
}
