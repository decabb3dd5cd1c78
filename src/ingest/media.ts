import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import type { Col, FilePlan } from './plan.ts';
import { col, numberOf } from './plan.ts';
import { idSql, textSql } from './raw.ts';

const NUMBERS: readonly Role[] = ['reach', 'cpm', 'cpc', 'ctr', 'cvr'];

/** The table of media, with `mix:<tag>=<value>` columns as shares. A medium named twice keeps its last row. */
export async function makeMedia(engine: Engine, files: readonly FilePlan[], opts?: QueryOptions): Promise<string[]> {
  const mixes = [...new Set(files.flatMap((f) => f.cols.flatMap((c) => (c.role?.startsWith('mix:') ? [c.role] : []))))];
  const numbers = [...NUMBERS.filter((r) => files.some((f) => col(f, r))), ...mixes];
  const named = files.some((f) => col(f, 'name') ?? nameOf(f));
  const part = (f: FilePlan): string => {
    const number = (r: Role): string => (col(f, r) ? numberOf(col(f, r)!) : 'CAST(NULL AS DOUBLE)');
    const name = nameOf(f);
    return `SELECT ${f.src} AS src, line, ${idSql(col(f, 'media_id')!)} AS media_id${named ? `, ${name ? textSql(name) : 'NULL'} AS name` : ''}${numbers.map((r) => `, ${number(r)} AS ${ident(r).text}`).join('')} FROM ${f.table} f`;
  };
  await engine.exec(
    `CREATE OR REPLACE TABLE z.n_media AS SELECT * EXCLUDE (src, line) FROM (${files.map(part).join(' UNION ALL ')}) WHERE media_id IS NOT NULL QUALIFY row_number() OVER (PARTITION BY media_id ORDER BY src DESC, line DESC) = 1 ORDER BY media_id`,
    opts,
  );
  return numbers;
}

/** A column called name that has no role in a table of media. */
const nameOf = (f: FilePlan): Col | undefined => col(f, 'name') ?? f.cols.find((c) => c.role === null && c.facts.name.toLowerCase() === 'name');
