import { column } from '../core/frame.ts';
import type { Moment, ShiftBin, ShiftLevel, TagMoment, TagShift } from '../core/moment.ts';
import type { TagInfo, TagType } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, list, literal } from '../engine/sql.ts';
import { jeffreys } from '../stats/divergence.ts';
import { bandLabels } from './bands.ts';
import { isCompared } from './moment.ts';
import { bandCode, isNumeric, tagValueExpr } from './values.ts';

/** Below: stable; below twice and a half: shifting; else shifted (Lewis 1994; Siddiqi 2006). */
const SHIFTING = 0.1;
export const SHIFTED = 0.25;
/** Tags counted by one statement. */
const BRANCHES = 16;

export const levelOf = (psi: number): ShiftLevel => (psi < SHIFTING ? 'stable' : psi < SHIFTED ? 'shifting' : 'shifted');

/**
 * Population stability index Σ (a − e) ln(a/e) of two distributions over the same bins, in members (definitions-tags, section 5); bins that are empty in both are
 * left out, and if one is empty in either, 0.5 is added to all counts. `noise` is what chance alone gives, (B − 1)(1/n + 1/m) (Yurdakul 2018).
 * `n` and `m`: members then and now where a member may be in several bins.
 */
export function stabilityIndex(bins: readonly { before: number; now: number }[], n?: number, m?: number): { psi: number; noise: number } {
  const { D, chance } = jeffreys(
    bins.map((b) => ({ a: b.now, c: b.before })),
    m,
    n,
  );
  return { psi: D, noise: chance };
}

/** What a tag comes to now in the bins of then: members per value kept, or per decile bin of a number. */
type Now = Pick<TagInfo, 'known' | 'universe'> & { counts: readonly number[] };

/** One tag against what it came to, from counts alone. */
export function shiftOf(then: TagMoment, now: Now): Pick<TagShift, 'psi' | 'noise' | 'level' | 'bins'> {
  const { deciles: d } = then;
  const labels = d ? bandLabels(d.cuts, d.min, d.max, labelType(then.type, d)) : then.values.map(([v]) => v);
  const counts = d ? d.counts : then.values.map(([, n]) => n);
  const bins = labels.map((value, i): ShiftBin => ({ value, kind: 'value', before: counts[i]!, now: now.counts[i]! }));
  if (!d && then.rest !== null) {
    const rest = now.known - now.counts.reduce((n, c) => n + c, 0);
    if (then.rest + rest > 0) bins.push({ value: '', kind: 'rest', before: then.rest, now: rest });
  }
  const unknown = { before: then.universe - then.known, now: now.universe - now.known };
  if (unknown.before + unknown.now > 0) bins.push({ value: '', kind: 'unknown', ...unknown });
  const index = then.rest === null ? stabilityIndex(bins, then.universe, now.universe) : stabilityIndex(bins);
  return { ...index, level: levelOf(index.psi), bins };
}
const labelType = (type: TagType, d: { cuts: number[]; min: number; max: number }): TagType =>
  type === 'number' && [d.min, d.max, ...d.cuts].every(Number.isInteger) ? 'int' : type;

/** The bin whose share of all members changed most, with the shares then and now; null where nothing moved. */
export function movedMost({ bins, n, m }: TagShift): { bin: ShiftBin; before: number; now: number } | null {
  const all = bins.map((bin) => ({ bin, before: n > 0 ? bin.before / n : 0, now: m > 0 ? bin.now / m : 0 }));
  const most = all.toSorted((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))[0];
  return most && most.now !== most.before ? most : null;
}

/** How far every tag has shifted since a moment, in the order of `tags`; kinds that moments do not keep are left out. */
export async function shiftsSince(engine: Engine, moment: Moment, tags: readonly TagInfo[], opts: QueryOptions = {}): Promise<TagShift[]> {
  const pairs = tags.filter(isCompared).map((tag) => ({ tag, then: moment.tags.find((t) => t.id === tag.id && t.entity === tag.entity) ?? null }));
  const same = pairs.flatMap(({ tag, then }) => (then && then.digest === tag.digest ? [{ tag, then }] : []));
  const counts = await countsNow(engine, same, opts);
  return pairs.map(({ tag, then }): TagShift => {
    const found = counts.get(tag);
    const head = { id: tag.id, entity: tag.entity, n: then?.universe ?? 0, m: tag.universe, version: then?.version ?? null };
    return then && found
      ? { ...head, refused: null, ...shiftOf(then, { known: tag.known, universe: tag.universe, counts: found }) }
      : { ...head, refused: then ? 'changed' : 'new', psi: 0, noise: 0, level: null, bins: [] };
  });
}

interface Pair {
  tag: TagInfo;
  then: TagMoment;
}
/** Members now per bin of then: as the catalogue lists them where it lists them all, else asked of the tables. */
async function countsNow(engine: Engine, pairs: readonly Pair[], opts: QueryOptions): Promise<Map<TagInfo, number[]>> {
  const out = new Map<TagInfo, number[]>();
  const asked: Pair[] = [];
  for (const p of pairs) {
    const { tag, then } = p;
    if (then.deciles) {
      if (tag.deciles && tag.deciles.cuts.join() === then.deciles.cuts.join()) out.set(tag, tag.deciles.counts);
      else if (tag.known === 0)
        out.set(
          tag,
          then.deciles.counts.map(() => 0),
        );
      else asked.push(p);
    } else if (isNumeric(tag.type) || tag.distinct <= tag.values.length) {
      const listed = new Map(tag.values.map((v) => [v.value, v.n]));
      out.set(
        tag,
        then.values.map(([v]) => listed.get(v) ?? 0),
      );
    } else asked.push(p);
  }
  for (let i = 0; i < asked.length; i += BRANCHES) {
    const part = asked.slice(i, i + BRANCHES);
    const frame = await engine.query(part.map((p, k) => binsSql(p, k)).join('\nUNION ALL '), opts);
    const [of, bin, n] = ['tag', 'bin', 'n'].map((name) => Array.from(column(frame, name), Number)) as [number[], number[], number[]];
    part.forEach(({ tag, then }, k) => {
      const made = (then.deciles?.counts ?? then.values).map(() => 0);
      of.forEach((t, r) => {
        if (t === k) made[bin[r]!] = n[r]!;
      });
      out.set(tag, made);
    });
  }
  return out;
}

function binsSql({ tag, then }: Pair, k: number): string {
  const table = `${tag.entity}_tags t`;
  const counted = (from: string): string =>
    `SELECT ${k} AS tag, bin::INTEGER AS bin, count(*)::INTEGER AS n FROM (${from}) WHERE bin IS NOT NULL GROUP BY bin`;
  if (then.deciles) return counted(`SELECT ${bandCode(`t.${ident(tag.id)}`, { edges: then.deciles.cuts, leftClosed: false })} AS bin FROM ${table}`);
  const names = then.values.map(([v]) => v);
  return counted(
    `SELECT list_position(${literal(names)}, v) - 1 AS bin FROM (SELECT ${tagValueExpr(tag, 't')} AS v FROM ${table}) WHERE v IN ${list(names)}`,
  );
}
