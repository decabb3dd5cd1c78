/** A mistake in a formula: one sentence, and the characters it is about, [from, to). */
export class FormulaError extends Error {
  readonly from: number;
  readonly to: number;
  constructor(message: string, from: number, to: number) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

export interface Token {
  kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** The number or sign as written; the text without quotes; the name without brackets. */
  text: string;
  from: number;
  to: number;
  /** A name in [brackets]: a tag in any case, never a word of the language. */
  quoted?: boolean;
}

const NUMBER = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?/i;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;
const SIGN = /^(?:<=|>=|<>|!=|[-+*/(),<>=])/;

/** A formula as tokens, the last being `end`. Throws FormulaError for a sign the language does not have and for quotes that do not close. */
export function tokens(text: string): Token[] {
  const out: Token[] = [];
  let at = 0;
  const put = (kind: Token['kind'], token: string, length: number): void => void out.push({ kind, text: token, from: at, to: (at += length) });
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const first = rest[0]!;
    if (first === '"' || first === "'") {
      const close = rest.indexOf(first, 1);
      if (close < 0) throw new FormulaError(`This text has no closing ${first}.`, at, text.length);
      put('text', rest.slice(1, close), close + 1);
      continue;
    }
    if (first === '[') {
      const close = rest.indexOf(']');
      if (close < 0) throw new FormulaError('This tag name has no closing ].', at, text.length);
      put('name', rest.slice(1, close), close + 1);
      out.at(-1)!.quoted = true;
      continue;
    }
    const number = NUMBER.exec(rest);
    const name = NAME.exec(rest);
    const sign = SIGN.exec(rest);
    if (number) put('number', number[0], number[0].length);
    else if (name) put('name', name[0], name[0].length);
    else if (sign) put('sign', sign[0], sign[0].length);
    else throw new FormulaError(`“${[...rest][0]}” means nothing here.`, at, at + [...rest][0]!.length);
  }
  out.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return out;
}
