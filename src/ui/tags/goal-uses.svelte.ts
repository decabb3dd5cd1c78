import type { TagUse } from '../../core/refine.ts';
import type { TagInfo } from '../../core/tag.ts';
import { goalsOf } from '../../insights/goal.ts';
import type { AppState } from '../state/app.svelte.ts';

/** The goal that tags are judged by, and what each tells of it. Made while a component starts: it asks again by itself when goal or basis change. */
export class GoalUses {
  readonly #app: AppState;
  /** Which of `goals`; null for none. */
  at = $state<number | null>(null);
  uses = $state.raw<ReadonlyMap<string, TagUse>>(new Map());
  goals = $derived.by(() => goalsOf(this.#app.catalogue?.tags ?? []));

  constructor(app: AppState) {
    this.#app = app;
    $effect(() => {
      const goal = this.at === null ? undefined : this.goals[this.at]?.goal;
      const { basis, since } = app;
      this.uses = new Map();
      if (!goal || !basis) return;
      let over = false;
      app.studio.usefulness(goal, since, basis, 'usefulness').then(
        (list) => {
          if (!over) this.uses = new Map(list.map((u) => [u.id, u]));
        },
        () => undefined,
      );
      return () => {
        over = true;
      };
    });
  }

  of(tag: TagInfo): TagUse | undefined {
    return tag.entity === 'user' ? this.uses.get(tag.id) : undefined;
  }
  /** Most useful first; where no goal is chosen the order stays. */
  sorted(tags: TagInfo[]): TagInfo[] {
    return this.uses.size === 0 ? tags : [...tags].sort((a, b) => (this.of(b)?.usefulness ?? 0) - (this.of(a)?.usefulness ?? 0));
  }
}
