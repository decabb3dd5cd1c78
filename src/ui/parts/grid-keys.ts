/** A cell of a grid; row −1 is the head. */
export interface Place {
  r: number;
  c: number;
}

/** Where a key moves the focus in a grid of `rows` rows and `columns` columns, `page` rows at a time; null for other keys. */
export function placeAfter(e: Pick<KeyboardEvent, 'key' | 'ctrlKey'>, at: Place, rows: number, columns: number, page: number): Place | null {
  const steps: Record<string, Place> = {
    ArrowUp: { r: at.r - 1, c: at.c },
    ArrowDown: { r: at.r + 1, c: at.c },
    ArrowLeft: { r: at.r, c: at.c - 1 },
    ArrowRight: { r: at.r, c: at.c + 1 },
    PageUp: { r: at.r - page, c: at.c },
    PageDown: { r: at.r + page, c: at.c },
    Home: { r: e.ctrlKey ? 0 : at.r, c: 0 },
    End: { r: e.ctrlKey ? rows - 1 : at.r, c: columns - 1 },
  };
  const to = steps[e.key];
  return to ? { r: Math.max(-1, Math.min(rows - 1, to.r)), c: Math.max(0, Math.min(columns - 1, to.c)) } : null;
}
