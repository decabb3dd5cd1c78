import { listed } from '../core/sentence.ts';
import type { Difference } from '../core/findings.ts';
import { clause, LONGEST, phrase } from './finding.ts';
import { share1, shareOf } from './say.ts';

/** Shares as a pair says them: whole per cents, unless they would then read alike. */
const two = (x: number, y: number): [string, string] => (shareOf(x) === shareOf(y) ? [share1(x), share1(y)] : [shareOf(x), shareOf(y)]);

/**
 * One sentence that says what sets the segments apart, made from the first clear difference: "62 % of Champions are women, 31 % of Lapsed", which fits
 * any name, singular or plural; of three or more it says between which two. Nothing clear: "No clear difference among A, B and C".
 */
export function differencesFinding(differences: Difference[], names: string[]): string {
  const top = differences.find((d) => d.clear);
  if (!top) return `No clear difference ${names.length === 2 ? 'between' : 'among'} ${listed(names)}`;
  const [x, y] = two(top.shares[top.more]!.share, top.shares[top.less]!.share);
  const [more, less] = [names[top.more]!, names[top.less]!];
  const what = phrase({ id: top.tag, title: top.title, type: top.type }, top.value);
  const full =
    names.length > 2 && top.extremes
      ? `${x} of ${more} ${clause(what)}, the most; ${y} of ${less}, the least`
      : `${x} of ${more} ${clause(what)}, ${y} of ${less}`;
  return full.length <= LONGEST ? full : `${what[0]!.toUpperCase()}${what.slice(1)}: ${x} against ${y}`;
}
