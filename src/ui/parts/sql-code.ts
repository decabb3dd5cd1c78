/** A piece of SQL text with the class of its colour ('' for plain). */
export interface SqlPiece {
  text: string;
  kind: '' | 'keyword' | 'string' | 'number' | 'comment';
}
interface Node {
  scope?: string;
  children: (Node | string)[];
}

const kindOf = (scope: string | undefined, above: SqlPiece['kind']): SqlPiece['kind'] =>
  scope === undefined
    ? above
    : /keyword|built_in|type|literal/.test(scope)
      ? 'keyword'
      : /string|symbol/.test(scope)
        ? 'string'
        : /number/.test(scope)
          ? 'number'
          : /comment/.test(scope)
            ? 'comment'
            : above;

/** Formats SQL in DuckDB's dialect; text it does not understand comes back unchanged. Both libraries load on first use. */
export async function formatSql(sql: string): Promise<string> {
  const { formatDialect, duckdb } = await import('sql-formatter');
  try {
    return formatDialect(sql, { dialect: duckdb, tabWidth: 2, expressionWidth: 70, keywordCase: 'lower' });
  } catch {
    return sql;
  }
}

/** Cuts SQL into coloured pieces. The highlighter's own token tree is read, so no HTML is ever made. */
export async function colourSql(sql: string): Promise<SqlPiece[]> {
  const [{ default: hljs }, { default: grammar }] = await Promise.all([import('highlight.js/lib/core'), import('highlight.js/lib/languages/sql')]);
  if (!hljs.getLanguage('sql')) hljs.registerLanguage('sql', grammar);
  const result = hljs.highlight(sql, { language: 'sql', ignoreIllegals: true });
  const root = (result._emitter as unknown as { root?: Node }).root;
  if (!root) return [{ text: sql, kind: '' }];
  const pieces: SqlPiece[] = [];
  const walk = (node: Node | string, kind: SqlPiece['kind']): void => {
    if (typeof node === 'string') return void pieces.push({ text: node, kind });
    for (const child of node.children) walk(child, kindOf(node.scope, kind));
  };
  walk(root, '');
  return pieces;
}
