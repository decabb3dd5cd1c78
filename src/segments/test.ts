import type { Span, Scalar, Test } from '../core/rule.ts';

/** One test taken out of its node, by operator. */
export type Op =
  | 'known'
  | 'is'
  | 'isNot'
  | 'in'
  | 'notIn'
  | 'startsWith'
  | 'contains'
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'between'
  | 'top'
  | 'bottom'
  | 'topPercent'
  | 'bottomPercent'
  | 'percentile'
  | 'before'
  | 'after'
  | 'last'
  | 'older'
  | 'has'
  | 'hasAny'
  | 'hasAll';
/** What stands behind an operator. */
export type OperandKind = 'flag' | 'value' | 'values' | 'text' | 'number' | 'range' | 'count' | 'percent' | 'date' | 'span';
export const OPERANDS: Record<Op, OperandKind> = {
  known: 'flag',
  is: 'value',
  isNot: 'value',
  in: 'values',
  notIn: 'values',
  startsWith: 'text',
  contains: 'text',
  eq: 'number',
  ne: 'number',
  gt: 'number',
  gte: 'number',
  lt: 'number',
  lte: 'number',
  between: 'range',
  top: 'count',
  bottom: 'count',
  topPercent: 'percent',
  bottomPercent: 'percent',
  percentile: 'range',
  before: 'date',
  after: 'date',
  last: 'span',
  older: 'span',
  has: 'value',
  hasAny: 'values',
  hasAll: 'values',
};
const isOp = (key: string): key is Op => Object.hasOwn(OPERANDS, key);

export type Operand = Scalar | Scalar[] | Span | [number, number];
export interface TestParts {
  op: Op;
  value: Operand;
}

/** The operators a node carries besides its own keys (`tag`, `col`, `of`); a well-formed test has exactly one. */
export const opsOf = (node: object): Op[] => Object.keys(node).filter(isOp);
/** Keys that are neither an operator nor one of `own`: a mistake. */
export const strangers = (node: object, own: readonly string[]): string[] => Object.keys(node).filter((k) => !isOp(k) && !own.includes(k));

/** The one test of a validated node. */
export function testOf(node: Test): TestParts {
  const op = opsOf(node)[0];
  if (op === undefined) throw new Error('a test without an operator');
  return { op, value: (node as unknown as Record<Op, Operand>)[op] };
}

/** A numeric test on a known number. */
export function holds({ op, value }: TestParts, x: number): boolean {
  const v = value as number;
  const [lo, hi] = Array.isArray(value) ? (value as [number, number]) : [v, v];
  switch (op) {
    case 'eq':
      return x === v;
    case 'ne':
      return x !== v;
    case 'gt':
      return x > v;
    case 'gte':
      return x >= v;
    case 'lt':
      return x < v;
    case 'lte':
      return x <= v;
    case 'between':
      return x >= lo && x <= hi;
    default:
      throw new Error(`${op} does not test a count`);
  }
}
