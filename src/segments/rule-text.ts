import { TesseraError } from '../core/errors.ts';
import type { Limit, Rule, Segment } from '../core/rule.ts';
import type { RuleContext } from './context.ts';
import { readWords } from './read-words.ts';
import { problemsOf } from './validate.ts';

/** Keys in the order in which a rule is said; all others follow as they stand. */
const ORDER = [
  'tag',
  'col',
  'event',
  'where',
  'of',
  'per',
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'within',
  'sequence',
  'gap',
  'same',
  'last',
  'after',
  'for',
  'from',
  'to',
];
const place = (key: string): number => {
  const at = ORDER.indexOf(key);
  return at < 0 ? ORDER.length : at;
};
type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
function ordered(node: Json): Json {
  if (Array.isArray(node)) return node.map(ordered);
  if (typeof node !== 'object' || node === null) return node;
  const keys = Object.keys(node).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((k) => [k, ordered(node[k]!)]));
}

/** A rule as text to copy: JSON with its keys in one order, so that equal rules are equal texts. */
export const printRule = (rule: Rule): string => JSON.stringify(ordered(rule as unknown as Json), null, 2);

export interface ReadRule {
  rule: Rule;
  /** A sentence says the limit too (null: none). JSON is the rule alone and leaves the limit as it is. */
  limit?: Limit | null;
}
/**
 * A rule from pasted text: JSON, or the sentence that `words` makes. Throws RULE_INVALID for text that is neither, and the first mistake of a rule that
 * does not fit this data. `segment` says what the rule is of, so that it cannot become part of itself.
 */
export function readRule(text: string, segment: Segment, ctx: RuleContext): ReadRule {
  const read = /^\s*[[{"]/.test(text) ? { rule: fromJson(text) } : readWords(text, ctx, segment.entity ?? 'user');
  if ('problem' in read) throw read.problem;
  const { limit: old, ...rest } = segment;
  const limit = 'limit' in read ? read.limit : old;
  const mistake = problemsOf({ ...rest, rule: read.rule, ...(limit ? { limit } : {}) }, ctx)[0];
  if (mistake) throw mistake;
  return read;
}

function fromJson(text: string): Rule {
  try {
    return JSON.parse(text) as Rule;
  } catch {
    throw new TesseraError('RULE_INVALID', 'This is not valid JSON; the rule was left as it is.', { next: 'Paste the whole rule, or its sentence.' });
  }
}
