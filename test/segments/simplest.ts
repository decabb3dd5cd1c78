import type { Did, Rule, Step, Where } from '../../src/core/rule.ts';
import { perOf } from '../../src/segments/did-sql.ts';

/**
 * What a sentence cannot tell apart, in one form: one of one value is that value, a group of one its line, "all" within "all" one group, the unit that
 * is meant anyway is not said, a step alone is what was done.
 */
export function simplest(rule: Rule): Rule {
  if ('not' in rule) return { not: simplest(rule.not) };
  for (const kind of ['all', 'any'] as const) {
    if (!(kind in rule)) continue;
    const lines = (rule as Record<typeof kind, Rule[]>)[kind].map(simplest);
    const flat = kind === 'all' ? lines.flatMap((r) => ('all' in r && r.all.length > 0 ? r.all : [r])) : lines;
    return flat.length === 1 ? flat[0]! : ({ [kind]: flat } as unknown as Rule);
  }
  if ('did' in rule) return { did: did(rule.did) };
  if ('didNot' in rule) return { didNot: did(rule.didNot) };
  if ('sequence' in rule) {
    const { gap, ...rest } = rule;
    const sequence = rule.sequence.map((s): Step => ('no' in s ? { no: step(s.no) } : step(s)));
    if (sequence.length > 1) return { ...rest, ...(gap ? { gap } : {}), sequence };
    return rest.within || rest.same ? { ...rest, sequence } : { did: sequence[0] as Did };
  }
  return 'tag' in rule ? (test(rule) as Rule) : rule;
}
const ONE: Record<string, string> = { in: 'is', notIn: 'isNot', hasAny: 'has', hasAll: 'has' };
const test = (node: object): object =>
  Object.fromEntries(
    Object.entries(node).map(([k, v]) => {
      const list = Array.isArray(v) && ONE[k] ? (v as unknown[]).map(String) : null;
      return list ? (list.length === 1 ? [ONE[k], list[0]] : [k, list]) : [k, k === 'is' && typeof v === 'number' ? String(v) : v];
    }),
  );
const step = <T extends { event: string | string[]; where?: Where[] }>(s: T): T => {
  const { where, event, ...rest } = s;
  const one = Array.isArray(event) && event.length === 1 ? event[0]! : event;
  return { ...rest, event: one, ...(where?.length ? { where: where.map(condition) } : {}) } as T;
};
function condition(w: Where): Where {
  if ('not' in w) return { not: condition(w.not) };
  if ('any' in w) return w.any.length === 1 ? condition(w.any[0]!) : { any: w.any.map(condition) };
  return test(w) as Where;
}
function did(d: Did): Did {
  const { per, ...rest } = step(d);
  const counted = d.count !== undefined;
  return { ...rest, ...(per && counted && per !== perOf({ event: rest.event }) ? { per } : {}) };
}
