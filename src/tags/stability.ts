import { column } from '../core/frame.ts';
import type { Moment, ShiftBin, ShiftLevel, TagMoment, TagShift } from '../core/moment.ts';
import type { Cut, TagInfo, TagType } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, list, literal } from '../engine/sql.ts';
import { jeffreys } from '../stats/divergence.ts';
import { bandLabels } from './bands.ts';
import { isCompared, MOST_KEPT } from './moment.ts';
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
type Now = Pick<TagInfo, 'known' | 'universe'> & { counts: readonly number[]; fresh?: readonly [value: string, n: number][] };

/** One tag against what it came to, from counts alone. */
export function shiftOf(then: TagMoment, now: Now): Pick<TagShift, 'psi' | 'noise' | 'level' | 'bins'> {
  const { deciles: d } = then;
  const labels = d ? bandLabels(d.cuts, d.min, d.max, labelType(then.type, d)) : then.values.map(([v]) => v);
  const counts = d ? d.counts : then.values.map(([, n]) => n);
  const bins = labels.map((value, i): ShiftBin => ({ value, kind: 'value', before: counts[i]!, now: now.counts[i]! }));
  for (const [value, n] of now.fresh ?? []) bins.push({ value, kind: 'value', before: 0, now: n });
  if (!d && then.rest !== null) {
    const rest = now.known - bins.reduce((n, b) => n + b.now, 0);
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

/** Values that nobody had then, where all values of then and of now are listed: the commonest, the others are in the rest. */
export function freshValues(tag: TagInfo, then: TagMoment): [value: string, n: number][] {
  const whole = (then.rest === null ? then.values.length < MOST_KEPT : then.rest === 0) && tag.distinct <= tag.values.length;
  if (!whole || isNumeric(tag.type)) return [];
  const listed = new Set(then.values.map(([v]) => v));
  const fresh = tag.values.filter((v) => !listed.has(v.value)).map((v): [string, number] => [v.value, v.n]);
  return fresh.length <= MOST_KEPT ? fresh : fresh.toSorted((a, b) => b[1] - a[1]).slice(0, MOST_KEPT);
}

/** How far every tag has shifted since a moment, in the order of `tags`; kinds that moments do not keep are left out. */
export async function shiftsSince(engine: Engine, moment: Moment, tags: readonly TagInfo[], opts: QueryOptions = {}): Promise<TagShift[]> {
  const pairs = tags.filter(isCompared).map((tag) => ({ tag, then: moment.tags.find((t) => t.id === tag.id && t.entity === tag.entity) ?? null }));
  const same = pairs.flatMap(({ tag, then }) => (then && then.digest === tag.digest ? [{ tag, then }] : []));
  const { counts } = await countsNow(engine, same, 'deciles', opts);
  return pairs.map(({ tag, then }): TagShift => {
    const found = counts.get(tag);
    const head = { id: tag.id, entity: tag.entity, n: then?.universe ?? 0, m: tag.universe, version: then?.version ?? null };
    return then && found
      ? { ...head, refused: null, ...shiftOf(then, { known: tag.known, universe: tag.universe, counts: found, fresh: freshValues(tag, then) }) }
      : { ...head, refused: then ? 'changed' : 'new', psi: 0, noise: 0, level: null, bins: [] };
  });
}

interface Pair {
  tag: TagInfo;
  then: TagMoment;
}
/** Members now per value of then, of a number per decile bin or band: as the catalogue lists them where it lists just these, else asked of the tables. */
export async function countsNow(
  engine: Engine,
  pairs: readonly Pair[],
  by: 'deciles' | 'bands',
  opts: QueryOptions,
): Promise<{ counts: Map<TagInfo, number[]>; sql: string[] }> {
  const sql: string[] = [];
  const out = new Map<TagInfo, number[]>();
  const asked: Pair[] = [];
  for (const p of pairs) {
    const { tag, then } = p;
    const cut = cutOf(then, by);
    if (tag.known === 0) out.set(tag, Array<number>(binsOf(then, by)).fill(0));
    else if (cut) {
      const now = cutOf(tag, by);
      if (now && now.edges.join() === cut.edges.join()) out.set(tag, by === 'bands' ? tag.values.map((v) => v.n) : tag.deciles!.counts);
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
    const text = part.map((p, k) => binsSql(p, k, by)).join('\nUNION ALL ');
    sql.push(text);
    const frame = await engine.query(text, opts);
    const [of, bin, n] = ['tag', 'bin', 'n'].map((name) => Array.from(column(frame, name), Number)) as [number[], number[], number[]];
    part.forEach(({ tag, then }, k) => {
      const made = Array<number>(binsOf(then, by)).fill(0);
      of.forEach((t, r) => {
        if (t === k) made[bin[r]!] = n[r]!;
      });
      out.set(tag, made);
    });
  }
  return { counts: out, sql };
}

/** How a number is cut; null for what is no number, and for a number without bands. */
const cutOf = (t: Pick<TagInfo, 'bands' | 'deciles'> | TagMoment, by: 'deciles' | 'bands'): Pick<Cut, 'edges' | 'leftClosed'> | null =>
  by === 'bands' ? (t.bands ?? null) : t.deciles ? { edges: t.deciles.cuts, leftClosed: false } : null;
const binsOf = (then: TagMoment, by: 'deciles' | 'bands'): number => (cutOf(then, by)?.edges.length ?? then.values.length - 1) + 1;

function binsSql({ tag, then }: Pair, k: number, by: 'deciles' | 'bands'): string {
  const cut = cutOf(then, by);
  const table = `${tag.entity}_tags t`;
  const counted = (from: string): string =>
    `SELECT ${k} AS tag, bin::INTEGER AS bin, count(*)::INTEGER AS n FROM (${from}) WHERE bin IS NOT NULL GROUP BY bin`;
  if (cut) return counted(`SELECT ${bandCode(`t.${ident(tag.id)}`, cut)} AS bin FROM ${table}`);
  const names = then.values.map(([v]) => v);
  return counted(
    `SELECT list_position(${literal(names)}, v) - 1 AS bin FROM (SELECT ${tagValueExpr(tag, 't')} AS v FROM ${table}) WHERE v IN ${list(names)}`,
  );
}
