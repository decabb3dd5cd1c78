import { ident } from '../engine/sql.ts';
import type { Entity } from '../core/tag.ts';
import { CellTables } from './cells.ts';
import { cellSql, floors, namesOf, typed, winnerSql, zeroed } from './compile.ts';
import type { Names } from './compile.ts';
import { create } from './steps.ts';
import type { Step } from './steps.ts';
import type { Relation, TagContext, TagDef } from './define.ts';
import { relationNamed } from './catalogue.ts';

export interface WidePlan {
  entity: Entity;
  steps: Step[];
  /** Temporary tables still there after the last step. */
  leftovers: string[];
  /** Per predicate of `TagDef.rows`: the column of `cells` with the days since the newest such event. */
  fresh: Map<string, string>;
  cells: string;
}

/**
 * The statements that make the wide table of one entity. All plain aggregates are one scan of events; distinct counts are counted over (entity, key)
 * groups that each key hashes once, whatever number of tags counts it; relations are made once, in the order they need each other, and
 * dropped after their last reader; one join puts everything side by side.
 * @param published tags that get a column; `all` may hold more, for formulas to read.
 * @param passing the wide table is soon replaced: it lies uncompressed beside `z`, which takes two thirds of the time.
 */
export function planWide(entity: Entity, published: readonly TagDef[], all: readonly TagDef[], ctx: TagContext, passing: boolean = false): WidePlan {
  const names = namesOf(entity, ctx.basis);
  const tags = new Map(all.map((t) => [t.id, t]));
  const tag = (id: string): TagDef => {
    const found = tags.get(id);
    if (!found) throw new Error(`no ${entity} tag ${id}`);
    return found;
  };
  const relations = closure(published.flatMap(relationsOf));
  const wideIds = [...new Set(relations.flatMap((r) => r.tags ?? []))];
  const flatIds = published.filter((t) => t.plan.kind !== 'column' && t.plan.kind !== 'winner').map((t) => t.id);

  const cells = new CellTables(entity, names);
  // Register every atom before the scans are written.
  const join = () => `${names.universe} n LEFT JOIN ${names.base} t USING (${names.key})${cells.joins()}`;
  const wide = (ids: string[]) => floors(ids, tag, names.key, '@from', (c) => cellSql(c, (a) => cells.column(a)));
  const wideSql = wideIds.length ? wide(wideIds) : null;
  const flatSql = wide(flatIds);
  const fresh = new Map<string, string>();
  for (const rows of new Set(published.flatMap((t) => t.rows ?? []))) fresh.set(rows, cells.name({ agg: 'max', of: 'ts', where: rows }));

  const has = (name: string) => relations.some((r) => r.name === name);
  const steps: Step[] = cells.steps(has);
  const made = new Set(steps.flatMap((s) => s.table ?? []));

  // How many steps still read a relation: it is dropped after the last.
  const winners = published.filter((t) => t.plan.kind === 'winner');
  const readers = new Map<string, number>();
  const read = (name: string) => readers.set(name, (readers.get(name) ?? 0) + 1);
  for (const r of relations) r.uses.forEach(read);
  for (const t of published) relationsOf(t).forEach(read);
  for (const name of cells.sharedGrains()) read(name);
  const done = (name: string) => {
    const left = (readers.get(name) ?? 0) - 1;
    readers.set(name, left);
    if (left === 0) steps.push(drop(name));
  };
  const make = (relation: Relation) => {
    if (!made.has(relation.name))
      steps.push(
        relation.compute
          ? { label: relation.name, sql: relation.sql(ctx), table: relation.name, relation }
          : create(relation.name, relation.sql(ctx), relation.name),
      );
    made.add(relation.name);
    for (const step of cells.over(relation.name)) {
      steps.push(step);
      done(relation.name);
    }
    relation.uses.forEach(done);
    for (const t of winners) {
      if (t.plan.kind !== 'winner' || t.plan.from !== relation.name) continue;
      steps.push(create(WINNER + t.id, winnerSql(t.plan, names.key), t.title));
      done(relation.name);
    }
  };
  const early = new Set(closure(cells.sharedGrains()).map((r) => r.name));
  relations.filter((r) => early.has(r.name)).forEach(make);
  if (wideSql) steps.push(create(names.wide, wideSql.replace('@from', join()), 'what the second pass reads'));
  relations.filter((r) => !early.has(r.name)).forEach(make);

  const own = new Map<string, string[]>();
  const columns = published.map((t) => {
    const [source, column] = t.plan.kind === 'winner' ? [WINNER + t.id, 'v'] : t.plan.kind === 'column' ? [t.plan.relation, t.plan.column] : [];
    if (source === undefined || column === undefined) return `f.${ident(t.id)}`;
    const zero = t.plan.kind === 'column' ? t.plan.zero : undefined;
    own.set(source, [...(own.get(source) ?? []), `${typed(t.type, zeroed(`${ident(source)}.${ident(column)}`, zero))} AS ${ident(t.id)}`]);
    return ident(t.id).text;
  });
  // A statement holds the hash tables of all its joins until it ends: joined in groups of their own, with what was joined dropped, a million users take a
  // third less memory.
  const sides = sideBySide(own, names);
  for (const side of sides) {
    steps.push(create(side.name, side.sql, ''));
    for (const source of side.sources) {
      if (source.startsWith(WINNER)) steps.push(drop(source));
      else published.filter((t) => t.plan.kind === 'column' && t.plan.relation === source).forEach(() => done(source));
    }
  }
  const joins = sides.map(({ name }) => ` JOIN temp.${ident(name)} ON ${ident(name)}.${names.key} = f.${names.key}`).join('');
  const places = [`passing_${names.table}`, `z.${names.table}`];
  const [place, other] = passing ? places : places.toReversed();
  steps.push(
    {
      label: 'the wide table',
      sql: `CREATE OR REPLACE TABLE ${place} AS SELECT f.${names.key}, i.${names.id}${columns.map((c) => `,\n  ${c}`).join('')}\nFROM (${flatSql.replace('@from', join())}) f JOIN ${names.idTable} i ON i.${names.key} = f.${names.key}${joins}`,
    },
    { label: '', sql: `CREATE OR REPLACE VIEW ${names.table} AS SELECT * FROM ${place}; DROP TABLE IF EXISTS ${other}` },
  );
  const leftovers = [
    ...new Set([...made, ...(wideSql ? [names.wide] : []), ...winners.map((t) => WINNER + t.id), ...sides.map((s) => s.name), ...cells.tables()]),
  ];
  return { entity, steps, leftovers, fresh, cells: cells.rows };
}

const WINNER = 'winner ';
const drop = (table: string): Step => ({ label: '', sql: `DROP TABLE IF EXISTS temp.${ident(table)}` });

/** Thirty joins in a row cost the engine a quarter of a second to plan, groups of six a quarter of that. */
const IN_A_GROUP = 6;
/** Tables that hold the columns of the second pass (by table) for everyone, and what each is made of. */
function sideBySide(columns: ReadonlyMap<string, string[]>, { key, universe, table }: Names): { name: string; sql: string; sources: string[] }[] {
  const tables = [...columns];
  return Array.from({ length: Math.ceil(tables.length / IN_A_GROUP) }, (_, g) => {
    const group = tables.slice(g * IN_A_GROUP, (g + 1) * IN_A_GROUP);
    const joins = group.map(([source]) => ` LEFT JOIN temp.${ident(source)} ON ${ident(source)}.${key} = n.${key}`).join('');
    const sql = `SELECT n.${key}, ${group.flatMap(([, own]) => own).join(', ')} FROM ${universe} n${joins}`;
    return { name: `${table} part ${g + 1}`, sql, sources: group.map(([source]) => source) };
  });
}

/** Relations a tag reads directly. */
export function relationsOf(tag: TagDef): string[] {
  if (tag.plan.kind === 'column') return [tag.plan.relation];
  return tag.plan.kind === 'winner' ? [tag.plan.from] : [];
}

/** The named relations and all they use, each after those it reads. */
export function closure(names: readonly string[]): Relation[] {
  const out = new Map<string, Relation>();
  const visit = (name: string, path: string[]) => {
    if (out.has(name)) return;
    if (path.includes(name)) throw new Error(`relations read each other in a circle: ${[...path, name].join(' → ')}`);
    const relation = relationNamed(name);
    relation.uses.forEach((used) => visit(used, [...path, name]));
    out.set(name, relation);
  };
  names.forEach((n) => visit(n, []));
  return [...out.values()];
}
