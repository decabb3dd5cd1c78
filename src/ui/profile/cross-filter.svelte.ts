import type { Brushed } from '../../core/assortment.ts';
import type { Profile } from '../../core/profile.ts';
import type { Rule } from '../../core/rule.ts';
import { joinedRule } from './joined-rule.ts';

/** Values of one tag that are brushed in a profile, and what each says as a rule. */
export interface Pick {
  tag: string;
  title: string;
  values: string[];
  rules: Rule[];
}
export interface Brushable {
  id: string;
  title: string;
}
/** A value of a tag as a rule about the members; null where it is none of its own ("(other)"). */
export type RuleOf = (tag: string, value: string) => Rule | null;
/** Brushes values of a tag; `toggle` adds or takes away. `as` says what a value means where it is none of a tag. */
export type Brush = (tag: Brushable, values: string[], toggle: boolean, as?: RuleOf) => void;

/** What is brushed in a profile: a filter of all its other tiles for as long as it stands, and no part of the document until it is kept. */
export class CrossFilter {
  picks = $state.raw<Pick[]>([]);

  /** Brushes these values of a tag in place of those before; the other tags' stay. Values that are no rule are left out; false where none is one. */
  brush(tag: Brushable, values: string[], ruleOf: RuleOf): boolean {
    const made = values.flatMap((value) => {
      const rule = ruleOf(tag.id, value);
      return rule ? [{ value, rule }] : [];
    });
    const rest = this.picks.filter((p) => p.tag !== tag.id);
    const own = { tag: tag.id, title: tag.title, values: made.map((m) => m.value), rules: made.map((m) => m.rule) };
    this.picks = made.length ? [...rest, own] : rest;
    return values.length === 0 || made.length > 0;
  }

  /** Adds a value or takes it away; as `brush`. */
  toggle(tag: Brushable, value: string, ruleOf: RuleOf): boolean {
    const now = this.picks.find((p) => p.tag === tag.id)?.values ?? [];
    if (now.includes(value))
      return this.brush(
        tag,
        now.filter((v) => v !== value),
        ruleOf,
      );
    return ruleOf(tag.id, value) !== null && this.brush(tag, [...now, value], ruleOf);
  }

  drop(tag: string): void {
    this.picks = this.picks.filter((p) => p.tag !== tag);
  }

  clear(): void {
    if (this.picks.length) this.picks = [];
  }

  /** One rule per brushed tag: any of its values. */
  get rules(): Rule[] {
    return this.byTag.map((b) => b.rule);
  }
  /** The same with the tags they are of: a chart that is counted by itself leaves out its own. */
  get byTag(): Brushed[] {
    return this.picks.map(({ tag, rules }) => ({ tag, rule: joinedRule(rules) }));
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
