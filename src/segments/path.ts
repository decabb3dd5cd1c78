import type { Rule } from '../core/rule.ts';

/** A node's address: keys from the root joined by dots, '' for the root itself: `all.1.not.did.where.0`. */
export type RulePath = string;
export const keysOf = (path: RulePath): string[] => (path === '' ? [] : path.split('.'));

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
const child = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined;

/** Whatever stands at a path (a rule, a test operand, a condition); undefined if nothing does. */
export const valueAt = (rule: Rule, path: RulePath): unknown => keysOf(path).reduce<unknown>(child, rule);

/** The rule with something else at a path; nothing in `rule` is changed. `undefined` removes a key or a list's element. */
export function withValue(rule: Rule, path: RulePath, value: unknown): Rule {
  return put(rule as unknown as Json, keysOf(path), value) as unknown as Rule;
}
function put(node: Json, [key, ...rest]: string[], value: unknown): Json {
  if (key === undefined) return value as Json;
  if (Array.isArray(node)) {
    const i = Number(key);
    if (rest.length === 0 && value === undefined) return node.filter((_, at) => at !== i);
    return node.map((item, at) => (at === i ? put(item, rest, value) : item));
  }
  const own = { ...(node as { [key: string]: Json }) };
  const inner = rest.length === 0 ? value : put((own[key] ?? {}) as Json, rest, value);
  if (inner === undefined) delete own[key];
  else own[key] = inner as Json;
  return own;
}
