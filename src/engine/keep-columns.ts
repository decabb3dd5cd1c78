import type { Frame } from '../core/frame.ts';
import { ident, join, raw, sql, type Sql } from './sql.ts';

/** How the columns of a table travel from one engine to the other. */
export interface KeptColumns {
  /** Definitions, for CREATE TABLE. */
  create: Sql;
  /** What is selected on the near side: ENUMs as their codes, since their labels do not travel. */
  plain: Sql;
  /** What is selected on the far side to have the types back. */
  restore: Sql;
}

const ENUM = /ENUM\((?:'(?:[^']|'')*'(?:, )?)*\)/g;

/** From the answer of DESCRIBE: names in its first column, types in its second. */
export function keptColumns(described: Frame): KeptColumns {
  const columns = Array.from({ length: described.n }, (_, i) => {
    const name = ident(String(described.columns[0]![i]));
    const text = String(described.columns[1]![i]);
    const type = raw(text);
    const place = ident(`c${i}`);
    if (text.startsWith('ENUM(') && !text.endsWith(']')) {
      return {
        create: sql`${name} ${type}`,
        plain: sql`enum_code(${name})::INTEGER AS ${place}`,
        restore: sql`enum_range(NULL::${type})[${place} + 1]`,
      };
    }
    const plain = text.replace(ENUM, 'VARCHAR');
    return {
      create: sql`${name} ${type}`,
      plain: sql`${plain === text ? name : sql`${name}::${raw(plain)}`} AS ${place}`,
      restore: sql`${place}::${type}`,
    };
  });
  return { create: join(columns.map((c) => c.create)), plain: join(columns.map((c) => c.plain)), restore: join(columns.map((c) => c.restore)) };
}
