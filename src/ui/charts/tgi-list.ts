import type { ProfileCell, ProfileTag } from '../../core/profile.ts';

export interface TgiRow {
  tag: ProfileTag;
  cell: ProfileCell;
  /** For now no clear difference, or no figure to show: it keeps its place while others are brushed. */
  pale?: boolean;
}

/**
 * The headline list: cells whose difference is clear, tags of the rule left out. Over 100 first, then under, each by the end of its interval
 * nearest 100, which is what the data vouches for.
 */
export function tgiRows(tags: ProfileTag[]): { over: TgiRow[]; under: TgiRow[] } {
  const rows = tags
    .filter((t) => !t.inRule)
    .flatMap((tag) => tag.cells.filter((c) => c.clear && !c.hidden && c.tgi !== null).map((cell) => ({ tag, cell })));
  const near = (r: TgiRow): number => (r.cell.tgi! >= 100 ? (r.cell.lo ?? r.cell.tgi!) : (r.cell.hi ?? r.cell.tgi!));
  return {
    over: rows.filter((r) => r.cell.tgi! >= 100).sort((a, b) => near(b) - near(a)),
    under: rows.filter((r) => r.cell.tgi! < 100).sort((a, b) => near(a) - near(b)),
  };
}

export const countRows = ({ over, under }: { over: TgiRow[]; under: TgiRow[] }): number => over.length + under.length;

/** Cuts both halves to `limit` rows in all, each keeping its strongest and no half pushed out by the other. */
export function cutRows(r: { over: TgiRow[]; under: TgiRow[] }, limit: number): { over: TgiRow[]; under: TgiRow[] } {
  const half = Math.ceil(limit / 2);
  const over = Math.min(r.over.length, Math.max(half, limit - r.under.length));
  return { over: r.over.slice(0, over), under: r.under.slice(0, limit - over) };
}

/** The same rows with the figures of another profile, each in its place: nothing moves away under the pointer that brushes it. */
export function rowsNow(rows: TgiRow[], now: ProfileTag[], picked: ReadonlyMap<string, ReadonlySet<string>>): TgiRow[] {
  const byId = new Map(now.map((t) => [t.id, t]));
  return rows.map((row) => {
    const own = picked.get(row.tag.id);
    if (own) return { ...row, pale: !own.has(row.cell.value) };
    const tag = byId.get(row.tag.id);
    const cell = tag?.cells.find((c) => c.value === row.cell.value);
    return tag && cell && !cell.hidden && cell.tgi !== null ? { tag, cell, pale: !cell.clear } : { ...row, pale: true };
  });
}
