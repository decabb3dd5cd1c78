import { TesseraError } from '../../core/errors.ts';
import { rows } from '../../core/frame.ts';
import type { Moves, OwnDef } from '../../core/own-tag.ts';
import type { Catalogue, TagInfo } from '../../core/tag.ts';
import type { Engine, QueryOptions } from '../../engine/engine.ts';
import { ident, list, literal } from '../../engine/sql.ts';
import { keyOf } from '../define.ts';
import { describe } from '../figures.ts';
import { isNumeric, tagValueExpr } from '../values.ts';
import { compileOwn, listTable } from './compile.ts';
import { contextOf, NO_FRESH, readBy, selectOf, tagDefOf, withLists } from './compute.ts';
import type { OwnOptions } from './compute.ts';
import { readIdList } from './id-list.ts';
import { inOrder } from './order.ts';

/** What a definition would come to, before it is saved. */
export interface OwnPreview {
  info: TagInfo;
  /** Against the tag of that id as it is now; null where there is none. */
  moves: Moves | null;
  /** Of a list: ids that are members, ids that nobody has, ids given more than once. */
  list: { matched: number; unknown: number; doubled: number } | null;
}
const TABLE = 'own preview';
/** Values of a matrix, each way; the rest is "(other)". */
const MOST = 12;

/** Previews of one engine follow one another: they share the name of their table. */
const last = new WeakMap<Engine, Promise<unknown>>();

/**
 * Computes a definition into a temporary table and describes it. Nothing is kept.
 * @throws TesseraError in a sentence where it cannot be made
 */
export function previewOwn(
  engine: Engine,
  def: OwnDef,
  catalogue: Catalogue,
  defs: readonly OwnDef[],
  on: OwnOptions,
  opts: QueryOptions,
): Promise<OwnPreview> {
  const run = (last.get(engine) ?? Promise.resolve()).then(() => previewNow(engine, def, catalogue, defs, on, opts));
  last.set(
    engine,
    run.catch(() => undefined),
  );
  return run;
}

async function previewNow(
  engine: Engine,
  def: OwnDef,
  catalogue: Catalogue,
  defs: readonly OwnDef[],
  on: OwnOptions,
  opts: QueryOptions,
): Promise<OwnPreview> {
  if (opts.signal?.aborted) throw new TesseraError('CANCELLED', 'Stopped.');
  const { entity } = def;
  const others = defs.filter((d) => d.entity === entity && d.id !== def.id);
  const plain = catalogue.tags.filter((t) => !t.own);
  const problem = inOrder([...others, def], plain, catalogue.waiting, (d) => readBy(d, on.rules)).broken.find((b) => b.def === def)?.problem;
  if (problem) throw new TesseraError('PARAM_INVALID', problem, { next: 'Change what it is made of.', where: { tag: def.id } });
  const tags = catalogue.tags.filter((t) => t.id !== def.id || t.entity !== entity);
  const made = { def, column: compileOwn(def, contextOf(on, tags), 'j0') };
  const table = `temp.${ident(TABLE)}`;
  return withLists(engine, [made], opts, async () => {
    try {
      await engine.exec(`CREATE OR REPLACE TEMP TABLE ${ident(TABLE)} AS ${selectOf(entity, [made])}`, opts);
      const info = (await describe(engine, table, [tagDefOf(made)], NO_FRESH(entity), opts))[0]!;
      info.own = { kind: def.source.kind, uses: readBy(def, on.rules) };
      const before = catalogue.tags.find((t) => t.id === def.id && t.entity === entity);
      return {
        info,
        moves: before ? await movesOf(engine, table, before, info, opts) : null,
        list: made.column.list ? await listed(engine, def, opts) : null,
      };
    } finally {
      await engine.exec(`DROP TABLE IF EXISTS ${table}`);
    }
  });
}

/** Old against new values. Two numbers are both read by the old bands, so that a move is a change of the number and not of its bands. */
async function movesOf(engine: Engine, table: string, before: TagInfo, after: TagInfo, opts: QueryOptions): Promise<Moves> {
  const key = keyOf(before.entity);
  const numbers = isNumeric(before.type) && isNumeric(after.type) && before.bands !== null;
  const shown = numbers ? { ...after, bands: before.bands } : after;
  const value = (tag: TagInfo, alias: string): string =>
    tag.bands || !isNumeric(tag.type) ? tagValueExpr(tag, alias) : `${alias}.${ident(tag.id)}::VARCHAR`;
  const pooled = (x: string, tag: TagInfo): string => {
    const kept = orderOf(tag).slice(0, MOST);
    return `CASE WHEN ${x} IS NULL OR ${x} IN ${list(kept)} THEN ${x} ELSE ${literal(OTHER)} END`;
  };
  const [a, b] = [value(before, 't'), value(shown, 'w')];
  const frame = await engine.query(
    `SELECT ${pooled('a', before)} AS a, ${pooled('b', shown)} AS b, count(*) AS n, count(*) FILTER (a IS NOT DISTINCT FROM b) AS same FROM (SELECT ${a} AS a, ${b} AS b FROM ${before.entity}_tags t JOIN ${table} w USING (${key})) GROUP BY 1, 2`,
    opts,
  );
  const cells = rows<{ a: string | null; b: string | null; n: number; same: number }>(frame);
  const axis = (tag: TagInfo, of: 'a' | 'b'): (string | null)[] =>
    [...orderOf(tag).slice(0, MOST), OTHER, null].filter((v) => cells.some((c) => c[of] === v));
  const [from, to] = [axis(before, 'a'), axis(shown, 'b')];
  const counts = from.map((x) => to.map((y) => cells.find((c) => c.a === x && c.b === y)?.n ?? 0));
  const stay = cells.reduce((n, c) => n + c.same, 0);
  return { before: from, after: to, counts, stay, move: cells.reduce((n, c) => n + c.n, 0) - stay };
}
const OTHER = '(other)';
const orderOf = (tag: TagInfo): string[] => tag.bands?.labels ?? tag.order ?? tag.values.map((v) => v.value);

async function listed(engine: Engine, def: OwnDef, opts: QueryOptions): Promise<NonNullable<OwnPreview['list']>> {
  const { rows: all, doubled } = readIdList(def.source.kind === 'ids' ? def.source.list : '');
  const { entity } = def;
  const frame = await engine.query(`SELECT count(*) FROM temp.${ident(listTable(def.id))} l JOIN ${entity}_tags t ON t.${entity}_id = l.id`, opts);
  const matched = Number(frame.columns[0]![0]);
  return { matched, unknown: all.length - matched, doubled };
}
