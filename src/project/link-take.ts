import type { OwnTag } from '../core/own-tag.ts';
import type { Baseline } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import { whereColumns, type RuleContext } from '../segments/context.ts';
import type { Link } from './link.ts';
import { renamedSegment, renamedSource, type Renamer } from './link-names.ts';

/** A name that the reader's data does not have, with those of theirs that could stand for it. */
export interface Wanted {
  kind: 'tag' | 'event' | 'column';
  id: string;
  entity: Entity;
  title: string;
  options: { value: string; label: string }[];
}
/** Chosen names by `${kind} ${id}`. */
export type Chosen = Readonly<Record<string, string>>;
export const keyOf = ({ kind, id }: Pick<Wanted, 'kind' | 'id'>): string => `${kind} ${id}`;

/** Every name the link uses that is missing here, in the order met. */
export function wantedOf(link: Link, ctx: RuleContext): Wanted[] {
  const out = new Map<string, Wanted>();
  const add = (w: Wanted): void => void (out.has(keyOf(w)) || out.set(keyOf(w), w));
  const columns = whereColumns(ctx).map((c) => c.name);
  const kinds = Object.keys(ctx.facts.events);
  for (const { id, entity, title, type } of link.names) {
    const tags = ctx.tags.filter((t) => t.entity === entity);
    if (tags.some((t) => t.id === id)) continue;
    const near = tags.filter((t) => t.type === type);
    add({ kind: 'tag', id, entity, title, options: (near.length ? near : tags).map((t) => ({ value: t.id, label: t.title })) });
  }
  const watch: Renamer = {
    tag: (x) => x,
    segment: (x) => x,
    ids: (x) => x,
    event: (id) => {
      if (!kinds.includes(id)) add({ kind: 'event', id, entity: 'user', title: id, options: kinds.map((k) => ({ value: k, label: k })) });
      return id;
    },
    column: (id) => {
      if (!columns.includes(id) && !['amount', 'quantity', 'discount', 'rating'].includes(id))
        add({ kind: 'column', id, entity: 'user', title: id, options: columns.map((c) => ({ value: c, label: c })) });
      return id;
    },
  };
  for (const s of link.segments) renamedSegment(s, watch);
  for (const t of link.tags) renamedSource(t.now.source, watch);
  return [...out.values()];
}

export interface Taken {
  segments: Segment[];
  ownTags: OwnTag[];
  question: Link['question'] | null;
}
/** A name unlike those taken: "Young buyers", "Young buyers 2" … */
function unlike(name: string, taken: Set<string>): string {
  let out = name;
  for (let i = 2; taken.has(out); i++) out = `${name} ${i}`;
  taken.add(out);
  return out;
}

/**
 * What the link adds to a project of these segments and tags, with the chosen names in place. Segments get ids of their own, made by `fresh`; an own tag whose id
 * is taken gets another, and whatever uses it follows. `at`: the instant of the first version, for people only.
 */
export function take(
  link: Link,
  chosen: Chosen,
  here: { segments: readonly Segment[]; tags: readonly { id: string }[] },
  fresh: () => string,
  at: string,
): Taken {
  const ids = new Map(link.segments.map((s) => [s.id, fresh()]));
  const taken = new Set(here.tags.map((t) => t.id));
  const own = new Map(link.tags.map((t) => [t.id, unlike(t.id, taken).replaceAll(' ', '_')]));
  const to: Renamer = {
    tag: (id) => own.get(id) ?? chosen[`tag ${id}`] ?? id,
    event: (id) => chosen[`event ${id}`] ?? id,
    column: (id) => chosen[`column ${id}`] ?? id,
    segment: (id) => ids.get(id) ?? id,
    ids: (x) => x,
  };
  const names = new Set(here.segments.map((s) => s.name));
  const q = link.question;
  const baseline = (b: Baseline | null): Baseline | null => (b?.kind === 'segment' ? { ...b, id: to.segment(b.id) } : b);
  const named = new Set(link.names.map((n) => n.id));
  return {
    segments: link.segments.map((s) => ({ ...renamedSegment(s, to), id: ids.get(s.id)!, name: unlike(s.name, names) })),
    ownTags: link.tags.map(({ id, entity, now }) => ({
      id: own.get(id)!,
      entity,
      versions: [{ ...now, version: '1.0', at, source: renamedSource(now.source, to) }],
    })),
    question: q
      ? {
          ...q,
          segment: q.segment === null ? null : to.segment(q.segment),
          baseline: baseline(q.baseline),
          params: Object.fromEntries(
            Object.entries(q.params).map(([k, v]) => [k, typeof v === 'string' && (named.has(v) || own.has(v)) ? to.tag(v) : v]),
          ),
        }
      : null,
  };
}
