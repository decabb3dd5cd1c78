import type { AnalysisContext } from '../core/analysis.ts';
import { ident, literal } from '../engine/sql.ts';
import { eventOf, isEvent } from './event.ts';
import { periodOf, periodSql } from './periods.ts';
import type { RetentionParams } from './retention-types.ts';

/** Pairs [a, b] of '1-3, 4-6'. */
export const bracketsOf = (text: string): [number, number][] => [...text.matchAll(/(\d+)\s*-\s*(\d+)/g)].map((m) => [Number(m[1]), Number(m[2])]);

/** At most so many values of a breakdown get a curve, by users. */
const MOST_VALUES = 6;
/** Groups of users with a name each: those looked at, the baseline, the baseline without those, and the values of the breakdown. */
function groupsSql(p: RetentionParams, ctx: AnalysisContext): string {
  const within = (members: string | undefined): string => (members ? ` WHERE u IN (${members})` : '');
  const here = within(ctx.here?.members);
  const parts = [`SELECT u, 'here' AS g FROM universe${here}`];
  if (ctx.here && ctx.base) {
    parts.push(`SELECT u, 'base' AS g FROM universe${within(ctx.base.members)}`);
    parts.push(`SELECT u, 'rest' AS g FROM universe WHERE u IN (${ctx.base.members}) AND u NOT IN (${ctx.here.members})`);
  }
  if (p.breakdown) {
    const v = `CAST(${ident(p.breakdown)} AS VARCHAR)`;
    const top = `SELECT ${v} FROM user_tags${here ? `${here} AND` : ' WHERE'} ${v} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_VALUES}`;
    parts.push(`SELECT u, 'is:' || ${v} AS g FROM user_tags${here ? `${here} AND` : ' WHERE'} ${v} IN (${top})`);
  }
  return parts.join(' UNION ALL ');
}

/** One step of the clock, and the time of a row on it. */
function clockOf(p: RetentionParams): { x: string; asOf: string; step: number } {
  if (p.clock === 'calendar') return { x: periodSql(p.period, 'e.ts'), asOf: periodSql(p.period, 'as_of()'), step: 1 };
  if (p.clock === 'rolling') return { x: periodSql('day', 'e.ts'), asOf: periodSql('day', 'as_of()'), step: p.days };
  return { x: 'epoch_us(e.utc)', asOf: 'epoch_us(as_of_utc())', step: p.days * 86_400_000_000 };
}

/**
 * `entries(u, t0, c, f)`: who came in when (t0 on the clock, c its calendar period), and f, the last period of theirs that has fully ended by asOf.
 * `pairs(u, t0, c, f, n)`: the periods n after the entry in which they were active. `tops(…, m)`: the last of these.
 */
export function retentionCtes(p: RetentionParams, ctx: AnalysisContext): string {
  const { x, asOf, step } = clockOf(p);
  const start = isEvent(eventOf(p.start, ctx.facts));
  const back = isEvent(p.return === 'same' ? eventOf(p.start, ctx.facts) : eventOf(p.return, ctx.facts));
  const after = (a: string): string => (step === 1 ? `(${a} - n.t0)` : `((${a} - n.t0) // ${step})`);
  const first = `SELECT u, min(x) AS t0, min(c) AS c FROM hits WHERE s GROUP BY u`;
  const entered = p.entry === 'first' ? first : `SELECT DISTINCT u, x AS t0, c FROM hits WHERE s`;
  const cut = p.leftCut === 'exclude' && p.entry === 'first' && ctx.facts.firstEvent ? ` WHERE c > ${periodOf(p.period, ctx.facts.firstEvent)}` : '';
  const most = Math.max(p.periods, ...bracketsOf(p.brackets).map(([, b]) => b));
  return `WITH who AS (${groupsSql(p, ctx)}),
hits AS MATERIALIZED (SELECT DISTINCT e.u, ${x} AS x, ${periodSql(p.period, 'e.ts')} AS c, ${start} AS s, ${back} AS r FROM ev0 e
  WHERE e.ts IS NOT NULL AND (${start} OR ${back}) AND e.u IN (SELECT u FROM who)),
entries AS MATERIALIZED (SELECT n.u, n.t0, n.c, ${step === 1 ? `${asOf} - n.t0` : `(${asOf} - n.t0) // ${step}`} - 1 AS f FROM (${entered}) n${cut}),
pairs AS MATERIALIZED (SELECT DISTINCT n.u, n.t0, n.c, n.f, ${after('h.x')} AS n FROM entries n JOIN hits h ON h.u = n.u AND h.r AND h.x >= n.t0 WHERE ${after('h.x')} <= ${most}),
tops AS (SELECT n.u, n.t0, n.c, n.f, ${after('h.x')} AS m FROM entries n JOIN (SELECT u, max(x) AS x FROM hits WHERE r GROUP BY u) h ON h.u = n.u AND h.x >= n.t0)`;
}

/**
 * Counts per group g, cohort c and f: `entered`; `on` (active in period n; k2: in n − 1 too); `last` (last active in period n, at most the horizon);
 * `bracket` number n (k: entries; k2: active in it at least once).
 */
export function retentionSql(p: RetentionParams, ctx: AnalysisContext): string {
  const brackets = bracketsOf(p.brackets).map(
    ([a, b], i) =>
      `SELECT 'bracket' AS what, g, 0 AS c, 0 AS f, ${i} AS n, count(*) AS k, count(*) FILTER ((e.u, e.t0) IN (SELECT (u, t0) FROM pairs WHERE n BETWEEN ${a} AND ${b})) AS k2
FROM entries e JOIN who USING (u) WHERE f >= ${b} GROUP BY g`,
  );
  return `${retentionCtes(p, ctx)}
SELECT what, g, c, f, n, k, k2 FROM (
SELECT 'entered' AS what, g, c, f, 0 AS n, count(*) AS k, 0 AS k2 FROM entries JOIN who USING (u) GROUP BY g, c, f
UNION ALL SELECT 'on', g, c, f, n, count(*), count(*) FILTER (before) FROM (SELECT u, c, f, n, lag(n) OVER (PARTITION BY u, t0 ORDER BY n) IS NOT DISTINCT FROM n - 1 AS before FROM pairs) JOIN who USING (u) WHERE n <= ${p.periods} GROUP BY g, c, f, n
UNION ALL SELECT 'last', g, c, f, least(m, ${p.periods}), count(*), 0 FROM tops JOIN who USING (u) GROUP BY g, c, f, least(m, ${p.periods})
${brackets.map((b) => `UNION ALL ${b}`).join('\n')}) ORDER BY what, g, c, f, n`;
}

/** Rows read and left out, and users who never entered. */
export function retentionRowsSql(p: RetentionParams, ctx: AnalysisContext): string {
  const start = isEvent(eventOf(p.start, ctx.facts));
  const back = p.return === 'same' ? start : isEvent(eventOf(p.return, ctx.facts));
  const here = ctx.here ? `u IN (${ctx.here.members})` : 'true';
  return `SELECT count(*) FILTER (e.ts IS NOT NULL) AS used, count(*) FILTER (e.ts IS NULL) AS undated, count(DISTINCT e.u) FILTER (e.ts IS NOT NULL AND ${start}) AS users,
(SELECT count(*) FROM universe WHERE ${here}) AS everyone FROM ev0 e WHERE (${start} OR ${back}) AND ${here}`;
}

/** A part of the answer: cohort `c` (all where null), period `n` (null: all who entered), a group, and whether those who stayed away are meant. */
export interface Part {
  c: number | null;
  n: number | null;
  group: string;
  away: boolean;
}
/** The people of a part: active in period n (or in any from n on), or eligible for it and not active. */
export function retentionPeopleSql(p: RetentionParams, ctx: AnalysisContext, { c, n, group, away }: Part): string {
  const of = c === null ? 'true' : `c = ${c}`;
  const running = p.clock === 'calendar' && c !== null ? `f >= ${(n ?? 0) - 1}` : `f >= ${n ?? 0}`;
  const active = (m: number): string =>
    p.count === 'after'
      ? `SELECT u, t0 FROM tops WHERE ${of} AND ${running} AND m >= ${m}`
      : `SELECT u, t0 FROM pairs WHERE ${of} AND ${running} AND n = ${m}`;
  const eligible = n !== null && n > 0 && p.reference === 'previous' ? active(n - 1) : `SELECT u, t0 FROM entries WHERE ${of} AND ${running}`;
  const from = n === null ? `SELECT u, t0 FROM entries WHERE ${of}` : `(${eligible}) ${away ? 'EXCEPT' : 'INTERSECT'} (${active(n)})`;
  return `${retentionCtes(p, ctx)} SELECT DISTINCT u FROM (${from}) WHERE u IN (SELECT u FROM who WHERE g = ${literal(group)})`;
}

/** Those of everyone looked at who were active at least once in bracket number i. */
export function bracketPeopleSql(p: RetentionParams, ctx: AnalysisContext, i: number): string {
  const [a, b] = bracketsOf(p.brackets)[i]!;
  return `${retentionCtes(p, ctx)} SELECT DISTINCT u FROM pairs WHERE n BETWEEN ${a} AND ${b} AND f >= ${b} AND u IN (SELECT u FROM who WHERE g = 'here')`;
}
