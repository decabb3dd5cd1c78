import type { Profile, ProfileTag } from '../../core/profile.ts';
import type { Rule } from '../../core/rule.ts';
import type { TagInfo } from '../../core/tag.ts';
import { ruleForValue } from '../../segments/leaf.ts';

/** Values of one tag that are brushed in a profile. */
export interface Pick {
  tag: string;
  title: string;
  values: string[];
}

/** What is brushed in a profile: a filter of all its other tiles for as long as it stands, and no part of the document until it is kept. */
export class CrossFilter {
  picks = $state.raw<Pick[]>([]);

  /** Brushes these values of a tag in place of those before; the other tags' stay. */
  brush(tag: ProfileTag, values: string[]): void {
    const rest = this.picks.filter((p) => p.tag !== tag.id);
    this.picks = values.length ? [...rest, { tag: tag.id, title: tag.title, values }] : rest;
  }

  /** Adds a value or takes it away. */
  toggle(tag: ProfileTag, value: string): void {
    const now = this.picks.find((p) => p.tag === tag.id)?.values ?? [];
    this.brush(tag, now.includes(value) ? now.filter((v) => v !== value) : [...now, value]);
  }

  drop(tag: string): void {
    this.picks = this.picks.filter((p) => p.tag !== tag);
  }

  clear(): void {
    if (this.picks.length) this.picks = [];
  }

  /** Its lines as rules; tags that cannot be said as a rule are left out. */
  rules(tags: TagInfo[]): Rule[] {
    return this.picks.flatMap((p) => {
      const tag = tags.find((t) => t.id === p.tag);
      const any = tag ? p.values.flatMap((v) => ruleForValue(tag, v) ?? []) : [];
      return any.length === 0 ? [] : [any.length === 1 ? any[0]! : { any }];
    });
  }
}

/**
 * The filtered profile in the places of the whole one: rows and cells keep their order and height, so that nothing moves away under the pointer, and
 * brushed tags show all of their values.
 */
export function inPlace(whole: Profile, filtered: Profile, picks: Pick[]): Profile {
  const brushed = new Set(picks.map((p) => p.tag));
  const tags = whole.tags.map((t) => {
    const now = filtered.tags.find((f) => f.id === t.id);
    if (!now || brushed.has(t.id)) return t;
    const place = new Map(t.cells.map((c, i) => [c.value, i]));
    const at = (value: string): number => place.get(value) ?? t.cells.length;
    return { ...now, D: t.D, inRule: t.inRule, cells: now.cells.toSorted((x, y) => at(x.value) - at(y.value)) };
  });
  return { ...filtered, tags };
}
