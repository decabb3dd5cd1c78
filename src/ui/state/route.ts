/** The view's state as the URL hash keeps it: place, object, tab and parameters; never data. */
export const PLACES = ['data', 'tags', 'segments', 'insights', 'decisions', 'measure'] as const;
export type Place = (typeof PLACES)[number];
/** 'link': a definition that arrived in an address; its object is the definition itself. */
export type Page = Place | 'start' | 'privacy' | 'link';
export interface Route {
  place: Page;
  object: string | null;
  tab: string | null;
  params: Record<string, string>;
}
export type Target = { place: Page; object?: string | null; tab?: string | null; params?: Record<string, string> };

/** '#/segments/7f3a/profile?baseline=complement' → its parts. Anything unknown is the start page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [place = '', object = '', tab = ''] = path.split('/').map(decode);
  const known = ([...PLACES, 'privacy', 'link'] as string[]).includes(place);
  const params = Object.fromEntries(new URLSearchParams(query));
  return known ? { place: place as Page, object: object || null, tab: tab || null, params } : { place: 'start', object: null, tab: null, params: {} };
}

/** The hash of a target: what links carry. */
export function hashOf(to: Target): string {
  if (to.place === 'start') return '#/';
  const parts = [to.place, to.object ?? '', to.tab ?? ''].map(encodeURIComponent);
  while (parts.at(-1) === '') parts.pop();
  const query = new URLSearchParams(to.params ?? {}).toString();
  return `#/${parts.join('/')}${query ? `?${query}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
