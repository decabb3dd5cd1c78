import type { Limit, Rule, Test } from '../../core/rule.ts';
import type { SegmentRef } from '../../core/profile.ts';
import type { Entity } from '../../core/tag.ts';
import { segmentOf, tagOf, type RuleContext } from '../context.ts';
import { familyOf, type Family } from '../operators.ts';
import { testOf, type TestParts } from '../test.ts';
import type { IndexTable } from './table.ts';

/** A rule as steps over bitmaps: leaves read from columns or asked of the engine once, and what joins them. */
export type Plan =
  | { op: 'every' | 'some'; parts: Plan[] }
  | { op: 'not'; part: Plan }
  | { op: 'limit'; part: Plan; limit: Limit }
  | { op: 'column'; key: string; tag: string; family: Family; test: TestParts }
  /** Members by SQL; the key is the rule, so that equal leaves are asked once. */
  | { op: 'sql'; key: string; rule: Rule };

/** The plan of a valid rule or segment (with its limit). References to segments are written out. */
export function planOf(ref: SegmentRef, ctx: RuleContext, table: IndexTable): Plan {
  const part = ofRule(ref.rule, ctx, table);
  return 'limit' in ref && ref.limit ? { op: 'limit', part, limit: ref.limit } : part;
}

function ofRule(rule: Rule, ctx: RuleContext, table: IndexTable): Plan {
  if ('all' in rule) return { op: 'every', parts: rule.all.map((r) => ofRule(r, ctx, table)) };
  if ('any' in rule) return { op: 'some', parts: rule.any.map((r) => ofRule(r, ctx, table)) };
  if ('not' in rule) return { op: 'not', part: ofRule(rule.not, ctx, table) };
  if ('didNot' in rule) return { op: 'not', part: bySql({ did: rule.didNot }) };
  if ('segment' in rule) return planOf(segmentOf(ctx, rule.segment)!, ctx, table);
  if ('tag' in rule && table.columns.has(rule.tag)) {
    const tag = tagOf(ctx, table.entity as Entity, rule.tag)!;
    return { op: 'column', key: JSON.stringify(rule), tag: rule.tag, family: familyOf(tag.type), test: testOf(rule as Test) };
  }
  return bySql(rule);
}
const bySql = (rule: Rule): Plan => ({ op: 'sql', key: JSON.stringify(rule), rule });

/** The leaves of a plan that only the engine answers. */
export function sqlLeaves(plan: Plan): Extract<Plan, { op: 'sql' }>[] {
  switch (plan.op) {
    case 'every':
    case 'some':
      return plan.parts.flatMap(sqlLeaves);
    case 'not':
    case 'limit':
      return sqlLeaves(plan.part);
    case 'sql':
      return [plan];
    default:
      return [];
  }
}

/** The limits of a plan, innermost first. */
export function limitsOf(plan: Plan): Limit[] {
  switch (plan.op) {
    case 'every':
    case 'some':
      return plan.parts.flatMap(limitsOf);
    case 'not':
      return limitsOf(plan.part);
    case 'limit':
      return [...limitsOf(plan.part), plan.limit];
    default:
      return [];
  }
}
