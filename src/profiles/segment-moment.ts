import { column, rows } from '../core/frame.ts';
import type { Middle, SegmentMoment, TagMoment } from '../core/moment.ts';
import type { Segment } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import { entityOf, type RuleContext } from '../segments/context.ts';
import { countBits, type Bits } from '../segments/index/bits.ts';
import type { Column, NumberColumn } from '../segments/index/column.ts';
import type { Evaluator } from '../segments/index/evaluate.ts';
import { Counted } from '../segments/index/packs.ts';
import { meaningOf } from '../segments/meaning.ts';
import { hasMiddle, isCompared, middleOf, tagMoment } from '../tags/moment.ts';
import { bandCode, tagValueExpr } from '../tags/values.ts';
import { bandIndex } from './cells-sql.ts';
import { markGroups, type Groups } from './groups.ts';
import { setMasses } from './index-counts.ts';
import { moments, quantile } from './numbers.ts';
import { profiled } from './profile.ts';

/** Tags counted by one statement. */
const BRANCHES = 16;
/** Bins of a statement beside those of the values: a value that is not listed, and the known of a set, whose members have several. */
const [ELSEWHERE, KNOWN] = [-1, -2];

/** A tag and the values, or the bands, that its members are counted by. */
export interface Asked {
  tag: TagInfo;
  values: readonly string[];
  bands: TagMoment['bands'];
}
/** Members with a value at all, and with each of the values asked for. */
export interface MemberCounts {
  known: number;
  counts: number[];
}

/** What a moment keeps of a segment: the tags that a profile shows, by the values that the same moment keeps for everyone. */
const askedOfMoment = (segment: Segment, { tags }: RuleContext): Asked[] =>
  tags
    .filter((t) => t.entity === entityOf(segment) && isCompared(t) && profiled(t) && t.values.length > 0)
    .map((tag) => ({ tag, values: tagMoment(tag).values.map(([v]) => v), bands: tag.bands ?? undefined }));

/** The figures of a segment as it stands, in counts: fewer members than the smallest group are not told apart. Throws what `validate` throws. */
export async function segmentMoment(engine: Engine, segment: Segment, ctx: RuleContext, opts: QueryOptions = {}): Promise<SegmentMoment> {
  const digest = await meaningOf(segment, ctx);
  const groups = await markGroups(engine, segment, entityOf(segment), { kind: 'everyone' }, ctx, opts);
  try {
    if (groups.n < ctx.basis.k) return { digest, tooFew: true };
    const asked = askedOfMoment(segment, ctx);
    const { counts } = await countMembers(engine, groups, asked, opts);
    const { middles } = await middlesOf(engine, groups, numbersOf(asked), ctx.basis.k, opts);
    return { digest, n: groups.n, tags: kept(asked, (a) => counts.get(a.tag)!), middles: Object.fromEntries(middles) };
  } finally {
    await groups.drop();
  }
}

/** As `segmentMoment`, over the index; null where it does not hold a column of those to keep. */
export async function segmentMomentBy(index: Evaluator, segment: Segment, ctx: RuleContext, opts: QueryOptions = {}): Promise<SegmentMoment | null> {
  const { columns, n, packs } = index.table;
  const asked = askedOfMoment(segment, ctx);
  if (!asked.every(({ tag }) => columns.has(tag.id))) return null;
  const digest = await meaningOf(segment, ctx);
  const bits = await index.members(segment, ctx, opts);
  const size = countBits(bits);
  if (size < ctx.basis.k) return { digest, tooFew: true };
  const set = new Counted(bits, n, packs);
  const middles = numbersOf(asked).flatMap((tag): [string, Middle][] => {
    const made = middleBy(columns.get(tag.id) as NumberColumn, set, ctx.basis.k);
    return made ? [[tag.id, made]] : [];
  });
  return { digest, n: size, tags: kept(asked, (a) => countBy(a, columns.get(a.tag.id)!, set, bits)), middles: Object.fromEntries(middles) };
}

const numbersOf = (asked: readonly Asked[]): TagInfo[] => asked.map((a) => a.tag).filter(hasMiddle);

/** Null where fewer than the smallest group have the number: a median of one is that one's row. */
function middleBy(from: NumberColumn, set: Counted, k: number): Middle | null {
  const counts = Float64Array.from(set.counts(from).subarray(1));
  const { n, mean } = moments(from.values, counts);
  return n < Math.max(1, k) ? null : middleOf(quantile(from.values, counts, n, 0.5), mean);
}

/** Median and mean of numbers over the first of two marked groups, of those that at least k of it have. */
export async function middlesOf(
  engine: Engine,
  groups: Pick<Groups, 'from'>,
  tags: readonly TagInfo[],
  k: number,
  opts: QueryOptions,
): Promise<{ middles: Map<string, Middle>; sql: string[] }> {
  const middles = new Map<string, Middle>();
  const sql: string[] = [];
  for (let at = 0; at < tags.length; at += BRANCHES) {
    const part = tags.slice(at, at + BRANCHES);
    const of = ({ id }: TagInfo, i: number): string => {
      const x = `t.${ident(id)}::DOUBLE`;
      return `count(${x}) AS n${i}, quantile_cont(${x}, 0.5) AS m${i}, fsum(${x}) AS t${i}`;
    };
    const text = `SELECT ${part.map(of).join(', ')} ${groups.from} WHERE s`;
    sql.push(text);
    const r = rows<Record<string, number>>(await engine.query(text, opts))[0]!;
    part.forEach(({ id }, i) => {
      const n = r[`n${i}`]!;
      if (n >= Math.max(1, k)) middles.set(id, middleOf(r[`m${i}`]!, r[`t${i}`]! / n));
    });
  }
  return { middles, sql };
}

const kept = (asked: readonly Asked[], of: (a: Asked) => MemberCounts): Record<string, number[]> =>
  Object.fromEntries(
    asked.map((a) => {
      const { known, counts } = of(a);
      return [a.tag.id, [known, ...counts]];
    }),
  );

function countBy({ values, bands }: Asked, from: Column, set: Counted, bits: Bits): MemberCounts {
  const counts = Array<number>(values.length).fill(0);
  const place = new Map(values.map((v, i) => [v, i]));
  const add = (i: number | undefined, n: number): void => {
    if (i !== undefined) counts[i]! += n;
  };
  if (from.kind === 'set') {
    const masses = setMasses(from, bits, null);
    from.values.forEach((v, i) => add(place.get(v), masses(i + 1).n));
    return { known: masses(0).n, counts };
  }
  const per = set.counts(from);
  let known = 0;
  for (let i = 0; i < from.values.length; i++) {
    const n = per[i + 1]!;
    known += n;
    const value = from.values[i]!;
    add(bands && typeof value === 'number' ? bandIndex(bands, value) : place.get(String(value)), n);
  }
  return { known, counts };
}

/** Members of the first of two marked groups by the values asked for, a few statements for all tags. */
export async function countMembers(
  engine: Engine,
  groups: Pick<Groups, 'from'>,
  asked: readonly Asked[],
  opts: QueryOptions,
): Promise<{ counts: Map<TagInfo, MemberCounts>; sql: string[] }> {
  const sql: string[] = [];
  const out = new Map<TagInfo, MemberCounts>(asked.map((a) => [a.tag, { known: 0, counts: Array<number>(a.values.length).fill(0) }]));
  for (let at = 0; at < asked.length; at += BRANCHES) {
    const part = asked.slice(at, at + BRANCHES);
    const text = part.map((a, k) => binsSql(a, k, `${groups.from} WHERE s`)).join('\nUNION ALL ');
    sql.push(text);
    const frame = await engine.query(text, opts);
    const [of, bin, n] = ['tag', 'bin', 'n'].map((name) => Array.from(column(frame, name), Number)) as [number[], number[], number[]];
    of.forEach((k, r) => {
      const made = out.get(part[k]!.tag)!;
      if (bin[r]! >= 0) made.counts[bin[r]!] = n[r]!;
      if (part[k]!.tag.type !== 'set' || bin[r] === KNOWN) made.known += n[r]!;
    });
  }
  return { counts: out, sql };
}

function binsSql({ tag, values, bands }: Asked, k: number, from: string): string {
  const x = `t.${ident(tag.id)}`;
  const counted = (inner: string): string => `SELECT ${k} AS tag, bin::INTEGER AS bin, count(*)::INTEGER AS n FROM (${inner}) GROUP BY bin`;
  if (bands) return counted(`SELECT ${bandCode(x, bands)} AS bin ${from} AND ${x} IS NOT NULL`);
  const listed = counted(
    `SELECT coalesce(list_position(${literal([...values])}, v) - 1, ${ELSEWHERE}) AS bin FROM (SELECT ${tagValueExpr(tag, 't')} AS v ${from}) WHERE v IS NOT NULL`,
  );
  return tag.type === 'set' ? `${listed}\nUNION ALL SELECT ${k}, ${KNOWN}, count(*)::INTEGER ${from} AND ${x} IS NOT NULL` : listed;
}
