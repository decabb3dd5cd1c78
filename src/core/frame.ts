/**
 * A query's answer, the same from every engine and cheap to send between workers: one array per column.
 * Numbers (integers, decimals, doubles) are JS numbers: a Float64Array where no value is null, else a plain array with null.
 * DATE is 'YYYY-MM-DD', TIMESTAMP is 'YYYY-MM-DD HH:MM:SS' with '.ffffff' only where it is not zero, BOOLEAN a boolean,
 * VARCHAR and ENUM a string, LIST an array, STRUCT an object.
 */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export interface Frame {
  readonly n: number;
  readonly names: string[];
  readonly columns: (Float64Array | Value[])[];
}

/** Column of a frame by name; throws if there is none, as that is a mistake in our own SQL. */
export function column(frame: Frame, name: string): ArrayLike<Value> {
  const i = frame.names.indexOf(name);
  if (i < 0) throw new Error(`no column ${name} among ${frame.names.join(', ')}`);
  return frame.columns[i]!;
}

/** Rows as objects: for small answers only. */
export function rows<T extends object = Record<string, Value>>(frame: Frame): T[] {
  return Array.from({ length: frame.n }, (_, r) => Object.fromEntries(frame.names.map((name, c) => [name, frame.columns[c]![r]])) as T);
}
