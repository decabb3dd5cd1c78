import { TesseraError } from '../../core/errors.ts';
import type { OwnDef, OwnSource } from '../../core/own-tag.ts';
import type { Did, Rule } from '../../core/rule.ts';
import type { ColumnType, DataFacts } from '../../core/tables.ts';
import type { Entity, TagInfo, TagType } from '../../core/tag.ts';
import { ident, literal } from '../../engine/sql.ts';
import { keyOf } from '../define.ts';
import { bandExpr, isNumeric } from '../values.ts';
import { eventsColumn, tagTypeOf } from './events.ts';
import { checkFormula } from './formula-check.ts';
import { FormulaError } from './formula-tokens.ts';
import { readIdList } from './id-list.ts';

/**
 * The rule language, lent by the project room: this room stands before the one that knows it. All throw TesseraError with a rule's path.
 * Conditions are two-valued and about `t`, a row of the entity's tag table, or `e`, a row of events.
 */
export interface RuleSql {
  rule(rule: Rule, entity: Entity, tags: TagInfo[]): string;
  /** Rows of events, alias e. `started`: a condition on `t` without which there is no window (its date is unknown). */
  rows(did: Pick<Did, 'event' | 'where' | 'within'>, entity: Entity, tags: TagInfo[]): { from: string; where: string; started: string | null };
  /** The condition of `did.where` on one row `e`. */
  match(did: Pick<Did, 'event' | 'where'>, tags: TagInfo[]): string;
  /** The count of what `did` counts: orders of sales, else rows. */
  count(did: Pick<Did, 'event' | 'per'>): string;
  column(name: string): { of: 'event' | 'product' | 'id'; type: ColumnType } | undefined;
  /** Ids of the tags a rule or a selection of events speaks of. */
  tagsOf(of: { rule: Rule } | { did: Pick<Did, 'within'> }): string[];
}
export interface OwnContext {
  facts: DataFacts;
  scopeAll: boolean;
  tags: TagInfo[];
  rules: RuleSql;
  /** Lists stand in the SQL itself, the first thousand lines of them: for reading. */
  inline?: true;
}
/** An own tag as SQL: `expr` over `t` and what `join` brings; `list` is written into the temporary table `listTable(id)` first. */
export interface OwnColumn {
  expr: string;
  join: string;
  type: TagType;
  order: string[] | null;
  nullRule: string;
  list?: { id: string; value: string | null }[];
  /** SELECT of (key, newest) of the rows that were looked at. */
  newest?: string;
}
const MOST_INLINE = 1000;
export const listTable = (id: string): string => `own list ${id}`;

const refuse = (def: Pick<OwnDef, 'id'>, message: string, next = ''): TesseraError =>
  new TesseraError('PARAM_INVALID', message, { next, where: { tag: def.id } });

/** Ids of the tags that a definition reads; none for a formula that cannot be read. */
export function usesOf(source: OwnSource, rules: Pick<RuleSql, 'tagsOf'>, formulaTags: (text: string) => string[]): string[] {
  if (source.kind === 'bands') return [source.tag];
  if (source.kind === 'rule') return [...new Set(source.lines.flatMap((l) => rules.tagsOf({ rule: l.rule })))];
  if (source.kind === 'events') return rules.tagsOf({ did: source.did });
  return source.kind === 'formula' ? formulaTags(source.text) : [];
}

/**
 * One own tag as SQL. `alias` names its join.
 * @throws TesseraError PARAM_INVALID or a rule's, in a sentence, where the definition does not fit this data
 */
export function compileOwn(def: OwnDef, ctx: OwnContext, alias: string): OwnColumn {
  const { source, entity } = def;
  const key = keyOf(entity);
  switch (source.kind) {
    case 'column':
      return column(def, source.column, ctx, alias, key);
    case 'bands': {
      const tag = ctx.tags.find((t) => t.id === source.tag && t.entity === entity);
      if (!tag || !isNumeric(tag.type))
        throw refuse(def, `“${tag?.title ?? source.tag}” is not a number, so it has no bands.`, 'Choose a tag that is a number.');
      const { edges, labels } = source;
      if (edges.length === 0) throw refuse(def, 'There is no cut yet.', 'Add one, or choose quantiles.');
      if (edges.some((e, i) => !Number.isFinite(e) || (i > 0 && e <= edges[i - 1]!)))
        throw refuse(def, 'The cuts must be numbers that rise.', 'Change one of them.');
      if (labels.length !== edges.length + 1 || labels.some((l) => l.trim() === ''))
        throw refuse(def, 'Every band needs a name.', 'Fill in the empty one.');
      if (new Set(labels).size !== labels.length) throw refuse(def, 'Two bands have the same name.', 'Rename one of them.');
      return {
        expr: bandExpr(`t.${ident(tag.id)}`, { edges, labels, leftClosed: false }),
        join: '',
        type: 'enum',
        order: labels,
        nullRule: `Unknown where ${tag.title} is.`,
      };
    }
    case 'rule':
      return ruleColumn(def, source, ctx);
    case 'formula':
      try {
        const { sql, type } = checkFormula(
          source.text,
          ctx.tags.filter((t) => t.entity === entity),
        );
        return { expr: sql, join: '', type, order: null, nullRule: 'Unknown where a part of it is, or where something is divided by 0.' };
      } catch (e) {
        if (e instanceof FormulaError) throw refuse(def, e.message, 'Change the formula.');
        throw e;
      }
    case 'events':
      return eventsColumn(def, source, ctx, alias, key, refuse);
    case 'ids': {
      const { rows, valued } = readIdList(source.list);
      if (rows.length === 0) throw refuse(def, 'The list is empty.', 'Paste at least one id.');
      const values = rows.slice(0, MOST_INLINE).map((r) => `(${literal(r.id)}, ${literal(r.value)})`);
      const list = ctx.inline ? `(VALUES ${values.join(', ')}) l(id, v)` : `temp.${ident(listTable(def.id))} l`;
      const join = ` LEFT JOIN (SELECT i.${key}, any_value(l.v) AS v FROM ${list} JOIN ${entity}_ids i ON i.${entity}_id = l.id GROUP BY i.${key}) ${alias} ON ${alias}.${key} = t.${key}`;
      return valued
        ? { expr: `${alias}.v`, join, type: 'enum', order: null, nullRule: 'Unknown for those not listed, or listed without a value.', list: rows }
        : { expr: `(${alias}.${key} IS NOT NULL)`, join, type: 'boolean', order: null, nullRule: 'No for those not listed.', list: rows };
    }
  }
}

function column(def: OwnDef, name: string, { facts }: OwnContext, alias: string, key: 'u' | 'p'): OwnColumn {
  const found = facts.tables[`${def.entity}s`]?.columns.find((c) => c.name === name);
  if (!found || name === key)
    throw refuse(def, `There is no column “${name.replace(/^attr:/, '')}” of ${def.entity}s in this data.`, 'Choose another column.');
  const x = `${alias}.${ident(name)}`;
  const cast = { text: 'VARCHAR', number: 'DOUBLE', money: 'DOUBLE', date: 'TIMESTAMP', timestamp: 'TIMESTAMP', boolean: 'BOOLEAN' }[found.type];
  return {
    expr: `${x}::${cast}`,
    join: ` LEFT JOIN ${def.entity}_base ${alias} ON ${alias}.${key} = t.${key}`,
    type: tagTypeOf(found.type),
    order: null,
    nullRule: 'Unknown where the file leaves it empty.',
  };
}

function ruleColumn(def: OwnDef, source: OwnSource & { kind: 'rule' }, { rules, tags }: OwnContext): OwnColumn {
  if (source.lines.length === 0) throw refuse(def, 'There is no rule yet.', 'Add a line.');
  const whens = source.lines.map((l) => ({ value: l.value.trim(), sql: rules.rule(l.rule, def.entity, tags) }));
  if (whens.length === 1 && whens[0]!.value === '')
    return { expr: whens[0]!.sql, join: '', type: 'boolean', order: null, nullRule: 'Never unknown: the rule answers yes or no for everyone.' };
  if (whens.some((w) => w.value === '')) throw refuse(def, 'Every rule needs the value that it gives.', 'Fill in the empty one.');
  const rest = source.rest?.trim() ? source.rest.trim() : null;
  const order = [...new Set([...whens.map((w) => w.value), ...(rest ? [rest] : [])])];
  return {
    expr: `CASE ${whens.map((w) => `WHEN ${w.sql} THEN ${literal(w.value)}`).join(' ')} ELSE ${literal(rest)} END`,
    join: '',
    type: 'enum',
    order,
    nullRule: rest ? 'Never unknown.' : 'Unknown where no rule holds.',
  };
}
