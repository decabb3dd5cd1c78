import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { wallSql } from './entity-schema.ts';
import type { Dictionary, Lookup } from './ids.ts';
import type { FilePlan } from './plan.ts';
import { col, cols, numberOf } from './plan.ts';
import { textSql } from './raw.ts';

/**
 * Outcomes of users: a row per arm (experiment, variant, value), and one per answer to learn (label), whose experiment is the column's name where
 * the file names none. `rowId` finds the ordinal of a row in a file without ids.
 */
export async function makeOutcomes(
  engine: Engine,
  files: readonly FilePlan[],
  users: Dictionary,
  rowId: (file: FilePlan) => Lookup,
  zone: string,
  opts?: QueryOptions,
): Promise<void> {
  const parts = files.flatMap((file) => {
    const user = col(file, 'user_id');
    const id = user ? users.lookup(user, 'i') : rowId(file);
    const text = (role: 'experiment' | 'variant'): string => (col(file, role) ? textSql(col(file, role)!) : 'CAST(NULL AS VARCHAR)');
    const [at, value, labels] = [col(file, 'at'), col(file, 'value'), cols(file, 'label')];
    const arm = col(file, 'variant') ?? col(file, 'experiment');
    const named = arm?.facts.name ?? 'outcome';
    const row = (experiment: string, label: string): string =>
      `SELECT ${file.src} AS src, f.line AS line, ${id.ordinal} AS u, ${experiment} AS experiment, ${text('variant')} AS variant, ${at ? wallSql(at, zone) : 'CAST(NULL AS TIMESTAMP)'} AS "at", ` +
      `${value ? numberOf(value) : 'CAST(NULL AS DOUBLE)'} AS value, ${label} AS label FROM (SELECT *, row_number() OVER () AS k FROM ${file.table}) f ${id.join}`;
    const experiment = (name: string): string => (col(file, 'experiment') ? text('experiment') : literal(name).text);
    if (labels.length === 0) return [row(experiment(named), 'CAST(NULL AS VARCHAR)')];
    return labels.map((c) => row(experiment(arm && labels.length === 1 ? named : c.facts.name), textSql(c)));
  });
  await engine.exec(
    `CREATE OR REPLACE TABLE z.n_outcomes AS SELECT * EXCLUDE (src, line) FROM (${parts.join(' UNION ALL ')}) WHERE u IS NOT NULL AND (label IS NOT NULL OR variant IS NOT NULL OR value IS NOT NULL) ORDER BY src, line, experiment`,
    opts,
  );
}
