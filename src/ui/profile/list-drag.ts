/** Less than this is a click. */
const STILL_PX = 4;
/** So near an end of a list that is longer than its window, a drag moves it on, by so much a frame. */
const EDGE_PX = 16;
const STEP_PX = 6;

/**
 * Lets a mouse or pen drag down the children of a list: `over` hears the first and the last place that the drag has passed, once for each change. A list that
 * scrolls goes on while the drag is held at its end, so that a drag may pass more than is on screen. A finger scrolls; Shift is another gesture; the click
 * that ends a drag opens nothing.
 */
export function dragOver(list: HTMLElement, over: (first: number, last: number) => void): () => void {
  /** `from`: in the list, with all that is scrolled out of it; `at`: on the screen. */
  let drag: { from: number; at: number; moved: boolean; told: string } | null = null;
  const inList = (y: number): number => y - list.getBoundingClientRect().top + list.scrollTop;

  function tell(): void {
    if (!drag?.moved) return;
    const to = inList(drag.at);
    const [lo, hi] = [Math.min(drag.from, to), Math.max(drag.from, to)];
    const rows = [...list.children] as HTMLElement[];
    const passed = rows.flatMap((row, i) => {
      const top = row.offsetTop - list.offsetTop;
      return top + row.offsetHeight > lo && top < hi ? [i] : [];
    });
    const told = `${passed[0]} ${passed.at(-1)}`;
    if (passed.length === 0 || told === drag.told) return;
    drag.told = told;
    over(passed[0]!, passed.at(-1)!);
  }
  function goOn(): void {
    if (!drag?.moved) return;
    const { top, bottom } = list.getBoundingClientRect();
    const by = drag.at < top + EDGE_PX ? -STEP_PX : drag.at > bottom - EDGE_PX ? STEP_PX : 0;
    if (by !== 0 && list.scrollHeight > list.clientHeight) list.scrollTop += by;
    requestAnimationFrame(goOn);
  }
  const events: { [K in keyof HTMLElementEventMap]?: (e: HTMLElementEventMap[K]) => void } = {
    pointerdown: (e) => {
      if (e.button === 0 && !e.shiftKey && e.pointerType !== 'touch') drag = { from: inList(e.clientY), at: e.clientY, moved: false, told: '' };
    },
    pointermove: (e) => {
      // Let go elsewhere: no click came here to end it.
      if (e.buttons === 0) drag = null;
      if (!drag) return;
      drag.at = e.clientY;
      if (!drag.moved) {
        if (Math.abs(inList(e.clientY) - drag.from) < STILL_PX) return;
        list.setPointerCapture(e.pointerId);
        drag.moved = true;
        requestAnimationFrame(goOn);
      }
      tell();
    },
    scroll: tell,
    click: (e) => {
      if (drag?.moved) e.stopPropagation();
      drag = null;
    },
    pointercancel: () => (drag = null),
    // The click that ends it, if there is one, comes first.
    lostpointercapture: () => setTimeout(() => (drag = null)),
  };
  const all = Object.entries(events) as [string, EventListener][];
  for (const [name, on] of all) list.addEventListener(name, on, { capture: true });
  return () => {
    drag = null;
    for (const [name, on] of all) list.removeEventListener(name, on, { capture: true });
  };
}
