import { flushSync } from 'svelte';

/** What one frame may spend on drawing; the rest of a task is layout and paint. */
const FRAME_MS = 12;

/**
 * How many rows of a long list, or parts of a page, stand: `first` at once and more in every frame, `step` at first and then as many as one frame can
 * draw, so that no task of the page's thread draws all of them. Called while a component is made.
 */
export function gradual(total: () => number, first = 1, step = first): { readonly shown: number } {
  let shown = $state(first);
  $effect(() => {
    if (shown >= total()) return;
    const frame = requestAnimationFrame(() => {
      const from = performance.now();
      flushSync(() => (shown += step));
      const took = performance.now() - from;
      if (took < FRAME_MS / 2) step *= 2;
      else if (took > FRAME_MS) step = Math.max(1, step >> 1);
    });
    return () => cancelAnimationFrame(frame);
  });
  return {
    get shown() {
      return shown;
    },
  };
}
