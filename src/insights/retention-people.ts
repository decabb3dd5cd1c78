import type { AnalysisContext, MarkId } from '../core/analysis.ts';
import type { Did, Rule } from '../core/rule.ts';
import { eventOf, kindsOf } from './event.ts';
import { periodLabel, periodStart } from './periods.ts';
import { underClock } from './retention-range.ts';
import { bracketPeopleSql, bracketsOf, retentionPeopleSql } from './retention-sql.ts';
import { stepName, whoEnters } from './retention-title.ts';
import type { RetentionParams } from './retention-types.ts';

/**
 * A mark is a cell {cohort, n}, a cohort {cohort}, or a point of a curve {n} (with `group` for a curve of the breakdown), under another way to count with
 * `count` and `clock`; `away` is those of it who did not come back; {bracket} those active in bracket number so and so. Calendar cells are rules of the
 * segment language; the rolling clock counts from each one's own first day, which the language cannot say: those are the ids of exactly these people.
 */
export function retentionPeople(
  mark: MarkId,
  asked: RetentionParams,
  ctx: AnalysisContext,
): { rule: Rule; name: string } | { sql: string; name: string } {
  const clock = mark['clock'] as RetentionParams['clock'] | undefined;
  const p = {
    ...(clock && clock !== asked.clock ? underClock(asked, clock) : asked),
    ...(mark['count'] ? { count: mark['count'] as 'on' | 'after' } : {}),
  };
  const c = typeof mark['cohort'] === 'number' ? mark['cohort'] : null;
  const n = typeof mark['n'] === 'number' ? mark['n'] : null;
  const group = typeof mark['group'] === 'string' ? mark['group'] : 'here';
  const start = eventOf(p.start, ctx.facts);
  const name = [
    c === null ? whoEnters(start, p.entry) : `${whoEnters(start, p.entry)} of ${periodLabel(p.period, c)}`,
    ...(n === null ? [] : [`back in ${stepName(p, n)}${p.count === 'after' ? ' or later' : ''}`]),
  ].join(', ');
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const bracket = typeof mark['bracket'] === 'number' ? bracketsOf(p.brackets)[mark['bracket']] : undefined;
  if (bracket) {
    const [a, b] = bracket.map((x) => stepName(p, x));
    return { sql: bracketPeopleSql(p, ctx, mark['bracket'] as number), name: `${title}, back between ${a} and ${b}` };
  }
  const away = mark['away'] === 1 && n !== null;
  if (away) return { sql: retentionPeopleSql(p, ctx, { c, n, group, away }), name: title.replace(', back in ', ', not back in ') };
  if (c === null || p.clock !== 'calendar' || group !== 'here') return { sql: retentionPeopleSql(p, ctx, { c, n, group, away }), name: title };
  const did = (event: string, within: Did['within']): Rule => ({ did: { event: kindsOf(event, ctx.facts), ...(within ? { within } : {}) } });
  const period = (i: number, open = false): Did['within'] => ({
    from: periodStart(p.period, i),
    ...(open ? {} : { to: periodStart(p.period, i + 1) }),
  });
  const back = p.return === 'same' ? start : eventOf(p.return, ctx.facts);
  return {
    name: title,
    rule: {
      all: [
        ...(ctx.here ? [ctx.here.rule] : []),
        did(start, period(c)),
        ...(p.entry === 'first' ? [{ didNot: { event: kindsOf(start, ctx.facts), within: { to: periodStart(p.period, c) } } }] : []),
        ...(n === null ? [] : [did(back, period(c + n, p.count === 'after'))]),
        ...(n !== null && n > 0 && p.reference === 'previous' && p.count === 'on' ? [did(back, period(c + n - 1))] : []),
      ],
    },
  };
}
