import type { TagType } from '../core/tag.ts';
import type { ColumnType } from '../core/tables.ts';
import { OPERANDS, type Op, type OperandKind } from './test.ts';

/** What a value is like, for the choice of tests. `opaque` (maps) can only be known or unknown. */
export type Family = 'text' | 'number' | 'date' | 'boolean' | 'set' | 'opaque';
export const familyOf = (type: TagType | ColumnType | 'timestamp'): Family => {
  switch (type) {
    case 'enum':
    case 'id':
    case 'text':
      return 'text';
    case 'number':
    case 'int':
    case 'share':
    case 'money':
      return 'number';
    case 'date':
    case 'timestamp':
      return 'date';
    case 'boolean':
      return 'boolean';
    case 'set':
      return 'set';
    default:
      return 'opaque';
  }
};

const TAG_OPS: Record<Family, readonly Op[]> = {
  text: ['is', 'in', 'isNot', 'notIn', 'startsWith', 'contains', 'known'],
  number: ['gte', 'gt', 'lte', 'lt', 'between', 'eq', 'ne', 'top', 'bottom', 'topPercent', 'bottomPercent', 'percentile', 'known'],
  date: ['last', 'older', 'after', 'before', 'known'],
  boolean: ['is', 'isNot', 'known'],
  set: ['has', 'hasAny', 'hasAll', 'known'],
  opaque: ['known'],
};
/** Tests that rank members make sense for tags alone. */
const RANKS = new Set<Op>(['top', 'bottom', 'topPercent', 'bottomPercent', 'percentile']);

/** Tests allowed on a tag (`column` false) or on a column of an event row. The first is the usual one. */
export const operatorsOf = (family: Family, column = false): readonly Op[] =>
  column ? TAG_OPS[family].filter((op) => !RANKS.has(op)) : TAG_OPS[family];
/** Tests allowed on a count or on a sum, average, least or greatest. */
export const NUMBER_OPS: readonly Op[] = ['gte', 'gt', 'lte', 'lt', 'between', 'eq', 'ne'];

/** The words of an operator, as in the sentence; ready for a picker. */
export const OPERATOR_LABELS: Record<Op, string> = {
  known: 'is known',
  is: 'is',
  isNot: 'is known and not',
  in: 'is one of',
  notIn: 'is known and none of',
  startsWith: 'starts with',
  contains: 'contains',
  eq: 'is exactly',
  ne: 'is other than',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
  between: 'is between',
  top: 'is among the top',
  bottom: 'is among the bottom',
  topPercent: 'is in the top %',
  bottomPercent: 'is in the bottom %',
  percentile: 'is between percentiles',
  before: 'is before',
  after: 'is on or after',
  last: 'is in the last',
  older: 'is longer ago than',
  has: 'has',
  hasAny: 'has any of',
  hasAll: 'has all of',
};

/** What a picker needs to offer tests for a value of this type. `is unknown` is `known: false`. */
export function operatorList(type: TagType | ColumnType, column = false): { op: Op; label: string; operand: OperandKind }[] {
  return operatorsOf(familyOf(type), column).map((op) => ({ op, label: OPERATOR_LABELS[op], operand: OPERANDS[op] }));
}
