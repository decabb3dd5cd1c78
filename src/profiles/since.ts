import { TesseraError } from '../core/errors.ts';
import type { Profile, ProfileRequest } from '../core/profile.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { RuleContext } from '../segments/context.ts';
import { everyoneOnly } from './groups.ts';
import { countsNow, freshValues } from '../tags/stability.ts';
import type { CountRow, Mass, TagCounts } from './cells-sql.ts';
import { NO_MASS } from './cells-sql.ts';
import { askedOf, compose, headOf, profile } from './profile.ts';

/** The profile that a request asks for, whatever it is held against. Throws what `profile` and `profileSince` throw. */
export const profileOf = (engine: Engine, request: ProfileRequest, ctx: RuleContext, opts: QueryOptions = {}): Promise<Profile> =>
  request.baseline.kind === 'snapshot' ? profileSince(engine, request, ctx, opts) : profile(engine, request, ctx, opts);

/**
 * Everyone now against everyone at the last snapshot, as two groups of their own (the same users may be in both): shares, TGI, intervals and tests as between
 * any two groups that share nobody. Values, and bands of a number, are those of then; tags that were not there or meant something else are left out.
 * @throws TesseraError NEEDS_MISSING where no snapshot is kept, PARAM_INVALID for a segment: a snapshot keeps the figures of everyone only
 */
async function profileSince(engine: Engine, request: ProfileRequest, ctx: RuleContext, opts: QueryOptions): Promise<Profile> {
  const { entity, since, segment } = request;
  if (!since)
    throw new TesseraError('NEEDS_MISSING', 'No figures of before are kept, so there is no snapshot to compare with.', {
      next: 'Remember the figures on the tag health page, or choose another baseline.',
    });
  if (segment) throw everyoneOnly();
  const started = performance.now();
  const universe = ctx.tags.find((t) => t.entity === entity)?.universe ?? 0;
  const title = entity === 'user' ? 'everyone at the last snapshot' : 'all products at the last snapshot';
  const head = headOf({ entity, n: universe, N: since.universe[entity], universe, title, sql: [] }, 'users', ctx);
  if (head.tooFew || head.n === 0 || head.baseline.n === 0) return head;
  const pairs = askedOf(
    ctx.tags.filter((t) => t.entity === entity),
    request.tags,
  ).flatMap((tag) => {
    const then = since.tags.find((t) => t.id === tag.id && t.entity === entity && t.digest === tag.digest);
    return then && then.values.length > 0 ? [{ tag, then }] : [];
  });
  const { counts: now, sql } = await countsNow(engine, pairs, 'bands', opts);
  const counts = new Map(
    pairs.map(({ tag, then }): [string, TagCounts] => {
      const here = now.get(tag)!;
      const values = then.values.map(([value, n], i) => row(value, here[i]!, n));
      for (const [value, n] of freshValues(tag, then)) values.push(row(value, n, 0));
      const rest = then.rest === null ? 0 : tag.known - values.reduce((n, v) => n + v.s.n, 0);
      if ((then.rest ?? 0) + rest > 0 && !then.bands) values.push(row('(other)', rest, then.rest!));
      return [tag.id, { known: { s: mass(tag.known), b: mass(then.known), both: NO_MASS }, values }];
    }),
  );
  const made = compose(
    head,
    pairs.map((p) => p.tag),
    { counts, answers: new Map(), figures: [], sql },
    'apart',
    new Set(),
    ctx,
  );
  return { ...made, ms: performance.now() - started };
}

const mass = (n: number): Mass => ({ n, w: n, w2: n, wx: n });
const row = (value: string, here: number, then: number): CountRow => ({ value, s: mass(here), b: mass(then), both: NO_MASS });
