import type { OwnTag } from '../core/own-tag.ts';
import type { ProjectDoc } from '../core/project.ts';
import type { Seen, Segment } from '../core/rule.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import { renamedSegment } from './link-names.ts';

/** Ids of the tags that a segment's rule and limit use, and those of the segments it names. */
export function tagsOf(segment: Segment, segments: readonly Segment[]): string[] {
  const found = new Set<string>();
  const walked = new Set<string>();
  const walk = (s: Segment): void => {
    if (walked.has(s.id)) return;
    walked.add(s.id);
    renamedSegment(s, {
      tag: (id) => (found.add(id), id),
      segment: (id) => {
        const named = segments.find((x) => x.id === id);
        if (named) walk(named);
        return id;
      },
      event: (x) => x,
      column: (x) => x,
      ids: (x) => x,
    });
  };
  walk(segment);
  return [...found];
}

/** One tag whose meaning has changed, with its versions then and now ("1.0"; equal where a setting, a column or a tag that it reads changed). */
export interface Changed {
  tag: TagInfo;
  then: string;
  now: string;
}
/** What has changed of the tags that somebody last knew; tags that are gone are told by whatever uses them. */
export const changedSince = (seen: Seen | undefined, entity: Entity, tags: readonly TagInfo[]): Changed[] =>
  Object.entries(seen?.tags ?? {}).flatMap(([id, { version, digest }]) => {
    const tag = tags.find((t) => t.id === id && t.entity === entity);
    return tag && tag.digest !== digest ? [{ tag, then: number(version), now: number(tag.version) }] : [];
  });
const number = (version: string): string => version.replace(/^.*@/, '');

/** What is known now: a size and what each tag means; null where no tag is used. */
function seenOf(n: number | null, ids: readonly string[], entity: Entity, tags: readonly TagInfo[]): Seen | null {
  const used = ids.flatMap((id) => tags.find((t) => t.id === id && t.entity === entity && t.digest !== undefined) ?? []);
  return used.length === 0 ? null : { n, tags: Object.fromEntries(used.map((t) => [t.id, { version: t.version, digest: t.digest! }])) };
}

/**
 * Writes down, in the step that changes what tags mean, what was known before of every segment and own tag that uses tags: so that afterwards it can be said what
 * changed. What is stale already keeps what was known first. `sizes`: of segments, by id, where they are known.
 */
export function rememberSeen(
  doc: Pick<ProjectDoc, 'segments' | 'ownTags'>,
  before: Pick<ProjectDoc, 'segments'>,
  tags: readonly TagInfo[],
  sizes: ReadonlyMap<string, number>,
): void {
  const note = (of: Segment | OwnTag, entity: Entity, seen: () => Seen | null): void => {
    if (changedSince(of.seen, entity, tags).length > 0) return;
    const now = seen();
    if (now) of.seen = now;
  };
  for (const s of doc.segments) {
    const was = before.segments.find((x) => x.id === s.id);
    if (was) note(s, s.entity ?? 'user', () => seenOf(sizes.get(s.id) ?? null, tagsOf(was, before.segments), s.entity ?? 'user', tags));
  }
  for (const own of doc.ownTags ?? []) {
    const info = tags.find((t) => t.id === own.id && t.entity === own.entity);
    if (info) note(own, own.entity, () => seenOf(info.known, info.own?.uses ?? [], own.entity, tags));
  }
}
