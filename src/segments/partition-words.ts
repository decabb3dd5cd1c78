import { capital, listed } from '../core/sentence.ts';
import type { Entity } from '../core/tag.ts';
import { inMask, type Pair, type Partition } from './partition.ts';
import { numberWords } from './words-number.ts';

const THIN = '\u202f';
const MOST = 90;
/** A share in prose: 7 %, 0.4 %, under 0.1 %. */
function shareWords(x: number): string {
  const p = +(x * 100).toPrecision(12);
  if (p > 0 && p < 0.1) return `under 0.1${THIN}%`;
  return `${p.toLocaleString('en-GB', { maximumFractionDigits: p < 1 ? 1 : 0 })}${THIN}%`;
}
const nouns = (entity: Entity, n: number | null): string => `${entity}${n === 1 ? '' : 's'}`;
const countWords = (n: number | null, k: number, entity: Entity): string =>
  n === null ? `fewer than ${k} ${nouns(entity, null)}` : `${n === 0 ? 'no' : numberWords(n)} ${nouns(entity, n)}`;
const cut = (name: string, most: number): string => (name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name);

/** "A and B, not C"; the part outside all: "In none of them". */
export function partName(names: readonly string[], mask: number): string {
  const within = names.filter((_, i) => inMask(mask, i));
  const without = names.filter((_, i) => !inMask(mask, i));
  if (within.length === 0) return names.length === 1 ? `not ${names[0]}` : 'In none of them';
  return without.length === 0 || names.length > 4
    ? `${without.length ? 'Only ' : ''}${listed(within)}`
    : `${listed(within)}, not ${without.length === 1 ? without[0] : listed(without).replace(/ and ([^,]*)$/, ' or $1')}`;
}

/** Names so short that two of them and a number stay within a title. */
const short = (names: readonly string[]): string[] => names.map((n) => cut(n, 24));

/** The finding of an overlap, at most 90 characters where names allow. Flat data gives no claim. */
export function overlapFinding(p: Partition, names: readonly string[], entity: Entity): string {
  const own = short(names);
  if (names.length === 1) return `${own[0]}: ${countWords(p.sizes[0]!, p.k, entity)}`;
  const known = p.pairs.filter((x): x is Pair & { both: number } => x.both !== null);
  if (known.length === p.pairs.length && known.every((x) => x.both === 0))
    return names.length === 2
      ? `${own[0]} and ${own[1]} share nobody`.replace('nobody', entity === 'user' ? 'nobody' : 'nothing')
      : `No two of these ${names.length} segments share a ${entity}`;
  const top = known.reduce<(Pair & { both: number }) | null>((a, b) => (!a || b.both > a.both ? b : a), null);
  if (!top) return `Any two of these segments share fewer than ${p.k} ${nouns(entity, null)}`;
  const [a, b] = [own[top.i]!, own[top.j]!];
  if (names.length > 2) return cutTitle(`${a} and ${b} share most: ${countWords(top.both, p.k, entity)}`);
  // The smaller one is the one whose share says most.
  const small = p.sizes[top.i]! <= p.sizes[top.j]! ? top.i : top.j;
  return cutTitle(
    `${shareWords(top.both / p.sizes[small]!)} of ${own[small]} ${entity === 'user' ? 'are' : 'is'} in ${own[small === top.i ? top.j : top.i]} too`,
  );
}
const cutTitle = (text: string): string => cut(text, MOST);

/** How many of those in any of the segments are in more than one. */
export function sharedFinding(p: Partition, entity: Entity): string {
  const within = p.none === null || p.several === null ? null : p.universe - p.none;
  if (p.several === 0) return 'No part is shared';
  return within
    ? `${numberWords(p.several!)} of the ${numberWords(within)} ${nouns(entity, within)} in these segments are in more than one`
    : 'Parts and their sizes';
}

/** The largest part inside the segments. */
export function partFinding(p: Partition, names: readonly string[], entity: Entity): string {
  const top = p.parts.filter((x) => x.mask !== 0 && x.n !== null && x.n > 0).sort((a, b) => b.n! - a.n! || a.mask - b.mask)[0];
  return top
    ? cutTitle(`The largest part, ${countWords(top.n, p.k, entity)}: ${partName(short(names), top.mask)}`)
    : 'No part is large enough to show';
}

/** The pair furthest from chance, where any is clear of it. */
export function liftFinding(p: Partition, names: readonly string[]): string {
  const far = (x: Pair): number => Math.abs(Math.log(Math.max(x.lift!, 1e-9)));
  const top = p.pairs.filter((x) => x.clear && x.lift !== null).sort((a, b) => far(b) - far(a))[0];
  if (!top) return 'No two of them share more or fewer than chance would give';
  const [a, b] = short([names[top.i]!, names[top.j]!]);
  if (top.lift === 0) return `Nobody is in both ${a} and ${b}; chance would give some`;
  const times = top.lift!.toLocaleString('en-GB', { maximumSignificantDigits: 2 });
  return `${a} and ${b} share ${times} times what chance would give`;
}

/** The finding of a split check (mutually exclusive, collectively exhaustive), in one sentence. */
export function splitFinding(p: Partition, entity: Entity): string {
  const what = `${nouns(entity, null)}`;
  if (p.none === 0 && p.several === 0) return `A clean split: each of the ${numberWords(p.universe)} ${what} is in exactly one`;
  const outside = p.none === 0 ? null : `${countWords(p.none, p.k, entity)}${shareOf(p.none, p.universe)} ${p.none === 1 ? 'is' : 'are'} in none`;
  const twice =
    p.several === 0
      ? null
      : `${countWords(p.several, p.k, entity)}${shareOf(p.several, p.universe)} ${p.several === 1 ? 'is' : 'are'} in more than one`;
  return `Not a clean split: ${[outside, twice].filter(Boolean).join(', ')}`;
}
const shareOf = (n: number | null, universe: number): string => (n === null || universe === 0 ? '' : ` (${shareWords(n / universe)})`);

/** Segments that add nothing to a split: empty ones, and those wholly inside another, by name. */
export function idleSets(p: Partition, names: readonly string[]): { name: string; inside: string | null }[] {
  return names.flatMap((name, i): { name: string; inside: string | null }[] => {
    if (p.sizes[i] === 0) return [{ name, inside: null }];
    const pair = p.pairs.find((x) => (x.i === i || x.j === i) && x.both === p.sizes[i] && p.sizes[x.i === i ? x.j : x.i]! >= p.sizes[i]!);
    const other = pair && (pair.i === i ? pair.j : pair.i);
    // Two equal segments: only the later one is called idle.
    return other === undefined || (p.sizes[other] === p.sizes[i] && other > i) ? [] : [{ name, inside: names[other]! }];
  });
}

/** A name for the segment of a part: at most 60 characters. */
export const partTitle = (names: readonly string[], mask: number): string => cut(capital(partName(names, mask)), 60);
