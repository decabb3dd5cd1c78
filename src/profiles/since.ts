import { TesseraError } from '../core/errors.ts';
import type { Middle, Moment, SegmentMoment } from '../core/moment.ts';
import type { Profile, ProfileRequest } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { RuleContext } from '../segments/context.ts';
import { meaningOf } from '../segments/meaning.ts';
import { hasMiddle } from '../tags/moment.ts';
import { countsNow, freshValues } from '../tags/stability.ts';
import type { CountRow, Mass, TagCounts } from './cells-sql.ts';
import { NO_MASS } from './cells-sql.ts';
import { markGroups } from './groups.ts';
import { askedOf, compose, headOf, profile } from './profile.ts';
import { countMembers, middlesOf, type MemberCounts } from './segment-moment.ts';
import { figuresSince, numberSince } from './since-numbers.ts';

/** The profile that a request asks for, whatever it is held against. Throws what `profile` and `profileSince` throw. */
export const profileOf = (engine: Engine, request: ProfileRequest, ctx: RuleContext, opts: QueryOptions = {}): Promise<Profile> =>
  request.baseline.kind === 'snapshot' ? profileSince(engine, request, ctx, opts) : profile(engine, request, ctx, opts);

const REMEMBER = 'Remember the figures on the tag health page, or choose another baseline.';

/**
 * Everyone, or a saved segment, now against the same at the last snapshot, as two groups of their own (the same users may be in both): shares, TGI, intervals
 * and tests as between any two groups that share nobody. Values, and bands of a number, are those of then; tags that were not there or meant something else are
 * left out. Both groups follow the same rule, so what differs in its tags is a finding too. Members count one each, whatever the weight: there are no sums of
 * then by value. Numbers stand beside their medians of then, tested by their bands; means per member beside those of then.
 * @throws TesseraError NEEDS_MISSING where no snapshot is kept or it has nothing of the segment, TOO_FEW where the segment was too small then, PARAM_INVALID
 * where it meant something else
 */
async function profileSince(engine: Engine, request: ProfileRequest, ctx: RuleContext, opts: QueryOptions): Promise<Profile> {
  const { entity, since, segment } = request;
  if (!since) throw new TesseraError('NEEDS_MISSING', 'No figures of before are kept, so there is no snapshot to compare with.', { next: REMEMBER });
  const started = performance.now();
  const then = segment ? await segmentThen(segment, since, ctx) : null;
  const groups = segment ? await markGroups(engine, segment, entity, { kind: 'everyone' }, ctx, opts) : null;
  try {
    const universe = ctx.tags.find((t) => t.entity === entity)?.universe ?? 0;
    const who = segment ? 'its members' : entity === 'user' ? 'everyone' : 'all products';
    const size = { n: groups ? groups.n : universe, N: then ? then.n : since.universe[entity] };
    const head = headOf({ entity, ...size, universe, title: `${who} at the last snapshot`, sql: groups?.sql ?? [] }, 'users', ctx);
    if (head.tooFew || head.n === 0 || head.baseline.n === 0) return head;
    const pairs = pairsOf(request, since, then, ctx);
    const { counts: now, sql } = groups
      ? await countMembers(
          engine,
          groups,
          pairs.map((p) => ({ tag: p.tag, values: p.values, bands: p.then.bands })),
          opts,
        )
      : await everyoneNow(engine, pairs, opts);
    const counts = new Map(pairs.map((p): [string, TagCounts] => [p.tag.id, rowsOf(p, now.get(p.tag)!)]));
    const tags = pairs.map((p) => p.tag);
    const middles = groups ? await middlesOf(engine, groups, tags.filter(hasMiddle), ctx.basis.k, opts) : null;
    const nowOf = (tag: TagInfo): number | undefined => (middles ? middles.middles.get(tag.id)?.[0] : tag.figures?.median);
    const thenOf = (id: string): Middle | undefined =>
      then ? then.middles?.[id] : since.tags.find((t) => t.id === id && t.entity === entity)?.middle;
    const answers = new Map(pairs.map((p) => [p.tag.id, numberSince(p.tag, counts.get(p.tag.id)!, nowOf(p.tag), thenOf(p.tag.id))]));
    const known = (id: string): number => pairs.find((p) => p.tag.id === id)?.known ?? 0;
    const figures = await figuresSince(engine, groups, entity, ctx, opts, (id) => {
      const middle = thenOf(id);
      return middle ? { n: known(id), mean: middle[1] } : null;
    });
    const ran = [...sql, ...(middles?.sql ?? []), ...figures.sql];
    const made = compose(head, tags, { counts, answers, figures: figures.figures, sql: ran }, 'apart', new Set(), ctx);
    return { ...made, ms: performance.now() - started };
  } finally {
    await groups?.drop();
  }
}

type Told = Extract<SegmentMoment, { n: number }>;
/** What the snapshot keeps of a segment, where it is still the same segment. */
async function segmentThen(segment: Segment, since: Moment, ctx: RuleContext): Promise<Told> {
  const found = since.segments?.[segment.id];
  if (!found)
    throw new TesseraError('NEEDS_MISSING', `The last snapshot has no figures of “${segment.name}”: it was made later, or was not counted yet.`, {
      next: REMEMBER,
    });
  if (found.digest !== (await meaningOf(segment, ctx)))
    throw new TesseraError(
      'PARAM_INVALID',
      `“${segment.name}” means something else than at the last snapshot: its rule, a tag in it or a setting has changed, so a difference would not tell who changed.`,
      { next: REMEMBER },
    );
  if ('tooFew' in found)
    throw new TesseraError('TOO_FEW', `“${segment.name}” had too few members at the last snapshot, so its figures were not kept.`, {
      next: REMEMBER,
    });
  return found;
}

type Pair = ReturnType<typeof pairsOf>[number];
/** The tags to tell, with their values of then (and those that are new), and how many had each. */
const pairsOf = (request: ProfileRequest, since: Moment, segment: Told | null, ctx: RuleContext) =>
  askedOf(
    ctx.tags.filter((t) => t.entity === request.entity),
    request.tags,
  ).flatMap((tag) => {
    const then = since.tags.find((t) => t.id === tag.id && t.entity === request.entity && t.digest === tag.digest);
    const [known, ...before] = (then && (segment ? segment.tags[tag.id] : [then.known, ...then.values.map(([, n]) => n)])) ?? [];
    if (!then || known === undefined || before.length === 0) return [];
    const fresh = freshValues(tag, then);
    return [{ tag, then, fresh, known, before, values: [...then.values, ...fresh].map(([v]) => v) }];
  });

async function everyoneNow(
  engine: Engine,
  pairs: readonly Pair[],
  opts: QueryOptions,
): Promise<{ counts: Map<Pair['tag'], MemberCounts>; sql: string[] }> {
  const { counts, sql } = await countsNow(engine, pairs, 'bands', opts);
  const all = pairs.map((p): [Pair['tag'], MemberCounts] => [
    p.tag,
    { known: p.tag.known, counts: [...counts.get(p.tag)!, ...p.fresh.map(([, n]) => n)] },
  ]);
  return { counts: new Map(all), sql };
}

function rowsOf({ then, known, before, values }: Pair, now: MemberCounts): TagCounts {
  const made = values.map((value, i) => row(value, now.counts[i]!, before[i] ?? 0)).filter((r) => r.s.n + r.b.n > 0);
  if (then.rest !== null && !then.bands) {
    const [here, there] = [now.known - made.reduce((n, v) => n + v.s.n, 0), known - made.reduce((n, v) => n + v.b.n, 0)];
    if (here + there > 0) made.push(row('(other)', here, there));
  }
  return { known: { s: mass(now.known), b: mass(known), both: NO_MASS }, values: made };
}

const mass = (n: number): Mass => ({ n, w: n, w2: n, wx: n });
const row = (value: string, here: number, then: number): CountRow => ({ value, s: mass(here), b: mass(then), both: NO_MASS });
