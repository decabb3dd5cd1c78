import { raw, sql, type Sql } from './sql.ts';

/** The type that a raw table has for a column of a Parquet file, and how to get there. */
export interface RawType {
  type: string;
  zoned: boolean;
  cast(column: Sql): Sql;
}

const KEPT = /^(BOOLEAN|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIMESTAMP|VARCHAR|BLOB)$/;

/**
 * Whole numbers, decimals, doubles, dates and text stay. Instants of any precision become TIMESTAMP in UTC. A FLOAT becomes the DOUBLE that
 * reads the same (0.1 stays 0.1, not 0.10000000149). Everything else, nested columns too, becomes its text.
 */
export function rawType(type: string): RawType {
  if (KEPT.test(type)) return { type, zoned: false, cast: (column) => column };
  if (type === 'FLOAT') return { type: 'DOUBLE', zoned: false, cast: (column) => sql`${column}::VARCHAR::DOUBLE` };
  if (type.startsWith('TIMESTAMP'))
    return { type: 'TIMESTAMP', zoned: type === 'TIMESTAMP WITH TIME ZONE', cast: (column) => sql`${column}::TIMESTAMP` };
  // Instants inside a nested column: one engine would print their offset and the other not.
  const plain = type.replaceAll('TIMESTAMP WITH TIME ZONE', 'TIMESTAMP');
  return { type: 'VARCHAR', zoned: false, cast: (column) => (plain === type ? sql`${column}::VARCHAR` : sql`${column}::${raw(plain)}::VARCHAR`) };
}
