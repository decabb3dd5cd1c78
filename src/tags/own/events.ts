import type { TesseraError } from '../../core/errors.ts';
import type { OwnDef, OwnSource } from '../../core/own-tag.ts';
import type { ColumnType } from '../../core/tables.ts';
import type { TagType } from '../../core/tag.ts';
import { ident } from '../../engine/sql.ts';
import type { OwnColumn, OwnContext } from './compile.ts';

type Refuse = (def: Pick<OwnDef, 'id'>, message: string, next?: string) => TesseraError;
const TYPES: Record<ColumnType, TagType> = { text: 'enum', number: 'number', money: 'money', date: 'date', timestamp: 'date', boolean: 'boolean' };
/** What a column of a table is as a tag. */
export const tagTypeOf = (type: ColumnType): TagType => TYPES[type];
const SUMS = new Set(['amount', 'quantity', 'discount']);

/**
 * One measure over the rows of events that a selection matches, per user or product. Counts and sums are 0 without a row; a share is unknown where
 * nothing is selected, and a first, last or favourite where nothing has the column. First and last go by time, then the order of the files;
 * the favourite is the value on most rows, ties to the latest, then by text.
 */
export function eventsColumn(
  def: OwnDef,
  { measure, of, did }: OwnSource & { kind: 'events' },
  { rules, tags, scopeAll }: OwnContext,
  alias: string,
  key: 'u' | 'p',
  refuse: Refuse,
): OwnColumn {
  const { where: part, ...every } = did;
  const whole = measure === 'share' ? every : did;
  if (measure === 'share' && !part?.length) throw refuse(def, 'A share needs the part that is counted.', 'Add a test on the rows.');
  const rows = rules.rows(whole, def.entity, tags);
  const from = scopeAll && key === 'p' ? rows.from.replace('FROM ev0 e', 'FROM ev0_all e') : rows.from;
  const scan = `${from}@join ${rows.where} AND e.${key} IS NOT NULL`;
  const plain = scan.replace('@join', '');
  const newest = `SELECT e.${key}, max(e.ts) AS newest ${plain} GROUP BY e.${key}`;
  const made = (sql: string, type: TagType, nullRule: string, zero = false): OwnColumn => {
    const x = zero ? `coalesce(${alias}.v, 0)` : `${alias}.v`;
    return {
      expr: rows.started ? `CASE WHEN ${rows.started} THEN ${x} END` : x,
      join: ` LEFT JOIN (${sql}) ${alias} ON ${alias}.${key} = t.${key}`,
      type,
      order: null,
      nullRule: rows.started ? `${nullRule} Unknown where the date that the window starts at is.` : nullRule,
      newest,
    };
  };
  const grouped = (value: string): string => `SELECT e.${key}, ${value} AS v ${plain} GROUP BY e.${key}`;
  const sum = (column: string, filter = ''): string => `round(fsum(e.${ident(column)}::DOUBLE)${filter}, 6)`;
  const summed = (): string => {
    if (of === null || !SUMS.has(of) || !rules.column(of))
      throw refuse(def, 'There is nothing to add up.', 'Choose the amount, the quantity or the discount.');
    return of;
  };
  switch (measure) {
    case 'count':
      return made(grouped(`${rules.count(did)}::INTEGER`), 'int', 'Never unknown: 0 without a row.', true);
    case 'sum':
      return made(grouped(sum(summed())), of === 'quantity' ? 'number' : 'money', 'Never unknown: 0 without a row.', true);
    case 'share': {
      const filter = ` FILTER (WHERE ${rules.match(did, tags)})`;
      const [over, under] = of === null ? [`${rules.count(did)}${filter}`, rules.count(did)] : [`coalesce(${sum(summed(), filter)}, 0)`, sum(of)];
      return made(grouped(`${over}::DOUBLE / nullif(${under}, 0)`), 'share', 'Unknown where there is nothing to take a share of.');
    }
    default: {
      const c = columnOf(def, of, rules, refuse);
      const joined = scan.replace('@join', c.join);
      if (measure === 'distinct') {
        const sql = `SELECT e.${key}, count(DISTINCT ${c.x})::INTEGER AS v ${joined} GROUP BY e.${key}`;
        return made(sql, 'int', 'Never unknown: 0 without a row.', true);
      }
      if (measure === 'favourite') {
        const counted = `SELECT e.${key}, ${c.x}::VARCHAR AS x, count(*) AS n, max(e.ts) AS l ${joined} AND ${c.x} IS NOT NULL GROUP BY ALL`;
        return made(
          `SELECT ${key}, first(x ORDER BY n DESC, l DESC NULLS LAST, x) AS v FROM (${counted}) GROUP BY ${key}`,
          'enum',
          'Unknown without a row that has it.',
        );
      }
      const down = measure === 'last' ? ' DESC' : '';
      const sql = `SELECT e.${key}, first(${c.x} ORDER BY e.ts${down} NULLS LAST, e.row${down}) AS v ${joined} AND ${c.x} IS NOT NULL GROUP BY e.${key}`;
      return made(sql, c.type, 'Unknown without a row that has it.');
    }
  }
}

/** A column of the rows: their own, of their product, or the time itself. */
function columnOf(def: OwnDef, name: string | null, rules: OwnContext['rules'], refuse: Refuse): { x: string; join: string; type: TagType } {
  if (name === 'ts') return { x: 'e.ts', join: '', type: 'date' };
  const found = name === null ? undefined : rules.column(name);
  if (name === null || !found)
    throw refuse(def, name === null ? 'No column is chosen yet.' : `There is no column “${name}” of events.`, 'Choose a column.');
  if (found.of === 'id') return { x: 'pi.product_id', join: ' LEFT JOIN product_ids pi ON pi.p = e.p', type: 'enum' };
  const type = tagTypeOf(found.type);
  const cast = type === 'enum' ? '::VARCHAR' : type === 'number' || type === 'money' ? '::DOUBLE' : type === 'date' ? '::TIMESTAMP' : '';
  return found.of === 'event'
    ? { x: `e.${ident(name)}${cast}`, join: '', type }
    : { x: `pb.${ident(name)}${cast}`, join: ' LEFT JOIN product_base pb ON pb.p = e.p', type };
}
