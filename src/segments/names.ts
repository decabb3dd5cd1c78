import type { Entity } from '../core/tag.ts';
import { dateOf, type RuleContext } from './context.ts';
import { titleWords } from './words-title.ts';

/** Names by which a sentence can tell things of one kind apart, by key: their own, with the key in square brackets where two have the same. */
export function distinctNames(list: readonly { key: string; name: string }[]): Map<string, string> {
  const named = new Map(list.map(({ key, name }) => [key, name]));
  for (;;) {
    const times = new Map<string, number>();
    for (const name of named.values()) times.set(name, (times.get(name) ?? 0) + 1);
    const shared = [...named].filter(([, name]) => times.get(name)! > 1);
    // "city [b]" may be somebody's own title: brackets are added until nobody shares a name, which ends, as no two keys are equal.
    if (shared.length === 0) return named;
    for (const [key, name] of shared) named.set(key, `${name} [${key}]`);
  }
}

/** Said names of an entity's tags, by id. */
export const tagNames = (ctx: RuleContext, entity: Entity): Map<string, string> =>
  distinctNames(ctx.tags.filter((t) => t.entity === entity).map((t) => ({ key: t.id, name: titleWords(t.title) })));

/** Said names of the dates that a window may start from, by id. */
export function dateNames(ctx: RuleContext): Map<string, string> {
  const ids = [...ctx.tags.filter((t) => t.entity === 'user').map((t) => t.id), ...(ctx.facts.tables.users?.columns ?? []).map((c) => c.name)];
  return distinctNames(
    [...new Set(ids)].flatMap((key) => {
      const date = dateOf(ctx, key);
      return date ? [{ key, name: titleWords(date.title) }] : [];
    }),
  );
}

/** Said names of an entity's segments, by id. */
export const segmentNames = (ctx: RuleContext, entity: Entity): Map<string, string> =>
  distinctNames(ctx.segments.filter((s) => (s.entity ?? 'user') === entity).map((s) => ({ key: s.id, name: s.name })));

/** What stands in quotation marks in a sentence: a ” of its own is doubled, so that the end can be told. */
export const quoted = (text: string): string => `“${text.replaceAll('”', '””')}”`;
