import type { Profile, ProfileCell, ProfileTag } from '../../core/profile.ts';
import { asOf, int, num, pct } from '../format.ts';
import type { Explanation } from '../parts/explanation.ts';
import { profileWords as w } from '../words/en-profile.ts';

/** The proof behind one cell of a profile: its sentence, calculation, interval, what was counted and the SQL. */
export function explainCell(profile: Profile, tag: ProfileTag, cell: ProfileCell, who: string, acts: Explanation['acts']): Explanation {
  const base = profile.baseline.title;
  return {
    value: cell.tgi === null ? pct(cell.share) : int(cell.tgi),
    of: cell.tgi === null ? w.explainShare(cell.value, who) : w.explainTgi(cell.value, who),
    sentence: `${w.sentence(pct(cell.share), who, cell.value, tag.title, pct(cell.base), base, cell.tgi === null ? null : num(cell.tgi / 100))}${cell.clear ? '' : ` ${w.notClear}`}`,
    term: w.term,
    calculation: {
      parts: [
        { figure: int(cell.a), of: w.partHere(int(tag.n)), share: pct(cell.share), tone: 'seg' },
        { figure: int(cell.K), of: w.partBase(int(tag.N)), share: pct(cell.base), tone: 'base' },
        { figure: '100', of: '', tone: 'base' },
      ],
      ops: ['÷', '×'],
    },
    ...(cell.tgi === null
      ? {}
      : {
          sure: {
            value: cell.tgi,
            lo: cell.lo,
            hi: cell.hi,
            zero: 100,
            log: true,
            format: (x: number) => int(x),
            note: cell.q === null ? w.notClear : w.chance1(probability(cell.q), profile.tested),
          },
        }),
    counted: [
      [w.counted.tag, `${tag.title} (${tag.id})`],
      [w.counted.known, `${int(tag.n)} / ${int(tag.n + tag.unknown)}`],
      [w.counted.knownBase, int(tag.N)],
      [w.counted.window, w.asOfWindow(asOf(profile.asOf))],
      [w.counted.method, w.method],
    ],
    sql: profile.sql.join(';\n\n'),
    ms: profile.ms,
    ...(acts ? { acts } : {}),
  };
}

/** A probability to two significant digits; very small ones as a bound. */
export const probability = (p: number): string => (p < 0.0001 ? 'under 0.0001' : num(p, 2));
