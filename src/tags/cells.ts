import { ident } from '../engine/sql.ts';
import type { Entity } from '../core/tag.ts';
import { atomSql, filterOf } from './compile.ts';
import type { Atom, Names } from './compile.ts';
import { create } from './steps.ts';
import type { Step } from './steps.ts';

/** Tables of one row per (user, key) that other tags need anyway; a count of distinct keys is a count of their rows. */
const GRAINS: Record<string, { relation: string; flags: Record<string, string> }> = {
  'user d': { relation: 'days', flags: { act: 'act', buy: 'buy' } },
  'user occ': { relation: 'occasions', flags: { act: 'true' } },
};

/** Distributes atoms over the tables that will hold them: one for plain aggregates, one per key of distinct counts. */
export class CellTables {
  readonly rows: string;
  /** Scans over a relation, to be run once it is made. */
  private readonly later = new Map<string, Step>();
  private readonly entity: Entity;
  private readonly names: Names;
  private readonly tablesByKey = new Map<string, Map<string, { column: string; atom: Atom }>>();
  private count = 0;
  constructor(entity: Entity, names: Names) {
    this.entity = entity;
    this.names = names;
    this.rows = `cells ${entity}`;
  }
  /** SQL of an atom in the join of all tables. */
  column(atom: Atom): string {
    return `${ident(this.tableOf(atom))}.${this.name(atom)}`;
  }
  /** The atom's column in its own table; distinct counts without rows are 0 there as in SQL. */
  name(atom: Atom): string {
    const table = this.tableOf(atom);
    const atoms = this.tablesByKey.get(table) ?? new Map<string, { column: string; atom: Atom }>();
    this.tablesByKey.set(table, atoms);
    const id = JSON.stringify(atom);
    const found = atoms.get(id) ?? { column: `a${this.count++}`, atom };
    atoms.set(id, found);
    return found.column;
  }
  private tableOf(atom: Atom): string {
    return atom.agg === 'countDistinct' ? `by ${this.entity} ${atom.of.join(' ')}` : this.rows;
  }
  tables(): string[] {
    return [...this.tablesByKey.keys()];
  }
  joins(): string {
    return this.tables()
      .map((t) => ` LEFT JOIN temp.${ident(t)} ON ${ident(t)}.${this.names.key} = n.${this.names.key}`)
      .join('');
  }
  /** Relations that distinct counts are read from. */
  sharedGrains(): string[] {
    return [...this.later.keys()];
  }
  /** The scan over a relation that has just been made. */
  over(relation: string): Step[] {
    const step = this.later.get(relation);
    return step ? [step] : [];
  }
  /**
   * Scans that need no relation. If anything reads relation `days` (`has`) it is made here, with a flag for each filter of a distinct count of days;
   * other shared relations are left to the planner.
   */
  steps(has: (relation: string) => boolean): Step[] {
    const { key, events } = this.names;
    const steps: Step[] = [];
    for (const [table, atoms] of this.tablesByKey) {
      const list = [...atoms.values()];
      if (table === this.rows) {
        steps.push(
          create(
            table,
            `SELECT ${key}, ${list.map((a) => `${atomSql(a.atom)} AS ${a.column}`).join(', ')} FROM ${events} WHERE ${key} IS NOT NULL GROUP BY ${key}`,
            'counts, sums and dates',
          ),
        );
        continue;
      }
      const by = (list[0]!.atom as Atom & { agg: 'countDistinct' }).of;
      const found = GRAINS[`${this.entity} ${by.join(' ')}`];
      const grain = found && has(found.relation) ? found : undefined;
      const cells = list.map((a, i) => {
        const filter = filterOf(a.atom) ?? 'true';
        return { column: a.column, filter, flag: grain?.flags[filter] ?? `f${i}`, own: grain?.flags[filter] === undefined };
      });
      const counts = cells.map((c) => `count(*) FILTER (${c.flag}) AS ${c.column}`).join(', ');
      const count = (from: string) => create(table, `SELECT ${key}, ${counts} FROM ${from} GROUP BY ${key}`, `distinct ${by.join(', ')}`);
      if (grain && grain.relation !== 'days' && cells.every((c) => !c.own)) {
        this.later.set(grain.relation, count(grain.relation));
        continue;
      }
      const days = grain?.relation === 'days';
      const flags = [
        ...(days ? ['bool_or(act) AS act', 'bool_or(buy) AS buy'] : []),
        ...cells.filter((c) => c.own || !days).map((c) => `bool_or(${c.filter}) AS ${c.flag}`),
      ];
      // A pair with an unknown part is still a pair: (ord, NULL) counts, as it does in count(DISTINCT (ord, p)).
      const known = by.length === 1 ? [`${by[0]} IS NOT NULL`] : [];
      const needed = days ? [] : [`(${[...new Set(cells.map((c) => c.filter))].join(' OR ')})`];
      const groups = `SELECT ${[key, ...by].join(', ')}, ${flags.join(', ')} FROM ${events} WHERE ${[`${key} IS NOT NULL`, ...known, ...needed].join(' AND ')} GROUP BY ${[key, ...by].join(', ')}`;
      if (days) steps.push(create('days', groups, 'days'));
      steps.push(count(days ? 'days' : `(${groups})`));
    }
    return steps;
  }
}
