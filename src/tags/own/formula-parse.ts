import { FormulaError, tokens } from './formula-tokens.ts';
import type { Token } from './formula-tokens.ts';

export type BinaryOp = 'or' | 'and' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';
interface At {
  from: number;
  to: number;
}
/** A formula as a tree; every node knows its characters. */
export type Node = At &
  (
    | { kind: 'number'; value: number }
    | { kind: 'text'; value: string }
    | { kind: 'boolean'; value: boolean }
    | { kind: 'unknown' }
    | { kind: 'tag'; id: string }
    | { kind: 'not' | 'minus'; of: Node }
    | { kind: 'binary'; op: BinaryOp; left: Node; right: Node }
    | { kind: 'in'; of: Node; among: Node[] }
    | { kind: 'call'; name: string; args: Node[] }
  );

/** A tag's id as a formula names it. */
export const formulaName = (id: string): string => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(id) ? id : `[${id}]`);

/** Words of the language that are no tags. */
export const WORDS = ['and', 'or', 'not', 'in', 'true', 'false', 'unknown'] as const;
/** From loose to tight. Comparisons do not chain: a < b < c is refused. */
const LEVELS: readonly (readonly string[])[] = [['or'], ['and'], ['=', '<>', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/']];
const COMPARE = 2;
const DEEPEST = 60;

/** Reads a formula. Throws FormulaError at the first thing that does not fit. */
export function parse(text: string): Node {
  const list = tokens(text);
  let i = 0;
  let depth = 0;
  const peek = (): Token => list[i]!;
  const next = (): Token => list[i++]!;
  const lower = (t: Token): string => (t.quoted || t.kind === 'text' ? '' : t.text.toLowerCase());
  const found = (t: Token): string => (t.kind === 'end' ? 'the formula ends' : `there is “${text.slice(t.from, t.to)}”`);
  const expect = (sign: string, why: string): Token => {
    if (lower(peek()) !== sign || peek().kind === 'end') throw new FormulaError(`${why}, but ${found(peek())}.`, peek().from, peek().to);
    return next();
  };
  const until = (close: string): { items: Node[]; to: number } => {
    const items: Node[] = [];
    if (lower(peek()) !== close) {
      do items.push(level(0));
      while (lower(peek()) === ',' && next());
    }
    return { items, to: expect(close, 'A “)” or a comma should follow').to };
  };

  function level(n: number): Node {
    if (n === LEVELS.length) return unary();
    if (n === 1 && lower(peek()) === 'not') return chain(not(), n);
    return chain(level(n + 1), n);
  }
  function chain(left: Node, n: number): Node {
    for (;;) {
      const op = lower(peek());
      if (n === COMPARE && op === 'in') {
        next();
        expect('(', 'A list in brackets should follow “in”');
        const { items, to } = until(')');
        if (items.length === 0) throw new FormulaError('This list is empty.', left.from, to);
        left = { kind: 'in', of: left, among: items, from: left.from, to };
        continue;
      }
      if (!LEVELS[n]!.includes(op) || peek().kind === 'end') return left;
      if (n === COMPARE && left.kind === 'binary' && COMPARISONS.has(left.op) && !bracketed.has(left))
        throw new FormulaError('Comparisons cannot follow one another: join them by “and”.', left.from, peek().to);
      next();
      const right = n === 1 && lower(peek()) === 'not' ? not() : level(n + 1);
      left = { kind: 'binary', op: (op === '!=' ? '<>' : op) as BinaryOp, left, right, from: left.from, to: right.to };
    }
  }
  /** `not` binds looser than comparisons: not a = b is not (a = b). */
  function not(): Node {
    const { from } = next();
    deeper();
    const of = lower(peek()) === 'not' ? not() : level(COMPARE);
    depth--;
    return { kind: 'not', of, from, to: of.to };
  }
  function deeper(): void {
    if (++depth > DEEPEST) throw new FormulaError('This formula is nested too deeply.', peek().from, peek().to);
  }
  function unary(): Node {
    deeper();
    const t = next();
    const word = lower(t);
    const at = { from: t.from, to: t.to };
    try {
      if (word === '-') {
        const of = unary();
        return { kind: 'minus', of, from: t.from, to: of.to };
      }
      if (word === '(') {
        const inner = level(0);
        const node = { ...inner, from: t.from, to: expect(')', 'A “)” should follow').to };
        bracketed.add(node);
        return node;
      }
      if (t.kind === 'number') return { kind: 'number', value: Number(t.text), ...at };
      if (t.kind === 'text') return { kind: 'text', value: t.text, ...at };
      if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', ...at };
      if (word === 'unknown') return { kind: 'unknown', ...at };
      if (t.kind === 'name' && !(WORDS as readonly string[]).includes(word)) {
        if (t.quoted || lower(peek()) !== '(') return { kind: 'tag', id: t.text, ...at };
        next();
        const { items, to } = until(')');
        return { kind: 'call', name: word, args: items, from: t.from, to };
      }
      throw new FormulaError(
        t.kind === 'end' ? 'A number, a tag or a text should follow here.' : `A number, a tag or a text should stand here, but ${found(t)}.`,
        t.from,
        t.to,
      );
    } finally {
      depth--;
    }
  }
  const bracketed = new WeakSet<Node>();

  const node = level(0);
  if (peek().kind !== 'end')
    throw new FormulaError(`An operator such as + or = should stand before this, but ${found(peek())}.`, peek().from, peek().to);
  return node;
}
const COMPARISONS = new Set<string>(LEVELS[COMPARE]);

/** Ids of the tags a tree speaks of, each once, in reading order. */
export const tagsIn = (node: Node): string[] => [...new Set(tagNodes(node).map((n) => n.id))];

type TagNode = Extract<Node, { kind: 'tag' }>;
function tagNodes(n: Node): TagNode[] {
  if (n.kind === 'tag') return [n];
  if (n.kind === 'not' || n.kind === 'minus') return tagNodes(n.of);
  if (n.kind === 'binary') return [n.left, n.right].flatMap(tagNodes);
  if (n.kind === 'in') return [n.of, ...n.among].flatMap(tagNodes);
  return n.kind === 'call' ? n.args.flatMap(tagNodes) : [];
}

/** The same formula with other names for its tags; nothing else of its text changes. One that cannot be read stays as it is. */
export function renamedFormula(text: string, rename: (id: string) => string): string {
  let nodes: TagNode[];
  try {
    nodes = tagNodes(parse(text));
  } catch {
    return text;
  }
  return nodes
    .toSorted((a, b) => b.from - a.from)
    .reduce((out, n) => {
      const name = rename(n.id);
      return name === n.id ? out : out.slice(0, n.from) + formulaName(name) + out.slice(n.to);
    }, text);
}
