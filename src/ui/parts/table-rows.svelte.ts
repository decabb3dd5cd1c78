import { untrack } from 'svelte';
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect, type VirtualItem } from '@tanstack/virtual-core';

/** Height of the head, which stays over the rows. */
const HEAD_PX = 30;

/** The rows of a table that are in view, of however many there are. */
export class TableRows {
  items = $state.raw<VirtualItem[]>([]);
  totalSize = $state(0);
  rowHeight = 32;
  readonly #onview: (first: number, last: number) => void;
  #virtual: Virtualizer<HTMLElement, HTMLElement> | null = null;

  /** `onview` hears which rows are in view, first and last. */
  constructor(onview: (first: number, last: number) => void) {
    this.#onview = onview;
  }

  /** Follows the scrolling of an element that holds `count` rows; what it answers ends that. */
  follow(el: HTMLElement, count: number): () => void {
    this.rowHeight = parseFloat(getComputedStyle(el).getPropertyValue('--row')) || 32;
    const v = new Virtualizer<HTMLElement, HTMLElement>({
      count,
      getScrollElement: () => el,
      estimateSize: () => this.rowHeight,
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      paddingStart: HEAD_PX,
      scrollPaddingStart: HEAD_PX,
      onChange: () => this.#read(),
    });
    this.#virtual = v;
    const done = v._didMount();
    v._willUpdate();
    this.#read();
    return () => {
      done();
      this.#virtual = null;
    };
  }

  /** The table has so many rows now. */
  resize(count: number): void {
    if (!this.#virtual) return;
    this.#virtual.setOptions({ ...this.#virtual.options, count });
    this.#virtual.measure();
    this.#read();
  }

  scrollTo(row: number): void {
    this.#virtual?.scrollToIndex(row);
  }

  #read(): void {
    const v = this.#virtual;
    if (!v) return;
    untrack(() => {
      this.items = v.getVirtualItems();
      this.totalSize = v.getTotalSize();
      if (this.items.length) this.#onview(this.items[0]!.index, this.items.at(-1)!.index);
    });
  }
}
