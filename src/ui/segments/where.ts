import type { Where } from '../../core/rule.ts';

export type Condition = Where & { col: string };
/** One condition of an event as the builder shows it: alternatives joined by "or", maybe turned round. */
export interface Clause {
  negated: boolean;
  alternatives: Condition[];
}

/** A condition as a clause; null where it is nested deeper than the builder shows (then it is said in words). */
export function clauseOf(where: Where): Clause | null {
  if ('not' in where) {
    const inner = clauseOf(where.not);
    return inner && { ...inner, negated: !inner.negated };
  }
  if ('col' in where) return { negated: false, alternatives: [where] };
  return where.any.every((w) => 'col' in w) ? { negated: false, alternatives: where.any as Condition[] } : null;
}
export function whereOf({ negated, alternatives }: Clause): Where {
  const one: Where = alternatives.length === 1 ? alternatives[0]! : { any: alternatives };
  return negated ? { not: one } : one;
}
