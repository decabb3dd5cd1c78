import type { Profile, ProfileCell, ProfileTag } from '../core/profile.ts';
import { literal } from '../engine/sql.ts';
import type { RuleContext } from '../segments/context.ts';

/** One line of the profile table as it leaves the app. Hidden cells have no numbers. */
export interface ProfileRow {
  tag: string;
  title: string;
  value: string;
  members: number | null;
  known: number | null;
  share: number | null;
  baseline_members: number | null;
  baseline_known: number | null;
  baseline_share: number | null;
  tgi: number | null;
  tgi_low: number | null;
  tgi_high: number | null;
  p: number | null;
  q: number | null;
  clear: boolean | null;
  in_rule: boolean;
  hidden: boolean;
}

/**
 * Complementary suppression (Cox 1980): where just one value of a tag is hidden, the smallest shown one is hidden too, lest the first follow by
 * subtraction from the known. Values that nobody has stay. Sets do not add up, so nothing follows from them.
 */
export function suppress(tag: ProfileTag): ProfileCell[] {
  if (tag.type === 'set' || tag.cells.filter((c) => c.hidden).length !== 1) return tag.cells;
  const next = tag.cells.filter((c) => !c.hidden && (c.a > 0 || c.K > 0)).sort((x, y) => x.a - y.a || x.K - y.K || (x.value < y.value ? -1 : 1));
  const one = next.find((c) => c.a > 0) ?? next[0];
  return tag.cells.map((c) =>
    c === one ? { ...c, a: 0, K: 0, share: 0, base: 0, tgi: null, lo: null, hi: null, p: null, q: null, clear: false, term: 0, hidden: true } : c,
  );
}

/** The profile as rows, smallest group and complementary suppression applied; numbers in full. A count under k of known members hides the tag's counts too. */
export function profileRows(profile: Profile, k: number): ProfileRow[] {
  return profile.tags.flatMap((tag) => {
    const few = (n: number): number | null => (n > 0 && n < k ? null : n);
    return suppress(tag).map((c): ProfileRow => {
      const show = <T>(x: T): T | null => (c.hidden ? null : x);
      return {
        tag: tag.id,
        title: tag.title,
        value: c.value,
        members: show(c.a),
        known: few(tag.n),
        share: show(c.share),
        baseline_members: show(c.K),
        baseline_known: few(tag.N),
        baseline_share: show(c.base),
        tgi: show(c.tgi),
        tgi_low: show(c.lo),
        tgi_high: show(c.hi),
        p: show(c.p),
        q: show(c.q),
        clear: show(c.clear),
        in_rule: tag.inRule,
        hidden: c.hidden,
      };
    });
  });
}

const TYPES: Record<keyof ProfileRow, string> = {
  tag: 'VARCHAR',
  title: 'VARCHAR',
  value: 'VARCHAR',
  members: 'BIGINT',
  known: 'BIGINT',
  share: 'DOUBLE',
  baseline_members: 'BIGINT',
  baseline_known: 'BIGINT',
  baseline_share: 'DOUBLE',
  tgi: 'DOUBLE',
  tgi_low: 'DOUBLE',
  tgi_high: 'DOUBLE',
  p: 'DOUBLE',
  q: 'DOUBLE',
  clear: 'BOOLEAN',
  in_rule: 'BOOLEAN',
  hidden: 'BOOLEAN',
};

/** The rows as a SELECT with typed columns, for COPY or Parquet, in the order shown. */
export function profileRowsSql(profile: Profile, ctx: Pick<RuleContext, 'basis'>): string {
  const names = Object.keys(TYPES) as (keyof ProfileRow)[];
  const typed = names.map((n) => `CAST("${n}" AS ${TYPES[n]}) AS "${n}"`).join(', ');
  const rows = profileRows(profile, ctx.basis.k);
  const values = rows.length
    ? rows.map((r) => `(${names.map((n) => literal(r[n])).join(', ')})`).join(', ')
    : `(${names.map(() => 'NULL').join(', ')})`;
  return `SELECT ${typed} FROM (VALUES ${values}) v(${names.map((n) => `"${n}"`).join(', ')})${rows.length ? '' : ' WHERE false'}`;
}
