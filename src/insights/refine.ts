import { rows } from '../core/frame.ts';
import { TesseraError } from '../core/errors.ts';
import type { Goal, RefineAnswer, Refinement } from '../core/refine.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import type { RuleContext } from '../segments/context.ts';
import { informationGain, type CutPoint } from '../stats/information.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { explainedVariance } from '../stats/variance.ts';
import { isNumeric, tagValueExpr } from '../tags/values.ts';
import { askGoal, goalsOf, unfit, type AskedGoal } from './goal.ts';
import { cellsOf, cellsSql, sizeOfCell } from './goal-cells.ts';
import { bandsCandidates, cutsCandidate } from './refine-cuts.ts';
import { crossCandidate, finerCandidate, FINER } from './refine-groups.ts';

/** Gains under this are not worth a finer tag: bits, or η². Cuts of a number have the MDL test instead. */
const WORTH = 0.005;
const MOST_Q = 0.05;
/** Values a crossed tag may have, and points a number's histogram is cut on. */
const CROSSED = 24;
const POINTS = 2000;

/** A candidate before it is judged among the others. */
export type Candidate = Omit<Refinement, 'q' | 'accepted'> & { cut: boolean };

/**
 * Ways to make a tag finer for a goal, largest gain first: cuts of a number, a split of one of its bands, a cross with another tag, a finer attribute
 * (definitions-tags, section 5). A way that leaves a group under `least` of users, gains too little or could be chance is refused, with the reason.
 */
export async function refine(engine: Engine, tagId: string, goal: Goal, ctx: RuleContext, opts: QueryOptions = {}): Promise<RefineAnswer> {
  const started = performance.now();
  const asked = askGoal(goal, ctx.tags);
  const tag = ctx.tags.find((t) => t.id === tagId && t.entity === 'user');
  if (!tag) throw new TesseraError('RULE_UNKNOWN_TAG', `There is no user tag “${tagId}” in this data.`, { next: 'Choose another tag.' });
  const info = goalsOf(ctx.tags).find((g) => JSON.stringify(g.goal) === JSON.stringify(goal))!;
  const sql: string[] = [];
  const ask = async (text: string) => {
    sql.push(text);
    return engine.query(text, opts);
  };
  const base = { goal: info, coarse: 0, n: 0, least: 0, refinements: [], sql, ms: 0 };
  const why = unfit(tag, asked);
  if (why) return { ...base, refused: why };
  const coarse = cellsOf(await ask(cellsSql(tagValueExpr(tag, 't'), asked)), asked);
  const n = [...coarse.values()].reduce((s, c) => s + sizeOfCell(c, asked), 0);
  const least = Math.max(ctx.basis.k, 30, Math.ceil(0.02 * n));
  const told = asked.of === 'classes' ? informationGain([...coarse.values()])?.ig : explainedVariance([...coarse.values()])?.eta2;
  if (n === 0) return { ...base, refused: 'No user has both it and the goal.' };
  const found: (Candidate | null)[] = [];
  if (isNumeric(tag.type) && tag.bands) {
    const points = pointsOf(await ask(pointsSql(tag.id, asked)), asked);
    found.push(asked.of === 'classes' ? cutsCandidate(tag, points, least, told ?? 0) : null, ...bandsCandidates(tag, points, asked, least));
  }
  for (const other of ctx.tags.filter((t) => t.entity === 'user' && t.known > 0 && t.id !== tag.id && unfit(t, asked) === null)) {
    const finer = FINER[tag.id]?.includes(other.id) ?? false;
    if (
      !finer &&
      ((isNumeric(other.type) ? other.values.length : other.distinct) > CROSSED || other.distinct < 2 || FINER[other.id]?.includes(tag.id))
    )
      continue;
    const pair = `struct_pack(a := ${tagValueExpr(tag, 't')}, b := ${tagValueExpr(other, 't')})`;
    const cells = pairsOf(await ask(pairsSql(pair, asked)), asked);
    found.push(finer ? finerCandidate(tag, other, cells, asked, least) : crossCandidate(tag, other, cells, asked, least));
  }
  return {
    ...base,
    coarse: told ?? 0,
    n,
    least,
    refused: null,
    refinements: judged(found.filter((c) => c !== null)),
    ms: performance.now() - started,
  };
}

/** Accepted: all groups large enough, and gain and chance pass; largest gain first, refused ones after them. */
function judged(candidates: readonly Candidate[]): Refinement[] {
  const q = benjaminiHochberg(candidates.map((c) => (c.why === '' ? c.p : null)));
  return candidates
    .map(({ cut, ...c }, i): Refinement => {
      const why =
        c.why !== ''
          ? c.why
          : !cut && c.gain < WORTH
            ? 'It gains too little to be worth a finer tag.'
            : !cut && q[i]! > MOST_Q
              ? 'The gain could be chance.'
              : '';
      return { ...c, q: q[i]!, accepted: why === '', why };
    })
    .sort((a, b) => Number(b.accepted) - Number(a.accepted) || b.gain - a.gain || (a.id < b.id ? -1 : 1));
}

const holds = (goal: AskedGoal): string =>
  goal.of === 'classes' ? 'CAST(y AS VARCHAR) AS y, count(*) AS n' : 'count(*) AS n, sum(y) AS s, sum(y * y) AS q';
const grouped = (goal: AskedGoal, by: string): string => (goal.of === 'classes' ? `${by}, y` : by);

/** Values of a number with what they hold; more than POINTS of them are joined by rank, ties together. */
const pointsSql = (id: string, goal: AskedGoal): string => `WITH k AS (SELECT CAST(t.${ident(id)} AS DOUBLE) AS x, ${goal.sql} AS y FROM user_tags t),
b AS (SELECT x, y FROM k WHERE x IS NOT NULL AND y IS NOT NULL),
d AS (SELECT x, CASE WHEN count(*) OVER () > ${POINTS} THEN floor((row_number() OVER (ORDER BY x) - 1) * ${POINTS}.0 / count(*) OVER ()) ELSE row_number() OVER (ORDER BY x) END AS i FROM (SELECT DISTINCT x FROM b))
SELECT i, min(x) AS lo, max(x) AS hi, ${holds(goal)} FROM b JOIN d USING (x) GROUP BY ${grouped(goal, 'i')} ORDER BY i`;

function pointsOf(frame: Parameters<typeof rows>[0], goal: AskedGoal): CutPoint[] {
  const all = rows<{ i: number; lo: number; hi: number; y?: string; n: number; s?: number; q?: number }>(frame);
  if (goal.of === 'number') return all.map((r) => ({ lo: r.lo, hi: r.hi, cell: [r.n, r.s!, r.q!] }));
  const classes = [...new Set(all.map((r) => r.y!))].sort().reverse();
  const out = new Map<number, { lo: number; hi: number; cell: number[] }>();
  for (const r of all) {
    const p = out.get(r.i) ?? { lo: r.lo, hi: r.hi, cell: classes.map(() => 0) };
    out.set(r.i, p);
    p.lo = Math.min(p.lo, r.lo);
    p.hi = Math.max(p.hi, r.hi);
    p.cell[classes.indexOf(r.y!)] = r.n;
  }
  return [...out.values()];
}

const pairsSql = (
  pair: string,
  goal: AskedGoal,
): string => `SELECT v.a AS a, v.b AS b, ${holds(goal)} FROM (SELECT ${pair} AS v, ${goal.sql} AS y FROM user_tags t)
WHERE v.a IS NOT NULL AND y IS NOT NULL GROUP BY ${grouped(goal, 'a, b')} ORDER BY a, b`;

/** Coarse value → other value (null: unknown) → cell. */
function pairsOf(frame: Parameters<typeof rows>[0], goal: AskedGoal): Map<string, Map<string | null, number[]>> {
  const all = rows<{ a: string; b: string | null; y?: string; n: number; s?: number; q?: number }>(frame);
  const classes = [...new Set(all.map((r) => r.y!))].sort().reverse();
  const out = new Map<string, Map<string | null, number[]>>();
  for (const r of all) {
    const [a, b] = [String(r.a), r.b === null ? null : String(r.b)];
    if (!out.has(a)) out.set(a, new Map());
    const of = out.get(a)!;
    if (goal.of === 'number') of.set(b, [r.n, r.s!, r.q!]);
    else {
      if (!of.has(b))
        of.set(
          b,
          classes.map(() => 0),
        );
      of.get(b)![classes.indexOf(r.y!)] = r.n;
    }
  }
  return out;
}
