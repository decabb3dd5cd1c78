import type { Profile, ProfileRequest } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';
import type { QueryOptions } from '../engine/engine.ts';
import { segmentOf, type RuleContext } from '../segments/context.ts';
import { allBits, countAnd, countBits, not, type Bits } from '../segments/index/bits.ts';
import type { NumberColumn } from '../segments/index/column.ts';
import type { Evaluator } from '../segments/index/evaluate.ts';
import { isNumeric } from '../tags/values.ts';
import type { PairOptions, PairProfile } from './compare.ts';
import { countStatements, weightSql, type TagCounts } from './cells-sql.ts';
import { figuresFrom, figureTags, type Cross, type Sums } from './figures.ts';
import { countsOnly, lieOf, marksSql, type Against } from './groups.ts';
import { tagsInRule } from './in-rule.ts';
import { countColumn, indexGroups, type IndexGroups } from './index-counts.ts';
import { moments, numberAnswer, valuesSql, type NumberAnswer, type ValueCounts } from './numbers.ts';
import { askedOf, compose, headOf } from './profile.ts';

/** True where the index holds all that a profile asks for: by lines it has no weights, of very long lists no columns. */
export function canProfile(index: Evaluator, request: ProfileRequest, ctx: RuleContext): boolean {
  if ((request.weight === 'lines' && request.entity === 'user') || request.baseline.kind === 'snapshot') return false;
  return holds(index, request, ctx);
}
/** True where the index holds the columns that a picture shows. */
export const holds = (index: Evaluator, request: Pick<ProfileRequest, 'tags'>, ctx: RuleContext): boolean =>
  shown(index, request, ctx).every((t) => index.table.columns.has(t.id) || t.type === 'map' || t.type === 'text');
const shown = (index: Evaluator, request: Pick<ProfileRequest, 'tags'>, ctx: RuleContext): TagInfo[] =>
  askedOf(
    ctx.tags.filter((t) => t.entity === index.table.entity),
    request.tags,
  );

/**
 * As `profile`, counted over bitmaps in place of SQL: the same counts, and from them the same statistics by the same code. Its SQL is what would give
 * the counts. Throws what `validate` throws.
 */
export async function profileBy(index: Evaluator, request: ProfileRequest, ctx: RuleContext, opts: QueryOptions = {}): Promise<Profile> {
  const { entity } = index.table;
  const weight = entity === 'product' && request.weight === 'lines' ? 'users' : request.weight;
  return (await against(index, { ...request, weight }, tagsInRule(request.segment, ctx), ctx, opts)).profile;
}

/** As `compare`. */
export async function compareBy(
  index: Evaluator,
  a: Segment,
  b: Segment,
  ctx: RuleContext,
  opts: QueryOptions = {},
  { inRule = new Set([...tagsInRule(a, ctx), ...tagsInRule(b, ctx)]), tags }: PairOptions = {},
): Promise<PairProfile> {
  const request = { segment: a, baseline: { kind: 'ref', segment: b }, weight: 'users', ...(tags ? { tags } : {}) } as const;
  const { profile, n, N, both } = await against(index, request, inRule, ctx, opts);
  return { profile, onlyA: n - both, onlyB: N - both, both };
}

type Asked = Pick<ProfileRequest, 'segment' | 'weight' | 'tags'> & { baseline: Against };

async function against(
  index: Evaluator,
  request: Asked,
  inRule: Set<string>,
  ctx: RuleContext,
  opts: QueryOptions,
): Promise<{ profile: Profile; n: number; N: number; both: number }> {
  const started = performance.now();
  const { entity, n: universe } = index.table;
  const { baseline, weight } = request;
  const marks = marksSql(request.segment, entity, baseline, ctx);
  const s = request.segment ? await index.members(request.segment, ctx, opts) : allBits(universe);
  const b = await baseOf(index, baseline, ctx, opts);
  const bBits = b === 'everyone' ? allBits(universe) : b === 'complement' ? not(s, universe) : b;
  const size = { n: countBits(s), N: countBits(bBits), both: countAnd(s, bBits) };
  const head = headOf({ entity, ...size, universe, title: marks.title, sql: [marks.sql] }, weight, ctx);
  if (head.tooFew || size.n === 0 || size.N === 0) return { profile: { ...head, ms: performance.now() - started }, ...size };
  const groups = indexGroups(index.table, s, b, weight === 'revenue' ? weightOf(index) : null);
  const lie = lieOf(size);
  const own = shown(index, request, ctx);
  const counts = new Map<string, TagCounts>();
  const answers = new Map<string, NumberAnswer | null>();
  const values = new Map<string, ValueCounts>();
  for (const tag of own) {
    const column = index.table.columns.get(tag.id);
    if (!column) continue;
    const counted = countColumn(tag, column, groups);
    counts.set(tag.id, counted.counts);
    if (!counted.values) continue;
    values.set(tag.id, counted.values);
    answers.set(tag.id, numberAnswer(counted.values, lie));
  }
  const sql = statements(own, entity, weightSql(weight, entity));
  const made = compose(head, own, { counts, answers, figures: figures(index, s, groups, values, ctx), sql }, lie, inRule, ctx);
  return { profile: { ...made, ms: performance.now() - started }, ...size };
}

async function baseOf(index: Evaluator, baseline: Against, ctx: RuleContext, opts: QueryOptions): Promise<Bits | 'everyone' | 'complement'> {
  switch (baseline.kind) {
    case 'snapshot':
      throw countsOnly();
    case 'segment':
      return index.members(segmentOf(ctx, baseline.id)!, ctx, opts);
    case 'ref':
      return index.members(baseline.segment, ctx, opts);
    default:
      return baseline.kind;
  }
}

/** What the SQL path would ask, over `marks` (the first statement's answer beside the tag table). */
function statements(own: TagInfo[], entity: Evaluator['table']['entity'], weight: string | null): string[] {
  const from = `FROM ${entity === 'user' ? 'user_tags' : 'product_tags'} t POSITIONAL JOIN marks m`;
  const numbers = own.filter((t) => isNumeric(t.type));
  const valued = own.filter((t) => !isNumeric(t.type) && t.type !== 'map' && t.type !== 'text');
  return [...countStatements(valued, from, weight), ...(numbers.length ? [valuesSql(numbers, from, weight)] : [])];
}

function weightOf(index: Evaluator): Float64Array {
  const { entity, n, columns } = index.table;
  const money = columns.get(entity === 'user' ? 'monetary' : 'revenue');
  const out = new Float64Array(n);
  if (money?.kind === 'number') for (let i = 0; i < n; i++) out[i] = money.codes[i] === 0 ? 0 : money.values[money.codes[i]! - 1]!;
  return out;
}

const round6 = (x: number): number => Math.round(x * 1e6) / 1e6;

function figures(index: Evaluator, s: Bits, groups: IndexGroups, counted: Map<string, ValueCounts>, ctx: RuleContext): Profile['figures'] {
  const { entity, n, columns } = index.table;
  const tags = figureTags(entity, ctx);
  const own = tags.map((t) => columns.get(t.id) as NumberColumn);
  const sums = tags.map((tag, i): Sums => {
    const values = counted.get(tag.id) ?? countColumn(tag, own[i]!, groups).values!;
    const [here, there] = [moments(values.x, values.s), moments(values.x, values.b)];
    const all = moments(own[i]!.values, own[i]!.counts.subarray(1));
    return {
      n: here.n,
      total: round6(here.sum),
      sd: here.n > 1 ? here.sd : null,
      baseN: there.n,
      base: round6(there.sum),
      everyone: round6(all.sum),
    };
  });
  const pair = tags.length === 2 && entity === 'user';
  return tags.length ? figuresFrom(tags, sums, pair ? crossOf(own[0]!, own[1]!, s, n) : null, ctx) : [];
}

function crossOf(money: NumberColumn, orders: NumberColumn, s: Bits, n: number): Cross {
  const out = { mm: 0, mo: 0, oo: 0 };
  for (let i = 0; i < n; i++) {
    if (((s[i >>> 5]! >>> (i & 31)) & 1) === 0) continue;
    const m = money.codes[i] === 0 ? null : money.values[money.codes[i]! - 1]!;
    const o = orders.codes[i] === 0 ? null : orders.values[orders.codes[i]! - 1]!;
    if (m !== null) out.mm += m * m;
    if (m !== null && o !== null) out.mo += m * o;
    if (o !== null) out.oo += o * o;
  }
  return out;
}
