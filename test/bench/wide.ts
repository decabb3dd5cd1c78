import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Columns whose value v1 together makes a niche: 40 % of it have the label, 10 % of all others. */
export const PLANTED = [17, 101, 163] as const;

/** The name of column t of the table. */
export const traitName = (t: number): string => `trait ${String(t).padStart(3, '0')}`;

/** A table of people with as many columns of four values as asked for, a city of 5,000, and a label that a niche of three columns has more often. Written once, as Parquet. */
export async function wideFile(folder: string, people: number, columns: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `people-${people}-${columns}.parquet`);
  if (existsSync(path)) return path;
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const code = (t: number): string => `hash(i * 401 + ${t + 1}) % 4`;
  const traits = Array.from({ length: columns }, (_, t) => `'v' || (${code(t)}) AS "${traitName(t)}"`);
  const niche = PLANTED.map((t) => `${code(t % columns)} = 1`).join(' AND ');
  await db.run(`COPY (SELECT printf('U%07d', i) AS user_id, 'City ' || printf('%04d', floor(5000 * pow((hash(i * 7 + 3) % 1000003) / 1000003, 2))::INT) AS city,
    CASE WHEN hash(i * 11 + 5) % 1000 < CASE WHEN ${niche} THEN 400 ELSE 100 END THEN 'yes' ELSE 'no' END AS label,
    ${traits.join(', ')} FROM range(${people}) r(i)) TO '${`${path}.part`.replaceAll("'", "''")}' (FORMAT parquet)`);
  await rename(`${path}.part`, path);
  db.closeSync();
  return path;
}
