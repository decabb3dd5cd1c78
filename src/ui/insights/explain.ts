import type { Answered } from '../../core/analysis.ts';
import { asOf, int } from '../format.ts';
import type { Explanation } from '../parts/explanation.ts';
import { insightWords as w } from '../words/en-insights.ts';

/** A formula of the answer with its source, '' where it has none of that id. */
export const formulaOf = ({ provenance }: Answered, id: string): string =>
  provenance.formulas
    .filter((f) => f.id === id)
    .map((f) => `${f.text} (${f.source})`)
    .join('');

/** What every explained number of an answer shares: window, rows used and left out, its formulas, the SQL that ran and how long it took. */
export function explained(
  got: Answered,
  own: Omit<Explanation, 'counted' | 'sql' | 'ms'>,
  formulas: readonly string[],
  more: [string, string][] = [],
): Explanation {
  const { rows } = got.answer;
  const { provenance } = got;
  return {
    ...own,
    counted: [
      [w.counted.window, `${w.asOf(asOf(provenance.asOf))}, ${provenance.zone}`],
      [w.counted.rows, `${int(rows.used)} ${rows.unit}`],
      ...(rows.left.length ? [[w.counted.left, rows.left.map((l) => `${int(l.n)} ${l.why}`).join('; ')] as [string, string]] : []),
      ...more,
      [
        w.counted.formula,
        formulas
          .map((id) => formulaOf(got, id))
          .filter(Boolean)
          .join('; '),
      ],
    ],
    sql: provenance.sql.map((s) => `-- ${s.name}\n${s.text}`).join(';\n\n'),
    ms: provenance.ms,
  };
}
