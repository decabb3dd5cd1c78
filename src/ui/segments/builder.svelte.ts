import { getContext, setContext, tick } from 'svelte';
import { join, move, pathOf, ruleAt, type Group } from '../../segments/edit.ts';
import type { RulePath } from '../../segments/path.ts';
import { asGroup } from './edit.ts';

/** A place between two lines of a group. */
export interface Gap {
  group: RulePath;
  index: number;
}
const FOCUSABLE = 'button, input, a[href], [tabindex="0"]';
const controls = (el: Element): HTMLElement[] => [...el.querySelectorAll<HTMLElement>(FOCUSABLE)];

/**
 * What is being moved in one rule builder, and where it would land: one for the outermost group and all inside. It also keeps the focus on the line that
 * somebody works on, as lines are drawn by their place.
 */
export class Builder {
  held = $state<RulePath | null>(null);
  over = $state<Gap | null>(null);
  readonly #group: () => Group;
  readonly #change: (group: Group) => void;
  root: HTMLElement | null = null;

  constructor(group: () => Group, change: (group: Group) => void) {
    this.#group = group;
    this.#change = change;
  }

  /** True if what is held may stand in this group: not in itself. */
  takes(group: RulePath): boolean {
    return this.held !== null && this.held !== group && !group.startsWith(`${this.held}.`);
  }
  isOver(group: RulePath, index: number): boolean {
    return this.over?.group === group && this.over.index === index;
  }
  /** Moves a line or group, and the focus with it. */
  move(from: RulePath, to: Gap): void {
    const next = move(this.#group(), from, to);
    const node = ruleAt(this.#group(), from);
    const at = node && pathOf(next, node);
    const control = this.#control(from);
    this.#change(asGroup(next));
    if (at) void this.focus(at, control);
  }
  /** Which control of a line has the focus; -1: none. */
  #control(path: RulePath): number {
    const el = this.#at(path);
    return el && document.activeElement ? controls(el).indexOf(document.activeElement as HTMLElement) : -1;
  }
  #at(path: RulePath): HTMLElement | null {
    return this.root?.querySelector<HTMLElement>(`[data-at="${path}"]`) ?? null;
  }
  /** Puts the focus on a control of a line once it is drawn; where it has no such control, or none is named, nothing happens. */
  async focus(path: RulePath, control: number): Promise<void> {
    if (control < 0) return;
    await tick();
    const el = this.#at(path);
    if (el) (controls(el)[control] ?? controls(el).at(-1))?.focus();
  }
  /** After a line has gone: the one in its place, or the last of its group, or what adds a line, has the focus that was in it. */
  async removed(group: RulePath, kind: 'all' | 'any', index: number): Promise<void> {
    await tick();
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    for (let i = index; i >= 0; i--) {
      const line = this.#at(join(group, kind, i));
      if (line) return controls(line).at(-1)?.focus();
    }
    this.root?.querySelector<HTMLElement>(`[data-adds="${group}"] button`)?.focus();
  }
  drop(): void {
    const { held, over } = this;
    this.held = this.over = null;
    if (held !== null && over !== null) this.move(held, over);
  }
}

const KEY = Symbol('rule builder');
export const setBuilder = (builder: Builder): Builder => setContext(KEY, builder);
export const useBuilder = (): Builder => getContext<Builder>(KEY);
