import { ident } from '../engine/sql.ts';
import type { Entity, TagType } from '../core/tag.ts';
import type { Basis } from '../core/settings.ts';
import { eventsOf, keyOf } from './define.ts';
import type { Cell, Plan } from './define.ts';

/** Predicate of a cell: its own, and its window of whole days up to asOf. Null: every event. */
export function filterOf(cell: { where?: string; days?: number }): string | null {
  const parts = [cell.where, cell.days === undefined ? undefined : `ts >= as_of() - INTERVAL ${cell.days} DAY`].filter((p) => p !== undefined);
  return parts.length ? parts.join(' AND ') : null;
}

/** An aggregate of one call, the unit that the planner shares between tags. */
export type Atom = Exclude<Cell, { agg: 'ratio' } | { agg: 'ago' }>;

/** A cell as SQL over its atoms: `atom` gives the SQL of each. */
export function cellSql(cell: Cell, atom: (a: Atom) => string): string {
  if (cell.agg === 'ago') return `ago(${cellSql(cell.inner, atom)})`;
  if (cell.agg !== 'ratio') return atom(cell);
  const over = cellSql(cell.over, atom);
  return `${cell.floor === undefined ? over : `coalesce(${over}, ${cell.floor})`} / nullif(${cellSql(cell.under, atom)}, 0)`;
}

/** An atom as an aggregate call over rows of events. */
export function atomSql(atom: Atom): string {
  const filter = filterOf(atom);
  const only = filter === null ? '' : ` FILTER (${filter})`;
  switch (atom.agg) {
    case 'count':
      return `count(*)${only}`;
    case 'countDistinct':
      return `count(DISTINCT ${atom.of.length === 1 ? atom.of[0] : `(${atom.of.join(', ')})`})${only}`;
    case 'money':
      return `round(fsum(${atom.of})${only}, 6)`;
    case 'sum':
    case 'min':
    case 'max':
    case 'avg':
      return `${atom.agg}(${atom.of})${only}`;
  }
}

/** The expression with the storage type of the tag. Whole numbers are INTEGER, other numbers DOUBLE, the rest is left as it comes. */
export function typed(type: TagType, expression: string): string {
  if (type === 'int') return `(${expression})::INTEGER`;
  return type === 'number' || type === 'money' || type === 'share' ? `(${expression})::DOUBLE` : expression;
}

export const zeroed = (expression: string, zero: boolean | undefined): string => (zero ? `coalesce(${expression}, 0)` : expression);

/** Most frequent value per user or product; ties: the latest, then the value ascending. Counting is two plain groupings: cheaper than DISTINCT and windows. */
export function winnerSql(plan: Plan & { kind: 'winner' }, key: 'u' | 'p'): string {
  const where = plan.where ? ` WHERE ${plan.where}` : '';
  const rows = plan.distinct
    ? `SELECT ${key}, ${plan.distinct}, ${plan.of} AS v, max(${plan.last}) AS l FROM ${plan.from}${where} GROUP BY ALL`
    : `SELECT ${key}, ${plan.of} AS v, ${plan.last} AS l FROM ${plan.from}${where}`;
  return `SELECT ${key}, first(v ORDER BY n DESC, l DESC NULLS LAST, v) AS v
FROM (SELECT ${key}, v, count(*) AS n, max(l) AS l FROM (${rows}) WHERE v IS NOT NULL GROUP BY ${key}, v)
GROUP BY ${key}`;
}

export interface Names {
  key: 'u' | 'p';
  events: string;
  universe: string;
  base: string;
  wide: 'ut' | 'pt';
  idTable: string;
  id: string;
  table: string;
}
/** Names of the tables and views of an entity. */
export function namesOf(entity: Entity, basis: Basis): Names {
  const user = entity === 'user';
  return {
    key: keyOf(entity),
    events: eventsOf(entity, basis).replace('ev', 'ev0'),
    universe: user ? 'universe' : 'product_universe',
    base: user ? 'user_base' : 'product_base',
    wide: user ? 'ut' : 'pt',
    idTable: user ? 'user_ids' : 'product_ids',
    id: user ? 'user_id' : 'product_id',
    table: user ? 'user_tags' : 'product_tags',
  };
}

/**
 * SELECT of tags that need no relation, as columns of their ids: attributes and aggregates on the ground floor (`from` gives key `n` joined with `t`, the
 * entity's own row, and whatever `cell` names), formulas as floors above it, each reading the ones below.
 */
export function floors(
  ids: readonly string[],
  tag: (id: string) => { id: string; type: TagType; plan: Plan },
  key: string,
  from: string,
  cell: (c: Cell) => string,
): string {
  const ground: string[] = [];
  const levels: string[][] = [];
  const seen = new Map<string, number>();
  const place = (id: string, path: string[]): number => {
    const known = seen.get(id);
    if (known !== undefined) return known;
    if (path.includes(id)) throw new Error(`tags depend on each other in a circle: ${[...path, id].join(' → ')}`);
    const { plan, type } = tag(id);
    const as = (expression: string) => `${typed(type, expression)} AS ${ident(id)}`;
    let level = -1;
    if (plan.kind === 'attribute') ground.push(as(plan.of));
    else if (plan.kind === 'aggregate') ground.push(as(zeroed(cell(plan.cell), plan.zero)));
    else if (plan.kind === 'derive') {
      level = Math.max(-1, ...plan.tags.map((t) => place(t, [...path, id]))) + 1;
      (levels[level] ??= []).push(as(plan.formula));
    } else throw new Error(`tag ${id} comes from a relation and cannot be read here`);
    seen.set(id, level);
    return level;
  };
  for (const id of ids) place(id, []);
  const bottom = `SELECT n.${key}${ground.map((g) => `, ${g}`).join('')} FROM ${from}`;
  return levels.reduce((below, columns) => `SELECT *, ${columns.join(', ')} FROM (\n${below}\n)`, bottom);
}
