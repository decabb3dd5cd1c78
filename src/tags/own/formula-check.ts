import type { TagInfo, TagType } from '../../core/tag.ts';
import { ident, literal } from '../../engine/sql.ts';
import { FUNCTIONS } from './formula-functions.ts';
import { parse, tagsIn } from './formula-parse.ts';
import type { Node } from './formula-parse.ts';
import { FormulaError } from './formula-tokens.ts';

/** What a part of a formula is. `nothing` is the word “unknown”, which goes with any type. */
export type FormulaType = 'number' | 'text' | 'boolean' | 'date' | 'nothing';
/** SQL over `t`, one row of the entity's tag table. Unknown parts make the whole unknown, except in coalesce, min, max, known and if's other branches. */
export interface Typed {
  type: FormulaType;
  sql: string;
  /** A number that is an amount of money. */
  money?: boolean;
}
/** Something that is no mistake but probably not meant. */
export interface FormulaHint {
  message: string;
  from: number;
  to: number;
}
export type FormulaTag = Pick<TagInfo, 'id' | 'type' | 'title' | 'values' | 'distinct'>;
export interface CheckedFormula {
  type: TagType;
  sql: string;
  tags: string[];
  hints: FormulaHint[];
}

const NAMES: Record<FormulaType, string> = { number: 'a number', text: 'a text', boolean: 'yes or no', date: 'a date', nothing: 'unknown' };
const LETTERS_APART = 2;

/**
 * Reads a formula, checks its types and writes its SQL. Divisors of 0 and results beyond the largest number give unknown.
 * @throws FormulaError with the characters of the first mistake
 */
export function checkFormula(text: string, tags: readonly FormulaTag[]): CheckedFormula {
  const tree = parse(text);
  const known = new Map(tags.map((t) => [t.id, t]));
  const hints: FormulaHint[] = [];
  const whole = typed(tree, known, hints);
  if (whole.type === 'nothing') throw new FormulaError('This is unknown for everyone: name a tag.', tree.from, tree.to);
  const type: TagType = whole.type === 'text' ? 'enum' : whole.type === 'number' ? (whole.money ? 'money' : 'number') : whole.type;
  const sql = whole.type === 'number' ? `CASE WHEN isfinite(${whole.sql}) THEN ${whole.sql} END` : whole.sql;
  return { type, sql, tags: tagsIn(tree), hints };
}

function typed(node: Node, tags: ReadonlyMap<string, FormulaTag>, hints: FormulaHint[]): Typed {
  const of = (n: Node): Typed => typed(n, tags, hints);
  const want = (n: Node, type: FormulaType, why: string): Typed => {
    const got = of(n);
    if (got.type !== type && got.type !== 'nothing') throw new FormulaError(`${why} ${NAMES[type]}, but this is ${NAMES[got.type]}.`, n.from, n.to);
    return got;
  };
  switch (node.kind) {
    case 'number':
      if (!Number.isFinite(node.value)) throw new FormulaError('This number is too large.', node.from, node.to);
      return { type: 'number', sql: `${literal(node.value)}::DOUBLE` };
    case 'text':
      return { type: 'text', sql: literal(node.value).text };
    case 'boolean':
      return { type: 'boolean', sql: String(node.value) };
    case 'unknown':
      return { type: 'nothing', sql: 'NULL' };
    case 'tag':
      return tagOf(node, tags);
    case 'not':
      return { type: 'boolean', sql: `(NOT ${want(node.of, 'boolean', '“not” needs').sql})` };
    case 'minus': {
      const inner = want(node.of, 'number', 'A minus needs');
      return { ...inner, type: 'number', sql: `(-${inner.sql})` };
    }
    case 'in': {
      const left = of(node.of);
      const among = node.among.map((n) => {
        const one = of(n);
        same(left, one, n, 'A list holds values like the one before “in”:');
        missingValue(node.of, n, tags, hints);
        return one.sql;
      });
      return { type: 'boolean', sql: `(${left.sql} IN (${among.join(', ')}))` };
    }
    case 'binary': {
      const { op } = node;
      if (op === 'and' || op === 'or') {
        const [a, b] = [node.left, node.right].map((n) => want(n, 'boolean', `“${op}” joins`));
        return { type: 'boolean', sql: `(${a!.sql} ${op.toUpperCase()} ${b!.sql})` };
      }
      if (op === '+' || op === '-' || op === '*' || op === '/') {
        const dates = [of(node.left), of(node.right)].filter((x) => x.type === 'date').length;
        if (op === '-' && dates === 2) throw new FormulaError('Dates are not subtracted: write days(earlier, later).', node.from, node.to);
        const [a, b] = [node.left, node.right].map((n) => want(n, 'number', `“${op}” needs`));
        const money = op === '*' ? a!.money !== b!.money : op === '/' ? a!.money && !b!.money : a!.money && b!.money;
        return {
          type: 'number',
          sql: op === '/' ? `(${a!.sql} / nullif(${b!.sql}, 0))` : `(${a!.sql} ${op} ${b!.sql})`,
          ...(money ? { money } : {}),
        };
      }
      const [a, b] = [of(node.left), of(node.right)];
      const right = a.type === 'date' && node.right.kind === 'text' ? dateOf(node.right) : b;
      const left = b.type === 'date' && node.left.kind === 'text' ? dateOf(node.left) : a;
      if (a.type === 'nothing' || b.type === 'nothing')
        throw new FormulaError('Nothing equals unknown: write known(…) or not known(…).', node.from, node.to);
      same(left, right, node.right, `“${op}” compares like with like:`);
      if (left.type === 'boolean' && op !== '=' && op !== '<>') throw new FormulaError('Yes and no have no order.', node.from, node.to);
      missingValue(node.left, node.right, tags, hints);
      missingValue(node.right, node.left, tags, hints);
      return { type: 'boolean', sql: `(${left.sql} ${op} ${right.sql})` };
    }
    case 'call': {
      const fn = FUNCTIONS.find((f) => f.name === node.name);
      if (!fn) {
        const near = closest(
          node.name,
          FUNCTIONS.map((f) => f.name),
        );
        throw new FormulaError(
          `There is no function “${node.name}”${near ? `: did you mean ${near}?` : '.'}`,
          node.from,
          node.from + node.name.length,
        );
      }
      if (node.args.length < fn.least || node.args.length > (fn.most ?? Infinity))
        throw new FormulaError(
          `${fn.name}(${fn.args}) cannot take ${node.args.length === 0 ? 'nothing' : `${node.args.length} values`}.`,
          node.from,
          node.to,
        );
      return fn.make({
        args: node.args.map((n) => (fn.dates && n.kind === 'text' ? dateOf(n) : of(n))),
        need: (i, type) => want(node.args[i]!, type, `${fn.name} needs`),
        fail: (message, i) => {
          const at = i === undefined ? node : node.args[i]!;
          return new FormulaError(message, at.from, at.to);
        },
        alike: (items, from) => {
          const first = items.find((x) => x.type !== 'nothing') ?? items[0]!;
          items.forEach((x, i) => same(first, x, node.args[from[i]!]!, `${fn.name} gives values of one type:`));
          return { type: first.type, ...(items.every((x) => x.money || x.type === 'nothing') ? { money: true } : {}) };
        },
      });
    }
  }
}

function tagOf(node: Node & { kind: 'tag' }, tags: ReadonlyMap<string, FormulaTag>): Typed {
  const tag = tags.get(node.id);
  if (!tag) {
    const near = closest(node.id, [...tags.keys()]);
    throw new FormulaError(`There is no tag “${node.id}”${near ? `: did you mean ${near}?` : '.'}`, node.from, node.to);
  }
  const x = `t.${ident(tag.id)}`;
  switch (tag.type) {
    case 'number':
    case 'int':
    case 'share':
      return { type: 'number', sql: `${x}::DOUBLE` };
    case 'money':
      return { type: 'number', sql: `${x}::DOUBLE`, money: true };
    case 'boolean':
      return { type: 'boolean', sql: x };
    case 'date':
      return { type: 'date', sql: `${x}::TIMESTAMP` };
    case 'enum':
    case 'id':
    case 'text':
      return { type: 'text', sql: `${x}::VARCHAR` };
    default:
      throw new FormulaError(`“${tag.title}” holds several values for one member, which a formula cannot take.`, node.from, node.to);
  }
}

/** A text where a date is needed: 2024-06-30, with a time if wanted. */
function dateOf(node: Node & { kind: 'text' }): Typed {
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/.test(node.value) || Number.isNaN(Date.parse(node.value.replace(' ', 'T'))))
    throw new FormulaError(`“${node.value}” is no date: write it like "2024-06-30".`, node.from, node.to);
  return { type: 'date', sql: `TIMESTAMP ${literal(node.value.replace('T', ' '))}` };
}

function same(a: Typed, b: Typed, at: Node, why: string): void {
  if (a.type !== b.type && a.type !== 'nothing' && b.type !== 'nothing')
    throw new FormulaError(`${why} ${NAMES[a.type]} and ${NAMES[b.type]} do not go together.`, at.from, at.to);
}

/** A text that no member has, though all values of the tag are listed. */
function missingValue(tag: Node, value: Node, tags: ReadonlyMap<string, FormulaTag>, hints: FormulaHint[]): void {
  if (tag.kind !== 'tag' || value.kind !== 'text') return;
  const info = tags.get(tag.id);
  if (info?.type !== 'enum' || info.distinct > info.values.length || info.values.some((v) => v.value === value.value)) return;
  const near = closest(
    value.value,
    info.values.map((v) => v.value),
  );
  hints.push({ message: `No one has “${value.value}” as ${info.title}${near ? `: did you mean “${near}”?` : '.'}`, from: value.from, to: value.to });
}

/** The name that is nearest by edits, if it is near at all. */
function closest(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.min(LETTERS_APART, Math.floor(word.length / 2)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - word.length) >= least) continue;
    const n = edits(lower, name.toLowerCase());
    if (n < least) [best, least] = [name, n];
  }
  return best;
}
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
