/**
 * A copy of a part of the document that may go to a worker: JSON values without Svelte's proxies. `$state.snapshot` does the same through
 * `structuredClone`, value by value, which takes a third of a second for a list of a hundred thousand ids.
 */
export function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value)) out[key] = plain((value as Record<string, unknown>)[key]);
  return out as T;
}
