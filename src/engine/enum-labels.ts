/**
 * The engine's streamed answers carry the codes of an ENUM but not its labels. They are read from the type's own words, as DESCRIBE
 * gives them: ENUM('a', 'b''c'), STRUCT(x ENUM('a'), y INTEGER)[], MAP(VARCHAR, ENUM('a')).
 */
export interface EnumLabels {
  /** Labels in code order, where this type is itself an ENUM. */
  labels: string[];
  /** Types inside, in order: list item, struct fields, map key and value. */
  children: EnumLabels[];
}

export function parseEnumLabels(type: string): EnumLabels {
  let i = 0;
  const blanks = (): void => {
    while (type[i] === ' ') i++;
  };
  const quoted = (q: string): string => {
    let out = '';
    for (i++; i < type.length; i++) {
      if (type[i] !== q) out += type[i]!;
      else if (type[i + 1] === q) out += type[i++]!;
      else break;
    }
    i++;
    return out;
  };
  const word = (): string => {
    const from = i;
    while (i < type.length && /[A-Za-z0-9_ ]/.test(type[i]!)) i++;
    return type.slice(from, i).trim();
  };
  const one = (): EnumLabels => {
    blanks();
    const name = word().toUpperCase();
    let node: EnumLabels = { labels: [], children: [] };
    if (type[i] === '(') {
      i++;
      while (i < type.length && type[i] !== ')') {
        blanks();
        if (name === 'ENUM') node.labels.push(quoted("'"));
        else if (name === 'STRUCT' || name === 'UNION') {
          skipName();
          node.children.push(one());
        } else if (name === 'MAP') node.children.push(one());
        else i++;
        blanks();
        if (type[i] === ',') i++;
        blanks();
      }
      i++;
    }
    for (let list = /^\[\d*\]/.exec(type.slice(i, i + 24)); list; list = /^\[\d*\]/.exec(type.slice(i, i + 24))) {
      i += list[0].length;
      node = { labels: [], children: [node] };
    }
    return node;
  };
  const skipName = (): void => {
    if (type[i] === '"') quoted('"');
    else while (i < type.length && type[i] !== ' ') i++;
    blanks();
  };
  return one();
}
