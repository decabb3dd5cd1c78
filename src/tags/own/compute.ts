import { TesseraError } from '../../core/errors.ts';
import { column } from '../../core/frame.ts';
import type { OwnDef } from '../../core/own-tag.ts';
import type { Basis } from '../../core/settings.ts';
import type { DataFacts } from '../../core/tables.ts';
import type { Catalogue, Entity, TagInfo } from '../../core/tag.ts';
import type { Engine, QueryOptions } from '../../engine/engine.ts';
import { ident, literal } from '../../engine/sql.ts';
import { typed } from '../compile.ts';
import type { TagDef } from '../define.ts';
import { keyOf } from '../define.ts';
import { sha12 } from '../../core/canonical.ts';
import { describe } from '../figures.ts';
import { isNumeric } from '../values.ts';
import { writeRows } from '../write-back.ts';
import { compileOwn, listTable, usesOf } from './compile.ts';
import type { OwnColumn, OwnContext, RuleSql } from './compile.ts';
import { parse, tagsIn } from './formula-parse.ts';
import { inOrder } from './order.ts';

export interface OwnOptions {
  facts: DataFacts;
  basis: Basis;
  rules: RuleSql;
}
export interface MadeOwn {
  def: OwnDef;
  column: OwnColumn;
}
const SCRATCH = '"own tags"';

/** Ids of the tags a definition reads. */
export const readBy = (def: OwnDef, rules: RuleSql): string[] =>
  usesOf(def.source, rules, (text) => {
    try {
      return tagsIn(parse(text));
    } catch {
      return [];
    }
  });

/**
 * Puts the own tags beside the catalogue's in `user_tags` and `product_tags` and into the catalogue. Columns of own tags that were there before go. A tag that
 * cannot be made is listed as waiting, with its reason in `problem`; the others do not suffer from it. Tables of a kept file are copied first.
 */
export async function computeOwn(engine: Engine, base: Catalogue, defs: readonly OwnDef[], on: OwnOptions, opts: QueryOptions): Promise<Catalogue> {
  const startedAt = performance.now();
  const tags = [...base.tags];
  const waiting = [...base.waiting];
  let any = false;
  for (const entity of ['user', 'product'] as const) {
    const mine = defs.filter((d) => d.entity === entity);
    any = (await clear(engine, entity, base.tags, mine.length > 0, opts)) || any || mine.length > 0;
    const { floors, broken } = inOrder(mine, base.tags, base.waiting, (d) => readBy(d, on.rules));
    const fail = (def: OwnDef, problem: string): void =>
      void waiting.push({
        id: def.id,
        entity,
        title: def.title,
        description: def.description,
        dimension: def.dimension,
        kind: kindOf(def),
        missing: [],
        problem,
      });
    for (const { def, problem } of broken) fail(def, problem);
    for (const floor of floors) {
      const made: MadeOwn[] = [];
      for (const def of floor) {
        try {
          made.push({ def, column: compileOwn(def, contextOf(on, tags), `j${made.length}`) });
        } catch (e) {
          if (!(e instanceof TesseraError)) throw e;
          fail(def, e.message);
        }
      }
      const kept = await fill(engine, entity, made, opts);
      for (const { def } of made.filter((m) => !kept.includes(m))) fail(def, 'The engine could not compute it.');
      const infos = await describe(engine, `${entity}_tags`, kept.map(tagDefOf), NO_FRESH(entity), opts);
      for (const [i, info] of infos.entries()) {
        const { def, column } = kept[i]!;
        const uses = readBy(def, on.rules);
        info.own = { kind: def.source.kind, uses };
        info.freshness = await newestOf(engine, entity, info, column, tags, opts);
        info.digest = await digestOwn(def, uses, tags, on.basis);
        tags.push(info);
      }
    }
  }
  return any ? { ...base, tags, waiting, ms: base.ms + (performance.now() - startedAt) } : base;
}

export const NO_FRESH = (entity: Entity) => ({ cells: '', key: keyOf(entity), columns: new Map<string, string>() });
export const contextOf = ({ facts, basis, rules }: OwnOptions, tags: TagInfo[]): OwnContext => ({
  facts,
  scopeAll: basis.scope === 'all',
  tags,
  rules,
});
const kindOf = ({ source }: OwnDef): TagInfo['kind'] =>
  source.kind === 'events' ? 'dynamic' : source.kind === 'column' || source.kind === 'ids' ? 'static' : 'derived';

/** What the catalogue's figures take. */
export const tagDefOf = ({ def, column }: MadeOwn): TagDef => ({
  id: def.id,
  entity: def.entity,
  title: def.title,
  description: def.description,
  dimension: def.dimension,
  kind: kindOf(def),
  type: column.type,
  unit: def.unit || (column.type === 'money' ? 'money' : ''),
  needs: [],
  plan: { kind: 'derive', formula: column.expr, tags: [] },
  ...(isNumeric(column.type) ? { bands: 'quantiles' } : {}),
  ...(column.order ? { order: column.order } : {}),
  nullRule: column.nullRule,
  version: def.version,
});

/** Takes columns of former own tags away; copies tables of a kept file if columns will be added. True if anything was done. */
async function clear(engine: Engine, entity: Entity, base: readonly TagInfo[], adding: boolean, opts: QueryOptions): Promise<boolean> {
  const table = `${entity}_tags`;
  const known = new Set([keyOf(entity), `${entity}_id`, ...base.filter((t) => t.entity === entity).map((t) => t.id)]);
  const there = Array.from(column(await engine.query(`SELECT column_name FROM (DESCRIBE ${table})`, opts), 'column_name'), String);
  const former = there.filter((c) => !known.has(c));
  if (former.length === 0 && !adding) return false;
  const local = await engine.query(`SELECT count(*) FROM duckdb_tables() WHERE database_name = 'z' AND table_name = ${literal(table)}`, opts);
  if (Number(local.columns[0]![0]) === 0) {
    const rest = there.filter((c) => known.has(c)).map((c) => ident(c).text);
    await engine.exec(`CREATE TABLE z.${table} AS SELECT ${rest.join(', ')} FROM ${table}; ${view(table)}`);
  } else if (former.length > 0)
    await engine.exec(`${former.map((c) => `ALTER TABLE z.${table} DROP COLUMN ${ident(c)}`).join('; ')}; ${view(table)}`);
  return former.length > 0;
}
const view = (table: string): string => `CREATE OR REPLACE VIEW ${table} AS SELECT * FROM z.${table}`;

/** Adds the columns of one floor; if the engine refuses, one by one, and answers those that went in. */
async function fill(engine: Engine, entity: Entity, made: MadeOwn[], opts: QueryOptions): Promise<MadeOwn[]> {
  if (made.length === 0) return [];
  const key = keyOf(entity);
  const table = `z.${entity}_tags`;
  try {
    await withLists(engine, made, opts, async () => {
      await engine.exec(`CREATE OR REPLACE TEMP TABLE ${SCRATCH} AS ${selectOf(entity, made)}`, opts);
      const types = made.map(({ def, column: c }) => `ALTER TABLE ${table} ADD COLUMN ${ident(def.id)} ${SQL_TYPES[c.type] ?? 'VARCHAR'}`);
      const set = made.map(({ def }) => `${ident(def.id)} = o.${ident(def.id)}`).join(', ');
      await engine.exec(
        `${types.join('; ')}; UPDATE ${table} AS w SET ${set} FROM temp.${SCRATCH} o WHERE o.${key} = w.${key}; DROP TABLE temp.${SCRATCH}; ${view(`${entity}_tags`)}`,
      );
    });
    return made;
  } catch (e) {
    if (!(e instanceof TesseraError) || e.code !== 'ENGINE_SQL') throw e;
    if (made.length === 1) return [];
    const kept: MadeOwn[] = [];
    for (const one of made) kept.push(...(await fill(engine, entity, [one], opts)));
    return kept;
  }
}
const SQL_TYPES: Partial<Record<TagInfo['type'], string>> = {
  int: 'INTEGER',
  number: 'DOUBLE',
  money: 'DOUBLE',
  share: 'DOUBLE',
  date: 'TIMESTAMP',
  boolean: 'BOOLEAN',
};

/** SELECT of key, id and the columns, one row per member. */
export function selectOf(entity: Entity, made: readonly MadeOwn[]): string {
  const key = keyOf(entity);
  const columns = made.map(({ def, column: c }) => `${typed(c.type, c.expr)} AS ${ident(def.id)}`);
  return `SELECT t.${key}, t.${entity}_id, ${columns.join(', ')} FROM ${entity}_tags t${made.map((m) => m.column.join).join('')}`;
}

/** Runs with the pasted lists of these tags as temporary tables. */
export async function withLists<T>(engine: Engine, made: readonly MadeOwn[], opts: QueryOptions, run: () => Promise<T>): Promise<T> {
  const lists = made.filter((m) => m.column.list);
  const columns = [
    ['id', 'VARCHAR'],
    ['v', 'VARCHAR'],
  ] satisfies [string, string][];
  try {
    for (const { def, column: c } of lists)
      await writeRows(
        engine,
        listTable(def.id),
        columns,
        c.list!.map((r) => [r.id, r.value]),
        opts,
      );
    return await run();
  } finally {
    for (const { def } of lists) await engine.exec(`DROP TABLE IF EXISTS temp.${ident(listTable(def.id))}`);
  }
}

/** Median days since the newest row used: of the rows an events tag looks at; of the tag that bands are cut from; else null. */
async function newestOf(
  engine: Engine,
  entity: Entity,
  info: TagInfo,
  made: OwnColumn,
  tags: readonly TagInfo[],
  opts: QueryOptions,
): Promise<number | null> {
  const key = keyOf(entity);
  if (made.newest) {
    const frame = await engine.query(
      `SELECT median(ago(n.newest)) FROM ${entity}_tags t JOIN (${made.newest}) n USING (${key}) WHERE t.${ident(info.id)} IS NOT NULL`,
      opts,
    );
    const days = frame.columns[0]![0];
    return typeof days === 'number' ? days : null;
  }
  return info.own?.kind === 'bands' ? (tags.find((t) => t.entity === entity && t.id === info.own!.uses[0])?.freshness ?? null) : null;
}

/** Names what an own tag means here: its definition without words, the digests of the tags it reads, and the basis they share. */
function digestOwn(def: OwnDef, uses: readonly string[], tags: readonly TagInfo[], { zone, scope, money }: Basis): Promise<string> {
  const of = uses.map((id) => tags.find((t) => t.id === id && t.entity === def.entity)?.digest ?? null);
  return sha12({ id: def.id, entity: def.entity, source: JSON.parse(JSON.stringify(def.source)), of, zone, scope, money });
}

/** The SQL of one own tag over the tags it reads: rows (u or p, value), one per member. Of a list the first thousand lines. */
export function ownTagSql(def: OwnDef, tags: readonly TagInfo[], on: OwnOptions): string {
  const others = tags.filter((t) => t.id !== def.id || t.entity !== def.entity);
  const { type, expr, join } = compileOwn(def, { ...contextOf(on, others), inline: true }, 'j');
  return `SELECT t.${keyOf(def.entity)}, ${typed(type, expr)} AS value FROM ${def.entity}_tags t${join}`;
}
