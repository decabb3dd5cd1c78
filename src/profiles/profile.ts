import type { Profile, ProfileFigure, ProfileRequest, ProfileTag, SegmentRef, Weight } from '../core/profile.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { RuleContext } from '../segments/context.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { isNumeric } from '../tags/values.ts';
import { cellsOf, isHidden } from './cells.ts';
import { countTags, NO_MASS, weightSql, type TagCounts } from './cells-sql.ts';
import { figuresOf } from './figures.ts';
import { markGroups, type Groups, type Lie } from './groups.ts';
import { tagsInRule } from './in-rule.ts';
import { countLines, lineTags } from './lines.ts';
import { coversEveryone, FEW_VALUES, manyValues } from './many-values.ts';
import { countValues, numberAnswer, type NumberAnswer } from './numbers.ts';

/** False discovery rate at which a difference is called clear. */
export const CLEAR = 0.05;

/** Sets with more values than this (products, say) are lists of ids rather than a picture. */
const MOST_OF_SET = 50;
/**
 * Tags a profile shows where none are asked for: those with values of their own. Ids, free text and tables of values have none worth a picture, and
 * of dates their months and their days ago are tags themselves.
 */
export const profiled = (tag: TagInfo): boolean =>
  !['id', 'text', 'map', 'date'].includes(tag.type) &&
  tag.known > 0 &&
  (tag.values.length > 0 || isNumeric(tag.type)) &&
  !(tag.type === 'set' && tag.distinct > MOST_OF_SET);

/**
 * The profile of a segment (null: everyone) against a baseline (definitions, section 6). A segment or baseline of 1 to k − 1 members gives
 * `tooFew` and no tags; an empty one no tags. Throws what `validate` throws.
 */
export async function profile(engine: Engine, request: ProfileRequest, ctx: RuleContext, opts: QueryOptions = {}): Promise<Profile> {
  const started = performance.now();
  // Products have no lines of their own to weigh by.
  const weight = request.entity === 'product' && request.weight === 'lines' ? 'users' : request.weight;
  const groups = await markGroups(engine, request.segment, request.entity, request.baseline, ctx, opts);
  try {
    return {
      ...(await describe(engine, groups, { ...request, weight }, tagsInRule(request.segment, ctx), ctx, opts)),
      ms: performance.now() - started,
    };
  } finally {
    await groups.drop();
  }
}

/** The profile of groups already marked. */
export async function describe(
  engine: Engine,
  groups: Groups,
  request: Pick<ProfileRequest, 'weight' | 'tags'> & { segment: SegmentRef | null },
  inRule: Set<string>,
  ctx: RuleContext,
  opts: QueryOptions,
): Promise<Profile> {
  const head = headOf(groups, request.weight, ctx);
  if (head.tooFew || groups.n === 0 || groups.N === 0) return head;
  const lines = request.weight === 'lines';
  const entity = lines ? 'product' : groups.entity;
  const own = askedOf([...ctx.tags.filter((t) => t.entity === entity), ...(lines ? lineTags(ctx) : [])], request.tags);
  const numeric = lines ? [] : own.filter((t) => isNumeric(t.type));
  const few = numeric.filter((t) => t.distinct <= FEW_VALUES || !coversEveryone(groups));
  const many = numeric.filter((t) => !few.includes(t));
  // The bands of a number with few values come out of its values; of one with many they are counted like any other value.
  const valued = own.filter(
    (t) => t.type !== 'map' && t.type !== 'text' && !few.includes(t) && (t.bands !== null || !isNumeric(t.type)) && !(lines && t.type === 'set'),
  );
  const cells = await (lines ? countLines(engine, valued, groups, opts) : countTags(engine, valued, groups, request.weight, opts));
  const values = await countValues(engine, few, groups, weightSql(request.weight, groups.entity), opts);
  const counts = new Map([...valued.map((t, i) => [t.id, cells.counts[i]!] as const), ...few.map((t, i) => [t.id, values.counts[i]!] as const)]);
  const answers = new Map(few.map((t, i) => [t.id, numberAnswer(values.values[i]!, groups.lie)]));
  const sql = [...cells.sql, ...values.sql];
  for (const tag of many) {
    const made = await manyValues(engine, tag, groups, ctx, opts);
    answers.set(tag.id, made.answer);
    // Without bands nothing else has counted who has a value.
    if (!counts.has(tag.id)) counts.set(tag.id, { known: made.known, values: [] });
    sql.push(...made.sql);
  }
  const figures = await figuresOf(engine, groups, ctx, opts);
  return compose(head, own, { counts, answers, figures: figures.figures, sql: [...sql, ...figures.sql] }, groups.lie, inRule, ctx);
}

/** A profile without its tags: who is in it, against whom, and whether they are too few to show. */
export function headOf(groups: Pick<Groups, 'entity' | 'n' | 'N' | 'universe' | 'title' | 'sql'>, weight: Weight, ctx: RuleContext): Profile {
  const { k } = ctx.basis;
  return {
    entity: groups.entity,
    n: groups.n,
    universe: groups.universe,
    baseline: { title: groups.title, n: groups.N },
    tags: [],
    figures: [],
    tested: 0,
    clear: 0,
    tooFew: isHidden(groups.n, k) || isHidden(groups.N, k),
    weight,
    asOf: ctx.basis.asOf,
    sql: [...groups.sql],
    ms: 0,
  };
}

/** The tags of a profile: those asked for by id, else those worth a picture. */
export const askedOf = (tags: TagInfo[], ids: string[] | undefined): TagInfo[] => tags.filter((t) => (ids ? ids.includes(t.id) : profiled(t)));

/** What was counted for a profile, by whatever did the counting. */
export interface Counted {
  counts: Map<string, TagCounts>;
  answers: Map<string, NumberAnswer | null>;
  figures: ProfileFigure[];
  sql: string[];
}

/** The whole profile from its counts: cells, divergences, tests and their q-values. */
export function compose(head: Profile, own: TagInfo[], counted: Counted, lie: Lie, inRule: Set<string>, ctx: RuleContext): Profile {
  const { k } = ctx.basis;
  const tags = own.map((tag): ProfileTag => {
    const test = !inRule.has(tag.id);
    const c = counted.counts.get(tag.id) ?? { known: { s: NO_MASS, b: NO_MASS, both: NO_MASS }, values: [] };
    const made = cellsOf(c, lie, k, head.weight, test);
    const answer: NumberAnswer | null = counted.answers.get(tag.id) ?? null;
    const hidden = isHidden(c.known.s.n, k) || isHidden(c.known.b.n, k);
    return {
      id: tag.id,
      title: tag.title,
      dimension: tag.dimension,
      kind: tag.kind,
      type: tag.type,
      unit: tag.unit,
      n: c.known.s.n,
      N: c.known.b.n,
      unknown: head.n - c.known.s.n,
      cells: made.cells,
      D: answer ? answer.D : made.D,
      inRule: !test,
      numbers: hidden || !answer ? null : answer.numbers && { ...answer.numbers, ...(test ? {} : { q: null }) },
    };
  });
  judge(tags);
  tags.sort((x, y) => Number(x.inRule) - Number(y.inRule) || y.D - x.D || (x.id < y.id ? -1 : 1));
  const tested = tags.flatMap((t) =>
    t.inRule ? [] : [...t.cells.flatMap((c) => c.q ?? []), ...(t.numbers?.q === null || !t.numbers ? [] : [t.numbers.q])],
  );
  return {
    ...head,
    tags,
    figures: counted.figures,
    tested: tested.length,
    clear: tested.filter((q) => q <= CLEAR).length,
    sql: [...head.sql, ...counted.sql],
  };
}

/** q-values over all shown cells and numeric tags of the profile that are not the rule's own (Benjamini & Hochberg). */
function judge(tags: ProfileTag[]): void {
  const open = tags.filter((t) => !t.inRule);
  const cells = open.flatMap((t) => t.cells.filter((c) => !c.hidden));
  const numbers = open.flatMap((t) => t.numbers ?? []);
  const q = benjaminiHochberg([...cells.map((c) => c.p), ...numbers.map((x) => x.p)]);
  cells.forEach((c, i) => {
    c.q = q[i]!;
    c.clear = c.q !== null && c.q <= CLEAR;
  });
  numbers.forEach((x, i) => (x.q = q[cells.length + i]!));
}
