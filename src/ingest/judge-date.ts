import type { ColumnFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { DATE_FORMS, dateForm, formsLike, swapped } from './date-forms.ts';
import { formSql } from './parse-date.ts';

export type DateFacts = Pick<ColumnFacts, 'date' | 'dates' | 'ambiguous' | 'offset'> & { first: string | null; last: string | null };
export const NO_DATES: DateFacts = { date: 0, dates: [], ambiguous: false, offset: false, first: null, last: null };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Starts like a date, with a digit or an English month, and is no longer than the longest form. */
const PLAUSIBLE = `length(v) BETWEEN 6 AND 40 AND (left(v, 1) BETWEEN '0' AND '9' OR lower(left(v, 3)) IN (${MONTHS.map((m) => `'${m}'`).join(', ')}))`;
const SAMPLE = 5000;
/** So few values of the other order are slips of a pen and do not make the order doubtful. */
const SLIPS = 0.01;

/**
 * Date forms of a column, over all its values. `like`: forms that values look like, where all of them were seen; null where not: then a sample
 * tells which forms to count, and what fits none of them is sampled again until nothing new turns up.
 * Source of the rules: definitions, section 2, *Dates*.
 */
export async function judgeDates(engine: Engine, source: string, known: number, like: string[] | null, signal?: AbortSignal): Promise<DateFacts> {
  let forms = withTwins(like ?? (await formsIn(engine, source, [], signal)));
  let seen = await count(engine, source, forms, signal);
  // What looks like a date and is none in these forms may be one in another.
  while (!like && forms.length > 0 && seen.rest > 0) {
    const more = await formsIn(engine, source, forms, signal);
    if (more.length === 0) break;
    forms = withTwins([...forms, ...more]);
    seen = await count(engine, source, forms, signal);
  }
  const { dates, ambiguous, first, last } = seen;
  if (dates.length === 0) return NO_DATES;
  const date = dates.reduce((n, d) => n + d.n, 0) / known;
  return { date, dates, ambiguous, offset: dates.some((d) => dateForm(d.form).id.includes('offset')), first, last };
}

/** A form comes with its twin of the other day and month order; all in the order of the catalogue. */
function withTwins(forms: string[]): string[] {
  const wanted = new Set(forms.flatMap((id) => [id, swapped(id) ?? id]));
  return DATE_FORMS.map((f) => f.id).filter((id) => wanted.has(id));
}

/** Forms met among the first values that fit none of `forms`. */
async function formsIn(engine: Engine, source: string, forms: string[], signal?: AbortSignal): Promise<string[]> {
  const left = forms.map((id) => ` AND ${formSql(dateForm(id), 'v')} IS NULL`).join('');
  const frame = await engine.query(`SELECT v FROM ${source} WHERE ${PLAUSIBLE}${left} LIMIT ${SAMPLE}`, { signal });
  return [...new Set((Array.from(column(frame, 'v')) as string[]).flatMap(formsLike))].filter((id) => !forms.includes(id));
}

interface Seen {
  dates: DateFacts['dates'];
  ambiguous: boolean;
  rest: number;
  first: string | null;
  last: string | null;
}

/** Rows per form; values that read both ways go to the order that other values prove. `rest`: rows that look like a date and fit no form. */
async function count(engine: Engine, source: string, forms: string[], signal?: AbortSignal): Promise<Seen> {
  if (forms.length === 0) return { dates: [], ambiguous: false, rest: 0, first: null, last: null };
  const sum = (where: string, as: string): string => `coalesce(sum(n) FILTER (${where}), 0)::DOUBLE AS ${as}`;
  const twin = forms.map((id) => forms.indexOf(swapped(id) ?? ''));
  const alone = forms.map((_, i) => sum(twin[i]! < 0 ? `t${i} IS NOT NULL` : `t${i} IS NOT NULL AND t${twin[i]!} IS NULL`, `n${i}`));
  const both = forms.flatMap((_, i) => (twin[i]! < 0 ? [] : [sum(`t${i} IS NOT NULL AND t${twin[i]!} IS NOT NULL`, `b${i}`)]));
  const any = (order: string): string =>
    `coalesce(${[...forms.keys()]
      .sort((a, b) => Number(forms[b]!.startsWith(order)) - Number(forms[a]!.startsWith(order)))
      .map((i) => `t${i}`)
      .join(', ')})`;
  const spans = ['d/m/', 'm/d/'].flatMap((order, k) => [
    `CAST(min(${any(order)}) AS VARCHAR) AS lo${k}`,
    `CAST(max(${any(order)}) AS VARCHAR) AS hi${k}`,
  ]);
  const none = forms.map((_, i) => `t${i} IS NULL`).join(' AND ');
  const cast = forms.map((id, i) => `${formSql(dateForm(id), 'v')} AS t${i}`).join(', ');
  const frame = await engine.query(
    `SELECT ${[...alone, ...both, ...spans, sum(none, 'rest')].join(', ')} FROM (SELECT n, ${cast} FROM ${source} WHERE ${PLAUSIBLE})`,
    { signal },
  );
  const at = (name: string): number => Number(column(frame, name)[0]);
  const n = forms.map((_, i) => at(`n${i}`));
  const b = forms.map((_, i) => (twin[i]! < 0 ? 0 : at(`b${i}`)));
  const proof = (order: string): number => forms.reduce((s, id, i) => (id.startsWith(order) ? s + n[i]! : s), 0);
  const dayFirst = proof('d/m/');
  const monthFirst = proof('m/d/');
  const ambiguous = b.some((x) => x > 0) && Math.min(dayFirst, monthFirst) >= SLIPS * Math.max(dayFirst, monthFirst);
  const american = monthFirst > dayFirst;
  const dates = forms
    .map((form, i) => ({ form, n: n[i]! + (form.startsWith(american ? 'm/d/' : 'd/m/') ? b[i]! : 0) }))
    .filter((d) => d.n > 0)
    .sort((x, y) => y.n - x.n || forms.indexOf(x.form) - forms.indexOf(y.form));
  const [first, last] = ['lo', 'hi'].map((k) => column(frame, `${k}${american ? 1 : 0}`)[0] as string | null) as [string | null, string | null];
  return { dates, ambiguous, rest: at('rest'), first, last };
}
