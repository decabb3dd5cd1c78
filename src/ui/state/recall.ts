/**
 * Things about single users or values that a view points at but that may not stand in an address (the hash never holds data): kept in this
 * tab's memory under a number. After a reload they are gone, and the view falls back to its group.
 */
const kept = new Map<string, unknown>();

/** Remembers something for this tab and names it; equal things get the same name. */
export function remember(thing: unknown): string {
  const text = JSON.stringify(thing);
  for (const [token, old] of kept) if (JSON.stringify(old) === text) return token;
  const token = String(kept.size + 1);
  kept.set(token, thing);
  return token;
}
export const recall = <T>(token: string | null | undefined): T | null => (token ? ((kept.get(token) as T | undefined) ?? null) : null);
