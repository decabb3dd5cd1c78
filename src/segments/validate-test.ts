import { at, isObject, isWhole, type Problems } from './problems.ts';
import { OPERATOR_LABELS, type Family } from './operators.ts';
import { isDateText, SPAN_UNITS } from './span.ts';
import { OPERANDS, opsOf, strangers, type Op, type OperandKind } from './test.ts';

const isNumber = (x: unknown): x is number => typeof x === 'number' && Number.isFinite(x);
const isScalar = (x: unknown): boolean => typeof x === 'string' || typeof x === 'boolean' || isNumber(x);
const isPair = (x: unknown): x is [number, number] => Array.isArray(x) && x.length === 2 && isNumber(x[0]) && isNumber(x[1]);
export const isSpan = (x: unknown): boolean =>
  Array.isArray(x) && x.length === 2 && isWhole(x[0], 1) && (SPAN_UNITS as readonly unknown[]).includes(x[1]);

/** What an operand must be, in words; the check, by kind. Empty lists have a code of their own. */
const OPERAND: Record<OperandKind, { ok: (x: unknown, family: Family) => boolean; needs: string }> = {
  flag: { ok: (x) => typeof x === 'boolean', needs: 'true or false' },
  value: { ok: (x, family) => (family === 'boolean' ? typeof x === 'boolean' || x === 'true' || x === 'false' : isScalar(x)), needs: 'a value' },
  values: { ok: (x) => Array.isArray(x) && x.every(isScalar), needs: 'a list of values' },
  text: { ok: (x) => typeof x === 'string' && x !== '', needs: 'a piece of text' },
  number: { ok: isNumber, needs: 'a number' },
  range: { ok: (x) => isPair(x) && x[0] <= x[1], needs: 'two numbers, the smaller first' },
  count: { ok: (x) => isWhole(x, 1), needs: 'a whole number from 1' },
  percent: { ok: (x) => isNumber(x) && x > 0 && x <= 100, needs: 'a percentage above 0, at most 100' },
  date: { ok: isDateText, needs: 'a date such as 2024-03-01' },
  span: { ok: isSpan, needs: 'a length of time such as 30 days' },
};

/** Checks that a node has exactly one test, that the family allows it and that its operand fits. `own` are the node's other keys. */
export function checkTest(
  node: unknown,
  own: readonly string[],
  allowed: readonly Op[],
  what: string,
  family: Family,
  path: string,
  problems: Problems,
): void {
  if (!isObject(node)) return problems.invalid(path, `The test of ${what} is missing.`);
  const ops = opsOf(node);
  const odd = strangers(node, own)[0];
  if (odd !== undefined) return problems.invalid(at(path, odd), `“${odd}” is not a test that a rule knows.`);
  if (ops.length !== 1)
    return problems.invalid(path, ops.length ? `${what} has ${ops.length} tests in one line: ${ops.join(', ')}.` : `${what} has no test.`);
  const op = ops[0]!;
  const value = node[op];
  if (!allowed.includes(op)) {
    const next = `Use one of: ${allowed.map((o) => OPERATOR_LABELS[o]).join(', ')}.`;
    return problems.add('RULE_TYPE', at(path, op), `${what} cannot be tested with “${OPERATOR_LABELS[op]}”: it is ${FAMILY_WORDS[family]}.`, next);
  }
  if (OPERANDS[op] === 'values' && Array.isArray(value) && value.length === 0) {
    return problems.add(
      'RULE_EMPTY_LIST',
      at(path, op),
      `“${OPERATOR_LABELS[op]}” has no values to choose from.`,
      'Choose at least one value, or remove this line.',
    );
  }
  const operand = OPERAND[OPERANDS[op]];
  if (!operand.ok(value, family)) problems.add('RULE_TYPE', at(path, op), `“${OPERATOR_LABELS[op]}” needs ${operand.needs}.`, 'Change the value.');
}

const FAMILY_WORDS: Record<Family, string> = {
  text: 'text',
  number: 'a number',
  date: 'a date',
  boolean: 'a yes or no',
  set: 'a set of values',
  opaque: 'a table of values, which can only be known or unknown',
};
