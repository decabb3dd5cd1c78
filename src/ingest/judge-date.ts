import type { ColumnFacts } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { DATE_FORMS, dateForm, formsLike, swapped } from './date-forms.ts';
import { formSql, parseDate } from './parse-date.ts';

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
  const forms = like ? withTwins(like) : [];
  while (!like) {
    const found = await formsIn(engine, source, forms, signal);
    if (found.length === 0) break;
    forms.push(...found);
  }
  if (forms.length === 0) return NO_DATES;
  const { dates, ambiguous } = await count(engine, source, forms, signal);
  if (dates.length === 0) return NO_DATES;
  const total = dates.reduce((n, d) => n + d.n, 0);
  const span = await engine.query(
    `SELECT CAST(min(t) AS VARCHAR) AS lo, CAST(max(t) AS VARCHAR) AS hi FROM (SELECT ${parseDate({ dates }, 'v').ts} AS t FROM ${source} WHERE ${PLAUSIBLE})`,
    { signal },
  );
  return {
    date: total / known,
    dates,
    ambiguous,
    offset: dates.some((d) => d.form.includes('offset')),
    first: column(span, 'lo')[0] as string | null,
    last: column(span, 'hi')[0] as string | null,
  };
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
  return withTwins((Array.from(column(frame, 'v')) as string[]).flatMap(formsLike)).filter((id) => !forms.includes(id));
}

/** Rows per form; values that read both ways go to the order that other values prove. */
async function count(engine: Engine, source: string, forms: string[], signal?: AbortSignal): Promise<Pick<DateFacts, 'dates' | 'ambiguous'>> {
  const sum = (where: string, as: string): string => `coalesce(sum(n) FILTER (${where}), 0)::DOUBLE AS ${as}`;
  const twin = forms.map((id) => forms.indexOf(swapped(id) ?? ''));
  const alone = forms.map((_, i) => sum(twin[i]! < 0 ? `t${i} IS NOT NULL` : `t${i} IS NOT NULL AND t${twin[i]!} IS NULL`, `n${i}`));
  const both = forms.flatMap((_, i) => (twin[i]! < 0 ? [] : [sum(`t${i} IS NOT NULL AND t${twin[i]!} IS NOT NULL`, `b${i}`)]));
  const cast = forms.map((id, i) => `${formSql(dateForm(id), 'v')} AS t${i}`).join(', ');
  const frame = await engine.query(`SELECT ${[...alone, ...both].join(', ')} FROM (SELECT n, ${cast} FROM ${source} WHERE ${PLAUSIBLE})`, { signal });
  const n = forms.map((_, i) => Number(column(frame, `n${i}`)[0]));
  const b = forms.map((_, i) => (twin[i]! < 0 ? 0 : Number(column(frame, `b${i}`)[0])));
  const proof = (order: string): number => forms.reduce((s, id, i) => (id.startsWith(order) ? s + n[i]! : s), 0);
  const dayFirst = proof('d/m/');
  const monthFirst = proof('m/d/');
  const ambiguous = b.some((x) => x > 0) && Math.min(dayFirst, monthFirst) >= SLIPS * Math.max(dayFirst, monthFirst);
  const taker = monthFirst > dayFirst ? 'm/d/' : 'd/m/';
  const dates = forms
    .map((form, i) => ({ form, n: n[i]! + (form.startsWith(taker) ? b[i]! : 0) }))
    .filter((d) => d.n > 0)
    .sort((x, y) => y.n - x.n || forms.indexOf(x.form) - forms.indexOf(y.form));
  return { dates, ambiguous };
}
