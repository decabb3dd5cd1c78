import { rows } from '../core/frame.ts';
import type { Moment, TagShift } from '../core/moment.ts';
import type { Goal, TagUse } from '../core/refine.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { cramersV, informationGain, informationValue } from '../stats/information.ts';
import { Z95 } from '../stats/normal.ts';
import { explainedVariance } from '../stats/variance.ts';
import { SHIFTED, shiftsSince } from '../tags/stability.ts';
import { isNumeric, tagValueExpr } from '../tags/values.ts';
import { askGoal, unfit, type AskedGoal } from './goal.ts';
import { cellsOf, cellsSql } from './goal-cells.ts';

/**
 * How useful each tag of users is for a goal: most useful first, then those that may not be judged (definitions-tags, section 5). What has shifted since the
 * last snapshot, `since`, is worth less; without one, and for tags that cannot be compared with it, PSI is 0.
 */
export async function usefulnessOf(
  engine: Engine,
  goal: Goal,
  tags: readonly TagInfo[],
  since: Moment | null,
  opts: QueryOptions = {},
): Promise<TagUse[]> {
  const asked = askGoal(goal, tags);
  const judged = tags.filter((t) => t.entity === 'user' && t.known > 0);
  const shifts = new Map((since ? await shiftsSince(engine, since, judged, opts) : []).map((s) => [s.id, s]));
  const out: TagUse[] = [];
  for (const tag of judged) {
    const why = unfit(tag, asked);
    out.push(why ? none(tag, why) : await useOf(engine, tag, asked, worthOf(tag, shifts.get(tag.id)), opts));
  }
  return out.sort((a, b) => Number(a.refused !== null) - Number(b.refused !== null) || b.usefulness - a.usefulness || (a.id < b.id ? -1 : 1));
}

const none = (tag: TagInfo, refused: string): TagUse => ({
  id: tag.id,
  title: tag.title,
  refused,
  n: 0,
  gain: 0,
  lo: 0,
  hi: 0,
  u: null,
  statistic: 0,
  p: 1,
  iv: null,
  strength: 0,
  measure: 'V',
  usefulness: 0,
});

/** coverage × max(0, 1 − PSI/0.25) × freshness score */
const worthOf = (tag: TagInfo, shift: TagShift | undefined): number =>
  (tag.universe ? tag.known / tag.universe : 0) *
  Math.max(0, 1 - (shift?.psi ?? 0) / SHIFTED) *
  (tag.freshness === null ? 1 : 2 ** (-tag.freshness / 90));

async function useOf(engine: Engine, tag: TagInfo, goal: AskedGoal, worth: number, opts: QueryOptions): Promise<TagUse> {
  const cells = [...cellsOf(await engine.query(cellsSql(tagValueExpr(tag, 't'), goal), opts), goal).values()];
  const between = (x: number, se: number): { gain: number; lo: number; hi: number } => ({ gain: x, lo: Math.max(0, x - Z95 * se), hi: x + Z95 * se });
  if (goal.of === 'classes') {
    const g = informationGain(cells);
    if (!g) return none(tag, 'No user has both it and the goal.');
    const strength = cramersV(cells) ?? 0;
    const { u, g: statistic, p, n } = g;
    return {
      ...none(tag, ''),
      refused: null,
      n,
      ...between(g.ig, g.se),
      u,
      statistic,
      p,
      iv: informationValue(cells),
      strength,
      measure: 'V',
      usefulness: 100 * strength * worth,
    };
  }
  const e = explainedVariance(cells);
  if (!e) return none(tag, 'No user has both it and the goal.');
  const rho = isNumeric(tag.type) ? rows<{ r: number | null }>(await engine.query(spearmanSql(tag.id, goal), opts))[0]!.r : null;
  const strength = rho === null ? Math.sqrt(e.eta2) : Math.abs(rho);
  return {
    ...none(tag, ''),
    refused: null,
    n: e.n,
    ...between(e.eta2, e.se),
    statistic: e.f,
    p: e.p,
    strength,
    measure: rho === null ? 'η' : 'ρ',
    usefulness: 100 * strength * worth,
  };
}

/** Spearman's ρ: Pearson of mid-ranks. */
const spearmanSql = (
  id: string,
  goal: AskedGoal,
): string => `WITH k AS (SELECT CAST(t.${ident(id)} AS DOUBLE) AS x, ${goal.sql} AS y FROM user_tags t),
b AS (SELECT x, y FROM k WHERE x IS NOT NULL AND y IS NOT NULL)
SELECT corr(a, c) AS r FROM (SELECT rank() OVER (ORDER BY x) + (count(*) OVER (PARTITION BY x) - 1) / 2.0 AS a, rank() OVER (ORDER BY y) + (count(*) OVER (PARTITION BY y) - 1) / 2.0 AS c FROM b)`;
