/** From how many texts on an array is a list of ids. */
const LONG = 500;

/**
 * A copy of a part of the document that may go to a worker: JSON values without Svelte's proxies. `$state.snapshot` does the same through
 * `structuredClone`, value by value, which takes a third of a second for a list of a hundred thousand ids. Such a list is no proxy, as the document is none,
 * and goes as it is: by it a worker knows that it has it already.
 */
export function plain<T>(value: T): T {
  if (Array.isArray(value) && value.length > LONG && typeof value[0] === 'string') return value;
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value)) out[key] = plain((value as Record<string, unknown>)[key]);
  return out as T;
}
