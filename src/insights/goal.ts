import { TesseraError } from '../core/errors.ts';
import type { Goal, GoalInfo } from '../core/refine.ts';
import type { TagInfo } from '../core/tag.ts';
import { ident } from '../engine/sql.ts';
import { isNumeric, tagValueExpr } from '../tags/values.ts';

/** A goal ready to be asked for: what it is of each user as SQL over `t`, null where unknown. */
export interface AskedGoal extends GoalInfo {
  sql: string;
  /** Its value follows from events: a tag that does too would look into the goal's own window. */
  dynamic: boolean;
  /** The tag it is, or is made of. */
  tag: string;
}
/** Most classes of a goal. */
const CLASSES = 12;
const users = (tags: readonly TagInfo[]): TagInfo[] => tags.filter((t) => t.entity === 'user' && t.known > 0);
const isClass = (t: TagInfo): boolean => t.type === 'boolean' || (t.type === 'enum' && t.distinct >= 2 && t.distinct <= CLASSES);

/** What tags can be judged by in this data: a second purchase, value, then every label of few values or number. */
export function goalsOf(tags: readonly TagInfo[]): GoalInfo[] {
  const all = users(tags);
  const repeat = all.some((t) => t.id === 'orders')
    ? [{ goal: { kind: 'repeat' } as const, title: 'Buys a second time', of: 'classes' as const }]
    : [];
  const rank = (t: TagInfo): number => (t.id === 'monetary' ? 0 : isClass(t) ? 1 : 2);
  const own = all
    .filter((t) => isClass(t) || isNumeric(t.type))
    .sort((a, b) => rank(a) - rank(b))
    .map((t): GoalInfo => ({ goal: { kind: 'tag', tag: t.id }, title: t.title, of: isClass(t) ? 'classes' : 'number' }));
  return [...repeat, ...own];
}

/** Throws NEEDS_MISSING where this data does not know the goal. */
export function askGoal(goal: Goal, tags: readonly TagInfo[]): AskedGoal {
  const id = goal.kind === 'repeat' ? 'orders' : goal.tag;
  const tag = users(tags).find((t) => t.id === id);
  const info = goalsOf(tags).find((g) => JSON.stringify(g.goal) === JSON.stringify(goal));
  if (!tag || !info) throw new TesseraError('NEEDS_MISSING', 'This data does not hold that goal.', { next: 'Choose another goal.' });
  const x = `t.${ident(id)}`;
  const sql =
    goal.kind === 'repeat'
      ? `CASE WHEN ${x} >= 2 THEN 'yes' WHEN ${x} >= 1 THEN 'no' END`
      : info.of === 'number'
        ? `CAST(${x} AS DOUBLE)`
        : tagValueExpr({ ...tag, bands: null }, 't');
  return { ...info, sql, dynamic: tag.kind !== 'static', tag: id };
}

/** Why a tag may not be judged by a goal, or null. */
export function unfit(tag: TagInfo, goal: AskedGoal): string | null {
  if (tag.id === goal.tag) return 'It is the goal itself.';
  if (goal.dynamic && tag.kind !== 'static') return 'It follows from the same events as the goal: that would be looking ahead.';
  if (tag.type === 'set' || tag.type === 'map' || tag.type === 'text' || tag.type === 'id' || tag.type === 'date')
    return 'It has no single value to judge by.';
  if (isNumeric(tag.type) && !tag.bands) return 'It has no bands.';
  if (!isNumeric(tag.type) && tag.distinct > 200) return 'It has too many values.';
  return null;
}
