/** A piece of SQL text that may stand inside other SQL as it is. Made only by the functions of this file. */
export class Sql {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}
export type SqlValue = string | number | bigint | boolean | null | undefined | Date | Sql | readonly SqlValue[];

/** SQL that we wrote ourselves, word for word. Never for text from a file or a person. */
export const raw = (text: string): Sql => new Sql(text);

/** A name in double quotes; several arguments make a qualified name: ident('z', 'events') is "z"."events". */
export function ident(...names: string[]): Sql {
  for (const name of names) if (name.includes('\0')) throw new Error('a name cannot hold a NUL');
  return new Sql(names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'));
}

/**
 * A value as SQL: text in quotes, numbers so that they come back as the same double (-0 as 0), dates as UTC timestamps, arrays as lists,
 * null and undefined as NULL. NUL in text is written by chr(0), since the parser stops at it.
 */
export function literal(value: SqlValue): Sql {
  if (value instanceof Sql) return value;
  if (value === null || value === undefined) return new Sql('NULL');
  if (typeof value === 'string') return new Sql(text(value));
  if (typeof value === 'boolean') return new Sql(value ? 'TRUE' : 'FALSE');
  if (typeof value === 'bigint') return new Sql(String(value));
  if (typeof value === 'number') return new Sql(number(value));
  if (value instanceof Date) return new Sql(`TIMESTAMP '${value.toISOString().slice(0, 23).replace('T', ' ')}'`);
  return new Sql(`[${value.map((v) => literal(v).text).join(', ')}]`);
}

function text(value: string): string {
  if (!value.includes('\0')) return `'${value.replaceAll("'", "''")}'`;
  return `(${value.split('\0').map(text).join(' || chr(0) || ')})`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) return `'${Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'}'::DOUBLE`;
  if (Number.isInteger(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  const digits = String(value);
  return digits.includes('e') ? digits : `${digits}e0`;
}

/** Values in parentheses, for IN. Empty: (NULL), which is never true. */
export const list = (values: readonly SqlValue[]): Sql => new Sql(values.length ? `(${values.map((v) => literal(v).text).join(', ')})` : '(NULL)');

/** Pieces side by side, separated by `by`. */
export const join = (pieces: readonly Sql[], by = ', '): Sql => new Sql(pieces.map((p) => p.text).join(by));

/** Template whose `${}` are quoted by their type: Sql stays, everything else becomes a literal. Answers text ready for the engine. */
export function sql(strings: TemplateStringsArray, ...values: SqlValue[]): Sql {
  return new Sql(strings.reduce((out, part, i) => out + part + (i < values.length ? literal(values[i]).text : ''), ''));
}
