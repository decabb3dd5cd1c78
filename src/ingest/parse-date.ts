import type { ColumnFacts } from '../core/files.ts';
import { padded, trimmed } from './cell.ts';
import type { DateForm } from './date-forms.ts';
import { dateForm, swapped } from './date-forms.ts';

export interface DateSql {
  /** SQL for a TIMESTAMP, NULL where the cell fits none of the column's forms. */
  ts: string;
  /** SQL for a BOOLEAN: true where `ts` is an instant in UTC (offset given, epoch), false where it is wall clock of the file's zone. */
  instant: string;
  /** Same for all rows? Then the caller needs no CASE. */
  allInstant: boolean;
  noneInstant: boolean;
}

/** SQL: this form's timestamp of a trimmed value, NULL where it does not fit. */
export const formSql = (form: DateForm, v: string): string => `CASE WHEN regexp_full_match(${v}, '${form.pattern}') THEN ${form.ts(v)} END`;

/** The column's forms in the order in which a value takes the first that fits, with the user's answer to d/m or m/d put in. */
export function formsOf(facts: Pick<ColumnFacts, 'dates'>, dayFirst?: boolean): DateForm[] {
  const met = facts.dates.map((d) => d.form);
  const ids = met.flatMap((id) => {
    const other = swapped(id);
    if (other === null || dayFirst === undefined) return [id];
    const chosen = id.startsWith('d/m/') === dayFirst ? id : other;
    return met.includes(other) ? [chosen, chosen === id ? other : id] : [chosen];
  });
  return [...new Set(ids)].map(dateForm);
}

/** SQL: the first form that fits a trimmed value. */
export function firstForm(forms: readonly DateForm[], v: string): string {
  const parts = forms.map((f) => formSql(f, v));
  return parts.length === 0 ? 'CAST(NULL AS TIMESTAMP)' : parts.length === 1 ? parts[0]! : `coalesce(${parts.join(', ')})`;
}

/**
 * SQL that casts a text column to a TIMESTAMP by the forms met in it (facts.dates), each value by the first form that fits.
 * `dayFirst` is the user's answer where d/m against m/d was asked; undefined takes what the column decided.
 * A column without date forms gives NULL.
 */
export function parseDate(facts: Pick<ColumnFacts, 'dates'>, expr: string, dayFirst?: boolean): DateSql {
  const forms = formsOf(facts, dayFirst);
  // Blanks around a date are rare: only then the cell is trimmed.
  const either = (of: (v: string) => string): string => `CASE WHEN ${padded(expr)} THEN ${of(trimmed(expr))} ELSE ${of(expr)} END`;
  const ts = forms.length === 0 ? firstForm(forms, expr) : either((v) => firstForm(forms, v));
  const allInstant = forms.length > 0 && forms.every((f) => f.instant);
  const noneInstant = !forms.some((f) => f.instant);
  const kind = (v: string): string => `CASE ${forms.map((f) => `WHEN ${formSql(f, v)} IS NOT NULL THEN ${f.instant}`).join(' ')} ELSE false END`;
  const instant = allInstant ? 'true' : noneInstant ? 'false' : either(kind);
  return { ts, instant, allInstant, noneInstant };
}
