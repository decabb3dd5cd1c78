import type { Rule, Step } from '../core/rule.ts';
import type { RuleContext } from './context.ts';
import { matchSql } from './did-sql.ts';
import { intervalSql } from './span.ts';

export type Sequence = Extract<Rule, { sequence: Step[] }>;
/** The column that all rows share. A row without order id has an order of its own; a session is the occasion where none is mapped. */
const SAME = { product_id: 'p', session_id: 'occ', order_id: 'ord' } as const;

/**
 * A sequence as a condition on `t.u`, in time linear in the events. Rows run in (time, row) order. Each step keeps the rows it can end on, with the
 * latest possible time of the first step: a row is reached if the last reached row of the step before lies before it and within `gap`. The latest
 * one suffices, since both its time and its start never fall as rows go on. `no` looks at the next match after the step before it.
 */
export function sequenceSql(rule: Sequence, ctx: RuleContext): string {
  const steps = rule.sequence.filter((s): s is Exclude<Step, { no: unknown }> => !('no' in s));
  const last = rule.sequence.at(-1)!;
  const no = 'no' in last ? last.no : null;
  const key = rule.same ? `, ${SAME[rule.same]}` : '';
  const order = `PARTITION BY u${key} ORDER BY utc, row`;
  const before = `(${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
  const after = `(${order} ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)`;
  const matches = [...steps, ...(no ? [no] : [])].map((s) => `coalesce(${matchSql(s, ctx)}, false)`);
  const flags = matches.map((m, i) => `${m} AS m${i}`).join(', ');
  const some = `(${matches.join(' OR ')})`;
  const known = rule.same ? ` AND e.${SAME[rule.same]} IS NOT NULL` : '';
  const ctes = [
    `s AS (SELECT e.u${rule.same ? `, e.${SAME[rule.same]}` : ''}, e.utc, e.row, ${flags} FROM ev0 e WHERE e.utc IS NOT NULL${known} AND ${some})`,
  ];
  ctes.push(`s0 AS (SELECT *, CASE WHEN m0 THEN utc END AS r, CASE WHEN m0 THEN utc END AS f FROM s)`);
  for (let i = 1; i < steps.length; i++) {
    const reach = `m${i} AND pr IS NOT NULL${rule.gap ? ` AND utc <= pr + ${intervalSql(rule.gap)}` : ''}`;
    ctes.push(`p${i} AS (SELECT * EXCLUDE (r, f), max(r) OVER ${before} AS pr, max(f) OVER ${before} AS pf FROM s${i - 1})`);
    ctes.push(`s${i} AS (SELECT * EXCLUDE (pr, pf), CASE WHEN ${reach} THEN utc END AS r, CASE WHEN ${reach} THEN pf END AS f FROM p${i})`);
  }
  const end = steps.length - 1;
  const tests = ['r IS NOT NULL'];
  if (rule.within) tests.push(`utc <= f + ${intervalSql(rule.within)}`);
  let from = `s${end}`;
  if (no) {
    const gap = intervalSql(rule.gap!);
    from = `(SELECT *, min(CASE WHEN m${steps.length} THEN utc END) OVER ${after} AS nx FROM s${end})`;
    tests.push(`as_of_utc() >= utc + ${gap}`, `coalesce(nx > utc + ${gap}, true)`);
  }
  return `t.u IN (WITH ${ctes.join(', ')} SELECT u FROM ${from} WHERE ${tests.join(' AND ')})`;
}
