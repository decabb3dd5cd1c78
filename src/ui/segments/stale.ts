import type { OwnTag } from '../../core/own-tag.ts';
import type { Segment } from '../../core/rule.ts';
import { changedSince } from '../../project/stale.ts';
import { int } from '../format.ts';
import type { AppState } from '../state/app.svelte.ts';
import { words } from '../words/words.ts';

const w = words.stale;

/** What changed of the tags a segment uses since its size was last known, in a sentence; null where nothing did. */
export const staleSegment = (app: AppState, s: Segment): string | null => said(app, s, s.entity ?? 'user', app.sizes.of[s.id]?.n ?? null);
/** Likewise of the tags an own tag reads. */
export const staleTag = (app: AppState, own: OwnTag): string | null =>
  said(app, own, own.entity, app.catalogue?.tags.find((t) => t.id === own.id && t.entity === own.entity)?.known ?? null);

function said(app: AppState, of: Segment | OwnTag, entity: 'user' | 'product', now: number | null): string | null {
  const changes = changedSince(of.seen, entity, app.catalogue?.tags ?? []);
  if (changes.length === 0) return null;
  const what = changes.map(({ tag, then, now: v }) => (then === v ? w.other(tag.title) : w.version(tag.title, then, v))).join('; ');
  const then = of.seen!.n;
  return then === null || now === null ? `${what}.` : w.sizes(what, int(then), int(now), now, entity);
}

/** Takes the change over: what is known now is known. */
export function accept(app: AppState, of: Segment | OwnTag, name: string): void {
  app.change(w.accepted(name), (d) => {
    for (const x of [...d.segments, ...(d.ownTags ?? [])]) if (x.id === of.id) delete x.seen;
  });
}
