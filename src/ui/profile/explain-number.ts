import type { Profile, ProfileTag } from '../../core/profile.ts';
import { asOf, int, num } from '../format.ts';
import type { Explanation } from '../parts/explanation.ts';
import { profileWords as w } from '../words/en-profile.ts';
import { probability } from './explain.ts';
import { numberText } from './number-cut.ts';

/** The proof behind a row of the numbers: both medians, how far the two lie apart and whether chance would do it. */
export function explainNumber(
  profile: Profile,
  tag: ProfileTag,
  {
    name: who,
    currency,
    before,
    acts,
  }: { name: string; currency: string; /** Against the last snapshot. */ before: boolean; acts?: Explanation['acts'] },
): Explanation {
  const n = tag.numbers!;
  const show = (v: number): string => numberText(v, tag, currency);
  const base = profile.baseline.title;
  return {
    value: show(n.median),
    of: w.explainMedian(tag.title, who),
    sentence: [
      w.medianSentence(show(n.median), who, show(n.baseMedian), base),
      (before ? w.medianOftenThen : w.medianOften)(num(((n.delta + 1) / 2) * 100, 2)),
      n.q === null ? w.medianChance : w.chance1(probability(n.q), profile.tested),
    ].join(' '),
    term: w.deltaTerm,
    counted: [
      [w.counted.tag, `${tag.title} (${tag.id})`],
      [w.counted.known, `${int(tag.n)} / ${int(tag.n + tag.unknown)}`],
      [w.counted.knownBase, int(tag.N)],
      [w.counted.window, w.asOfWindow(asOf(profile.asOf))],
      [w.counted.method, before ? w.methodNumberThen : w.methodNumber],
    ],
    sql: profile.sql.join(';\n\n'),
    ms: profile.ms,
    ...(acts ? { acts } : {}),
  };
}
