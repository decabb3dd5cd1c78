import { isCancelled } from '../../core/errors.ts';
import type { Brushed } from '../../core/assortment.ts';
import type { Baseline, Profile, Weight } from '../../core/profile.ts';
import type { Rule, Segment } from '../../core/rule.ts';
import type { Entity } from '../../core/tag.ts';
import { pictureRows } from '../charts/picture-layout.ts';
import { toastNote } from '../parts/toast.ts';
import type { AppState } from '../state/app.svelte.ts';
import { plain } from '../state/plain.ts';
import { go } from '../state/route.svelte.ts';
import { profileWords as w } from '../words/en-profile.ts';
import { segmentWords } from '../words/en-segments.ts';
import { brushRule } from './brush-rule.ts';
import { CrossFilter, inPlace, type Brush, type RuleOf } from './cross-filter.svelte.ts';

/** What is shown while brushing: whose profile, against whom, weighed by what. */
interface Shown {
  segment: Segment | null;
  entity: Entity;
  baseline: Baseline;
  weight: Weight;
  profile: Profile | null;
}

/** Brushing in one profile: what is brushed, the profile of those who are left, and what can be made of them. */
export class Brushing {
  readonly cross = new CrossFilter();
  /** The profile of those who are left; null while nothing is brushed. */
  left = $state.raw<Profile | null>(null);
  readonly #app: AppState;
  readonly #shown: () => Shown;

  constructor(app: AppState, shown: () => Shown) {
    this.#app = app;
    this.#shown = shown;
    $effect(() => this.#follow());
    $effect(() => {
      if (!this.on) this.cross.clear();
    });
  }

  /** Against the last snapshot there is nobody to filter: it keeps counts only. */
  get on(): boolean {
    return this.#shown().baseline.kind !== 'snapshot';
  }

  #follow(): (() => void) | void {
    const { basis, doc } = this.#app;
    const { segment, entity, baseline, weight } = this.#shown();
    const { rules } = this.cross;
    if (!basis || !doc || rules.length === 0 || !this.on) {
      this.left = null;
      return;
    }
    const brushed: Segment = { id: 'brushed', name: '', rule: { all: [...this.#within(segment), ...rules] }, entity };
    let over = false;
    this.#app.studio.profile({ entity, segment: brushed, baseline, weight }, doc.segments, basis, 'cross filter').then(
      (p) => {
        if (!over) this.left = p;
      },
      (e: unknown) => {
        if (!over && !isCancelled(e)) this.left = null;
      },
    );
    return () => {
      over = true;
    };
  }

  /** The segment that is narrowed, as a rule: a kept one by its id, as it may have a limit; one that is only looked at by what it says. */
  #within(segment: Segment | null): Rule[] {
    if (!segment) return [];
    return this.#app.doc?.segments.some((s) => s.id === segment.id) ? [{ segment: segment.id }] : [plain(segment.rule)];
  }

  /** Those who are left as a segment; the one shown (null: everyone) where nothing is brushed. */
  get segment(): Segment | null {
    const { segment, entity } = this.#shown();
    const { rules } = this.cross;
    return rules.length === 0 ? segment : { id: 'brushed', name: segment?.name ?? '', entity, rule: { all: [...this.#within(segment), ...rules] } };
  }

  /** What the charts show: those who are left in the places of all, or all where nobody to show is left. */
  get told(): Profile | null {
    const { profile } = this.#shown();
    return profile && this.left && this.shows ? inPlace(profile, this.left, this.cross.picks) : profile;
  }
  /** True where enough are left to be shown. */
  get shows(): boolean {
    return this.cross.picks.length > 0 && this.left !== null && !this.left.tooFew && this.left.n > 0;
  }
  /** What sentences and lists speak of: without the brushed tags, which are a choice and no finding. */
  get said(): Profile | null {
    return this.shows ? this.left : this.#shown().profile;
  }
  /** Brushed values by tag. */
  get picked(): Map<string, Set<string>> {
    return new Map(this.cross.picks.map((p) => [p.tag, new Set(p.values)]));
  }
  /** What is brushed, for charts that are counted by themselves. */
  get rules(): Brushed[] {
    return this.cross.byTag;
  }
  /** Tags whose rows stay, though nothing in them may be clear for now. */
  get findings(): Set<string> | null {
    const { profile } = this.#shown();
    return this.cross.picks.length > 0 && profile ? new Set(pictureRows(profile.tags).findings.map((t) => t.id)) : null;
  }

  /** Brushes values in place of those before; `toggle` adds or takes away. A value that stands for several, or for nobody in particular, is said not to. */
  readonly brush: Brush = (tag, values, toggle, as): void => {
    const facts = this.#app.report?.facts;
    if (!facts || !this.on) return;
    const { entity, weight } = this.#shown();
    const lines = weight === 'lines';
    const tags = this.#app.catalogue?.tags.filter((t) => t.entity === entity) ?? [];
    const ruleOf: RuleOf = as ?? ((id, value) => brushRule(id, value, { lines, tags, facts }));
    const done = toggle ? values.every((v) => this.cross.toggle(tag, v, ruleOf)) : this.cross.brush(tag, values, ruleOf);
    if (!done) toastNote(lines ? w.brushNoColumn(tag.title) : w.brushNoRule);
  };

  /** Into the rule of the kept segment that is shown. */
  keep(): void {
    const { rules } = this.cross;
    const { id } = this.#shown().segment!;
    this.#app.change(segmentWords.changedRule, (d) => {
      const s = d.segments.find((x) => x.id === id)!;
      s.rule = 'all' in s.rule ? { all: [...s.rule.all, ...rules] } : { all: [s.rule, ...rules] };
    });
    this.cross.clear();
  }

  /** As a new segment, opened. */
  asSegment(name: string): void {
    const { segment, entity } = this.#shown();
    const id = crypto.randomUUID().slice(0, 8);
    const said = w.brushedName(name, this.cross.picks.map((p) => w.brushed(p.title, p.values)).join(', '));
    const rule: Rule = { all: [...this.#within(segment), ...this.cross.rules] };
    this.#app.change(segmentWords.created(said), (d) => void d.segments.push({ id, name: said, rule, ...(entity === 'product' ? { entity } : {}) }));
    this.cross.clear();
    go({ place: 'segments', object: id, tab: 'profile' });
  }
}
