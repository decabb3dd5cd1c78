import { ident } from '../engine/sql.ts';
import type { TableColumn } from '../core/tables.ts';
import type { Entity, TagType } from '../core/tag.ts';
import type { TagDef, TagMaker } from './define.ts';
import { defineTag } from './define.ts';

/** Distinct values up to which text is an enum as it stands, and numbers are. */
const MOST_VALUES = 50;
const MOST_NUMBERS = 10;

/** The commonest 50 values stay, the rest becomes "(other)"; ties at the 50th by value. */
const fold = (column: string, base: string): string =>
  `CASE WHEN t.${column} IS NULL THEN NULL WHEN t.${column} IN (SELECT ${column} FROM ${base} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT ${MOST_VALUES}) THEN t.${column}::VARCHAR ELSE '(other)' END`;

/** A number as text, whole ones without a fraction: 1, not 1.0. */
const figure = (x: string): string => `CASE WHEN ${x} = floor(${x}) THEN ${x}::BIGINT::VARCHAR ELSE ${x}::DOUBLE::VARCHAR END`;

/** What an unmapped column becomes; null: no tag (it names single users or says one thing of all). */
function shape(column: TableColumn, folded: readonly string[], base: string): { type: TagType; of: string; ordered?: true } | null {
  const x = ident(column.name).text;
  if (column.type === 'boolean') return column.distinct < 2 ? null : { type: 'enum', of: `t.${x}::VARCHAR` };
  if (column.type === 'text') {
    if (column.distinct < 2) return null;
    if (column.distinct <= MOST_VALUES) return { type: 'enum', of: `t.${x}` };
    return folded.includes(column.name) ? { type: 'enum', of: fold(x, base) } : null;
  }
  if (column.type === 'date' || column.type === 'timestamp') return { type: 'date', of: `t.${x}` };
  if (column.distinct <= MOST_NUMBERS) return column.distinct < 2 ? null : { type: 'enum', of: figure(`t.${x}`), ordered: true };
  return { type: column.type === 'money' ? 'money' : 'number', of: `t.${x}::DOUBLE` };
}

/** Every unmapped column of users or products (`attr:<column>`) that is worth a tag of its own. */
export const attributes =
  (entity: Entity): TagMaker =>
  ({ facts, probe }) => {
    const table = entity === 'user' ? 'users' : 'products';
    return (facts.tables[table]?.columns ?? []).flatMap((column): TagDef[] => {
      if (!column.name.startsWith('attr:')) return [];
      const made = shape(column, probe.folded, `${entity}_base`);
      if (!made) return [];
      const numeric = made.type === 'number' || made.type === 'money';
      const name = column.name.slice('attr:'.length);
      return [
        defineTag({
          id: column.name,
          entity,
          title: name,
          description: `Column ${column.from.join(', ') || name}, as it stands.`,
          dimension: entity === 'user' ? 'demographic' : 'product',
          kind: 'static',
          type: made.type,
          unit: made.type === 'money' ? 'money' : '',
          needs: [`${table}.${column.name}`],
          plan: { kind: 'attribute', of: made.of },
          bands: numeric ? 'quantiles' : undefined,
          order: made.ordered ? 'ascending' : undefined,
          nullRule: 'Unknown where the file leaves it empty.',
        }),
      ];
    });
  };

/** Text attributes with more values than an enum may have: whether their 50 commonest cover 90 % is asked of the data (probe.ts). */
export const wideAttributes = (columns: readonly TableColumn[]): string[] =>
  columns.filter((c) => c.name.startsWith('attr:') && c.type === 'text' && c.distinct > MOST_VALUES && c.distinct < c.known * 0.9).map((c) => c.name);
export const FOLD_AT = { values: MOST_VALUES, share: 0.9 };
