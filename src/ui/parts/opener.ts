let last: HTMLElement | null = null;

/** Remembers the button whose menu a line was chosen from: the line itself is gone when a dialog that it opened closes. */
export const openedBy = (el: HTMLElement | null): void => void (last = el);

/** Gives focus back to that button once whatever the line opened has left the page, unless something else has taken the focus. */
export function focusOpener(): void {
  let frames = 60;
  const look = (): void => {
    const leaving = document.querySelector('[role=dialog]')?.contains(document.activeElement) ?? false;
    if (leaving && frames-- > 0) requestAnimationFrame(look);
    else if (document.activeElement === document.body && !document.querySelector('[role=dialog]')) last?.focus({ preventScroll: true });
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
}
