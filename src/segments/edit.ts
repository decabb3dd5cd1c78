import type { Rule } from '../core/rule.ts';
import type { RuleContext } from './context.ts';
import type { Entity } from '../core/tag.ts';
import { keysOf, valueAt, withValue, type RulePath } from './path.ts';
import { problemsOf } from './validate.ts';

export type Group = { all: Rule[] } | { any: Rule[] };
export const isGroup = (rule: Rule): rule is Group => 'all' in rule || 'any' in rule;
export const groupKey = (rule: Group): 'all' | 'any' => ('all' in rule ? 'all' : 'any');
export const linesOfGroup = (rule: Group): Rule[] => ('all' in rule ? rule.all : rule.any);
const group = (kind: 'all' | 'any', lines: Rule[]): Rule => (kind === 'all' ? { all: lines } : { any: lines });
export const join = (path: RulePath, ...keys: (string | number)[]): RulePath => [...keysOf(path), ...keys].join('.');

/** The rule at a path of a rule node. */
export function ruleAt(rule: Rule, path: RulePath): Rule | undefined {
  const node = valueAt(rule, path);
  return typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Rule) : undefined;
}

export const replace = (rule: Rule, path: RulePath, by: Rule): Rule => withValue(rule, path, by);

/** The group that holds the node at a path, and the node's place in it; null for the root and the inside of a `not`. */
export function placeOf(path: RulePath): { group: RulePath; kind: 'all' | 'any'; index: number } | null {
  const keys = keysOf(path);
  const [kind, index] = keys.slice(-2);
  if ((kind !== 'all' && kind !== 'any') || index === undefined || !/^\d+$/.test(index)) return null;
  return { group: keys.slice(0, -2).join('.'), kind, index: Number(index) };
}

/** Puts a line into the group at `path` before `index` (at its end if left out). A node that is no group becomes one: all of it and the new line. */
export function insert(rule: Rule, path: RulePath, line: Rule, index?: number): Rule {
  const node = ruleAt(rule, path);
  if (!node) return rule;
  if (!isGroup(node)) return replace(rule, path, { all: index === 0 ? [line, node] : [node, line] });
  const lines = [...linesOfGroup(node)];
  lines.splice(index ?? lines.length, 0, line);
  return replace(rule, path, group(groupKey(node), lines));
}

/** Takes a node out. The root becomes everyone; a `not` goes with what it negates; an empty group inside another goes too. */
export function remove(rule: Rule, path: RulePath): Rule {
  if (path === '') return { all: [] };
  const place = placeOf(path);
  if (!place) return remove(rule, keysOf(path).slice(0, -1).join('.'));
  const holder = ruleAt(rule, place.group);
  if (holder && isGroup(holder) && linesOfGroup(holder).length === 1 && place.group !== '') return remove(rule, place.group);
  return withValue(rule, path, undefined);
}

/** Moves a line within its group or to another; `to` is the group's path and the place counted before the move. Moving into itself changes nothing. */
export function move(rule: Rule, path: RulePath, to: { group: RulePath; index: number }): Rule {
  const from = placeOf(path);
  const line = ruleAt(rule, path);
  const target = ruleAt(rule, to.group);
  if (!from || !line || !target || !isGroup(target) || to.group === path || to.group.startsWith(`${path}.`)) return rule;
  // A mark keeps the place while the line is taken out, as that may shift or remove groups before it.
  const mark: Rule = { ids: [] };
  const marked = withValue(rule, path, mark);
  const placed = insert(marked, to.group, line, Math.min(to.index, linesOfGroup(target).length));
  const left = pathOf(placed, mark);
  return left === null ? rule : remove(placed, left);
}

/** Where this very object stands in a rule. */
export function pathOf(rule: Rule, node: unknown, path: RulePath = ''): RulePath | null {
  if ((rule as unknown) === node) return path;
  if (typeof rule !== 'object' || rule === null) return null;
  for (const [key, inner] of Object.entries(rule)) {
    const found = typeof inner === 'object' && inner !== null ? pathOf(inner as Rule, node, join(path, key)) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Puts a group of `kind` around a node. */
export function wrap(rule: Rule, path: RulePath, kind: 'all' | 'any' = 'any'): Rule {
  const node = ruleAt(rule, path);
  return node ? replace(rule, path, group(kind, [node])) : rule;
}

/** Puts a group's lines in its own place in the group around it; a group of one line becomes that line. */
export function unwrap(rule: Rule, path: RulePath): Rule {
  const node = ruleAt(rule, path);
  if (!node || !isGroup(node)) return rule;
  const lines = linesOfGroup(node);
  if (lines.length === 1) return replace(rule, path, lines[0]!);
  const place = placeOf(path);
  const holder = place && ruleAt(rule, place.group);
  if (!place || !holder || !isGroup(holder)) return rule;
  const around = [...linesOfGroup(holder)];
  around.splice(place.index, 1, ...lines);
  return replace(rule, place.group, group(groupKey(holder), around));
}

/** All of ↔ any of. */
export function toggleGroup(rule: Rule, path: RulePath): Rule {
  const node = ruleAt(rule, path);
  return node && isGroup(node) ? replace(rule, path, group(groupKey(node) === 'all' ? 'any' : 'all', linesOfGroup(node))) : rule;
}

/** Adds or takes away a `not`; did and didNot change into each other. */
export function toggleNot(rule: Rule, path: RulePath): Rule {
  const node = ruleAt(rule, path);
  if (!node) return rule;
  if ('not' in node) return replace(rule, path, node.not);
  if ('did' in node) return replace(rule, path, { didNot: node.did });
  if ('didNot' in node) return replace(rule, path, { did: node.didNot });
  return replace(rule, path, { not: node });
}

/** The rule with its mistaken lines left out, so that a count can be shown while one line is being typed. `left` tells how many went. */
export function validPart(rule: Rule, ctx: RuleContext, entity: Entity = 'user'): { rule: Rule; left: number } {
  let out = rule;
  for (let left = 0; ; left++) {
    const problem = problemsOf({ id: '', name: '', rule: out, entity }, ctx)[0];
    if (!problem) return { rule: out, left };
    const next = remove(out, lineOf(out, problem.where.rulePath ?? ''));
    if (JSON.stringify(next) === JSON.stringify(out)) return { rule: { all: [] }, left: left + 1 };
    out = next;
  }
}

/** Path of the line (leaf) that holds whatever stands at `path`. */
export function lineOf(rule: Rule, path: RulePath): RulePath {
  let own = '';
  let node: Rule | undefined = rule;
  const keys = keysOf(path);
  for (let i = 0; i < keys.length && node;) {
    const step: string[] | null = isGroup(node) ? keys.slice(i, i + 2) : 'not' in node ? keys.slice(i, i + 1) : null;
    if (!step || (isGroup(node) && step.length < 2)) break;
    own = join(own, ...step);
    node = ruleAt(rule, own);
    i += step.length;
  }
  return own;
}
