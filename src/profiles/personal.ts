import type { PersonalField } from '../core/card-more.ts';
import { rows } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { ident, literal } from '../engine/sql.ts';
import type { RuleContext } from '../segments/context.ts';

/** Columns of the users file that tell who somebody is. */
export const PERSONAL = ['name', 'email', 'phone', 'birth_date'] as const satisfies PersonalField['field'][];

/** Which personal fields this data has, without their values. */
export const personalFields = (ctx: RuleContext): PersonalField['field'][] =>
  PERSONAL.filter((f) => ctx.facts.tables.users?.columns.some((c) => c.name === f));

/** The personal fields of one user. Asked for one person at a time, when somebody wants to see them. */
export async function personal(engine: Engine, id: string, ctx: RuleContext): Promise<PersonalField[]> {
  const fields = personalFields(ctx);
  if (fields.length === 0) return [];
  const frame = await engine.query(
    `SELECT ${fields.map((f) => `b.${ident(f)}::VARCHAR AS ${ident(f)}`).join(', ')} FROM user_base b JOIN user_ids i USING (u) WHERE i.user_id = ${literal(id)}`,
  );
  const row = rows<Partial<Record<PersonalField['field'], string | null>>>(frame)[0] ?? {};
  return fields.map((field) => ({ field, value: row[field] ?? null }));
}
