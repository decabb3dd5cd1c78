import type { RulePath } from '../../segments/path.ts';
import type { Builder } from './builder.svelte.ts';

/** How far a pointer moves before it drags, and how near to the edge of the window the page scrolls. */
const START = 4;
const EDGE = 56;

/**
 * Drags what stands at a path by its handle, with a mouse, a pen or a finger alike. A place where it may land is an element with `data-gap` (the path of
 * its group) and `data-index`. Escape lets go.
 */
export function gripOf(builder: Builder, path: () => RulePath): (handle: HTMLElement) => () => void {
  return (handle) => {
    let from: { x: number; y: number; id: number } | null = null;
    let scrolling = 0;
    const end = (): void => {
      from = null;
      clearInterval(scrolling);
      scrolling = 0;
      builder.held = builder.over = null;
    };
    const look = (x: number, y: number): void => {
      const gap = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-gap]');
      const group = gap && builder.root?.contains(gap) ? gap.dataset['gap']! : null;
      builder.over = gap && group !== null && builder.takes(group) ? { group, index: Number(gap.dataset['index']) } : null;
      const step = y < EDGE ? -8 : y > innerHeight - EDGE ? 8 : 0;
      clearInterval(scrolling);
      scrolling = step ? window.setInterval(() => scrollBy(0, step), 16) : 0;
    };
    const down = (e: PointerEvent): void => {
      if (e.button !== 0) return;
      from = { x: e.clientX, y: e.clientY, id: e.pointerId };
      handle.setPointerCapture(e.pointerId);
      // No text is selected meanwhile, and no native drag begins.
      e.preventDefault();
    };
    const moved = (e: PointerEvent): void => {
      if (e.pointerId !== from?.id) return;
      if (builder.held === null && Math.hypot(e.clientX - from.x, e.clientY - from.y) < START) return;
      builder.held = path();
      look(e.clientX, e.clientY);
    };
    const up = (e: PointerEvent): void => {
      if (e.pointerId !== from?.id) return;
      if (builder.held !== null) builder.drop();
      end();
    };
    const key = (e: KeyboardEvent): void => {
      if (e.key !== 'Escape' || builder.held === null || !from) return;
      e.stopPropagation();
      end();
    };
    handle.addEventListener('pointerdown', down);
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('pointerup', up);
    handle.addEventListener('pointercancel', end);
    addEventListener('keydown', key, true);
    return () => {
      clearInterval(scrolling);
      removeEventListener('keydown', key, true);
    };
  };
}
