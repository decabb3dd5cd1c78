import type { Lookup } from './ids.ts';
import type { FilePlan, Plan } from './plan.ts';
import { col } from './plan.ts';

/** Files of users without an id column: the number of the row is the id (definitions, section 2: shape 5). */
const numbered = (plan: Plan): FilePlan[] => plan.files.filter((f) => ['users', 'outcomes'].includes(f.mapping.shape) && !col(f, 'user_id'));

/** Where other files name users too, row numbers say which file they count. */
function idOf(plan: Plan, file: FilePlan, k: string): string {
  const alone = numbered(plan).length === 1 && !plan.files.some((f) => col(f, 'user_id'));
  return alone ? `CAST(${k} AS VARCHAR)` : `concat('${file.src + 1}:', ${k})`;
}

/** SQL of the ids that row numbers make, for the dictionary. */
export const rowIds = (plan: Plan): string[] => numbered(plan).map((f) => `SELECT ${idOf(plan, f, 'row_number() OVER ()')} AS id FROM ${f.table}`);

/** Finds the ordinal of a row whose number is f.k. */
export const rowLookup =
  (plan: Plan) =>
  (file: FilePlan): Lookup => ({ join: `LEFT JOIN z.n_user_ids i ON i.user_id = ${idOf(plan, file, 'f.k')}`, ordinal: 'i.u', text: 'i.user_id' });
