export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** JSON with keys in order and nothing undefined (RFC 8785 for what a definition holds: text, booleans, finite numbers). */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((v: Json) => canonical(v ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value as { [key: string]: Json }).filter(([, v]) => v !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(',')}}`;
}

/** First 12 hex digits of SHA-256 of the canonical JSON. */
export async function sha12(value: Json): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(value)));
  return Array.from(new Uint8Array(hash).subarray(0, 6), (b) => b.toString(16).padStart(2, '0')).join('');
}
