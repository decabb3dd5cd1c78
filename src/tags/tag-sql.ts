import { ident } from '../engine/sql.ts';
import { TesseraError } from '../core/errors.ts';
import type { Basis } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Entity } from '../core/tag.ts';
import { definitions } from './catalogue.ts';
import { atomSql, cellSql, floors, namesOf, typed, winnerSql, zeroed } from './compile.ts';
import type { Names } from './compile.ts';
import type { Probe, TagContext, TagDef } from './define.ts';
import { closure, relationsOf } from './planner.ts';
import { ASSUMED } from './probe.ts';

/**
 * The readable SQL of one tag alone: rows (u or p, value), one per member of the universe, equal to its column in the wide table. Runs after
 * prepareEv. The few tags that TypeScript makes (PageRank, communities) name the query they start from and read the wide table.
 * @throws TesseraError RULE_UNKNOWN_TAG for an id that this data has no definition of
 */
export function tagSql(
  id: string,
  entity: Entity,
  facts: DataFacts,
  basis: Basis,
  probe: Probe = { ...ASSUMED, folded: facts.tables.users?.columns.concat(facts.tables.products?.columns ?? []).map((c) => c.name) ?? [], levels: 6 },
): string {
  const ctx: TagContext = { facts, basis, probe };
  const all = definitions(entity, ctx);
  const def = all.find((t) => t.id === id);
  if (!def)
    throw new TesseraError('RULE_UNKNOWN_TAG', `There is no ${entity} tag “${id}”.`, { next: 'Choose a tag of the catalogue.', where: { tag: id } });
  const names = namesOf(entity, basis);
  const relations = closure(relationsOf(def));
  const computed = relations.find((r) => r.compute);
  if (computed) {
    const input = computed
      .sql(ctx)
      .split('\n')
      .map((line) => `--   ${line}`)
      .join('\n');
    return `-- ${def.source ?? def.title}: computed in the app from\n${input}\nSELECT ${names.key}, ${ident(id)} AS value FROM ${names.table}`;
  }
  const tag = (name: string): TagDef => {
    const found = all.find((t) => t.id === name);
    if (!found) throw new Error(`no ${entity} tag ${name}`);
    return found;
  };
  const withs: [string, string][] = [];
  for (const relation of relations) {
    if (relation.tags && !withs.some(([name]) => name === names.wide)) {
      const needed = [...new Set(relations.flatMap((r) => r.tags ?? []))];
      withs.push([names.wide, flat(needed, tag, names)]);
    }
    withs.push([relation.name, relation.sql(ctx)]);
  }
  if (def.plan.kind === 'winner') withs.push(['winner', winnerSql(def.plan, names.key)]);
  const chain = withs.length ? `WITH ${withs.map(([name, sql]) => `${name} AS (\n${sql}\n)`).join(',\n')}\n` : '';
  if (def.plan.kind === 'winner')
    return `${chain}SELECT ${names.key}, ${typed(def.type, 'w.v')} AS value FROM ${names.universe} LEFT JOIN winner w USING (${names.key})`;
  if (def.plan.kind === 'column') {
    const { relation, column, zero } = def.plan;
    return `${chain}SELECT ${names.key}, ${typed(def.type, zeroed(`r.${ident(column)}`, zero))} AS value FROM ${names.universe} LEFT JOIN ${relation} r USING (${names.key})`;
  }
  return `SELECT ${names.key}, ${ident(id)} AS value FROM (\n${flat([id], tag, names)}\n)`;
}

/** Tags without a second pass, straight from events and the entity's own table. */
function flat(ids: readonly string[], tag: (id: string) => TagDef, names: Names): string {
  const cells: string[] = [];
  const sql = floors(ids, tag, names.key, '@from', (cell) => {
    const text = cellSql(cell, atomSql);
    const at = cells.indexOf(text);
    return `e.c${at < 0 ? cells.push(text) - 1 : at}`;
  });
  const own = /\bt\./.test(sql) ? ` LEFT JOIN ${names.base} t USING (${names.key})` : '';
  const events = cells.length
    ? ` LEFT JOIN (\n  SELECT ${names.key}, ${cells.map((c, i) => `${c} AS c${i}`).join(', ')}\n  FROM ${names.events} WHERE ${names.key} IS NOT NULL GROUP BY ${names.key}\n) e USING (${names.key})`
    : '';
  return sql.replace('@from', () => `${names.universe} n${own}${events}`);
}
