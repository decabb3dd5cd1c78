/**
 * Cuts SQL at its semicolons; those inside quotes, dollar quotes and comments are text. Empty statements are left out.
 */
export function statements(sql: string): string[] {
  const out: string[] = [];
  let start = 0;
  let i = 0;
  while (i < sql.length) {
    const end = skip(sql, i);
    if (end > i) {
      i = end;
    } else {
      if (sql[i] === ';') {
        out.push(sql.slice(start, i));
        start = i + 1;
      }
      i++;
    }
  }
  out.push(sql.slice(start));
  return out.map((s) => s.trim()).filter((s) => !blank(s));
}

/** End of the quoted text or comment that begins at i, or i. */
function skip(sql: string, i: number): number {
  const c = sql[i]!;
  if (c === "'" || c === '"') return after(sql, c, i + 1);
  if (sql.startsWith('--', i)) return after(sql, '\n', i + 2);
  if (sql.startsWith('/*', i)) return after(sql, '*/', i + 2);
  if (c === '$') {
    const tag = /^\$[A-Za-z_]*\$/.exec(sql.slice(i, i + 64))?.[0];
    if (tag) return after(sql, tag, i + tag.length);
  }
  return i;
}

function after(sql: string, mark: string, from: number): number {
  const at = sql.indexOf(mark, from);
  return at < 0 ? sql.length : at + mark.length;
}

/** Nothing but blanks and comments. */
function blank(sql: string): boolean {
  let i = 0;
  while (i < sql.length) {
    const comment = sql.startsWith('--', i) || sql.startsWith('/*', i);
    if (comment) i = skip(sql, i);
    else if (/\s/.test(sql[i]!)) i++;
    else return false;
  }
  return true;
}
