import type { Rule, Test } from '../../core/rule.ts';
import type { DataFacts } from '../../core/tables.ts';
import type { Entity, TagInfo } from '../../core/tag.ts';
import type { RuleContext } from '../../segments/context.ts';
import { isGroup, linesOfGroup, type Group } from '../../segments/edit.ts';
import { defaultDid } from '../../segments/leaf.ts';
import { OPERANDS, type Op, type Operand } from '../../segments/test.ts';

export const linesIn = linesOfGroup;
export { isGroup };
export const withLines = (group: Group, lines: Rule[]): Group => ('all' in group ? { all: lines } : { any: lines });
export const joinedBy = (group: Group, how: 'all' | 'any'): Group => (how === 'all' ? { all: linesOfGroup(group) } : { any: linesOfGroup(group) });
/** The outermost group of any rule: a single line becomes a group of one. */
export const asGroup = (rule: Rule): Group => (isGroup(rule) ? rule : { all: [rule] });

/** The line under any number of "not", and whether it is turned around. */
export function peel(rule: Rule): { line: Rule; negated: boolean } {
  let negated = false;
  let line = rule;
  while ('not' in line) {
    negated = !negated;
    line = line.not;
  }
  return { line, negated };
}
export const wrap = (line: Rule, negated: boolean): Rule => (negated ? { not: line } : line);

/** The operand that an operator starts with, so that a new line always runs. */
export function startOperand(op: Op, tag: Pick<TagInfo, 'values' | 'figures' | 'type'>, lastDay: string): Operand {
  const first = tag.values[0]?.value ?? '';
  switch (OPERANDS[op]) {
    case 'flag':
      return true;
    case 'value':
      return tag.type === 'boolean' ? true : first;
    case 'values':
      return first === '' ? [] : [first];
    case 'text':
      return first.slice(0, 3);
    case 'number':
      return Number((tag.figures?.median ?? 0).toPrecision(2));
    case 'range':
      return op === 'percentile' ? [80, 100] : [Number((tag.figures?.q1 ?? 0).toPrecision(2)), Number((tag.figures?.q3 ?? 0).toPrecision(2))];
    case 'count':
      return 100;
    case 'percent':
      return 10;
    case 'date':
      return lastDay.slice(0, 10);
    case 'span':
      return [30, 'day'];
  }
}

export const test = (op: Op, value: Operand): Test => ({ [op]: value }) as unknown as Test;

/** The tag that a new line starts with: one of few values where there is one. */
export const firstLine = (ctx: RuleContext, entity: Entity): TagInfo | undefined =>
  ctx.tags.find((t) => t.entity === entity && t.known > 0 && (t.type === 'enum' || t.type === 'boolean')) ??
  ctx.tags.find((t) => t.entity === entity && t.known > 0);

/** A new line about behaviour: the commonest event of interest, in the last 30 days where events are dated. */
export function didLine(facts: DataFacts): Rule {
  const event = 'purchase' in facts.events ? 'purchase' : (Object.entries(facts.events).sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'purchase');
  return facts.lastEvent ? defaultDid(event) : { did: { event } };
}

/** A first sequence: looked, then bought, of the events there are. */
export function sequenceLine(facts: DataFacts): Rule {
  const known = ['view', 'cart', 'purchase'].filter((e) => e in facts.events);
  const others = Object.keys(facts.events).filter((e) => !known.includes(e));
  const [first = 'purchase', second = first] = [...known, ...others];
  return { sequence: [{ event: first }, { event: second }], gap: [7, 'day'] };
}

/** Drops one key: `exactOptionalPropertyTypes` or not, an absent key and an undefined one are not the same JSON. */
export function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = value;
  return rest;
}
