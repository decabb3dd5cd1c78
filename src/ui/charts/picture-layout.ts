import type { ProfileCell, ProfileTag } from '../../core/profile.ts';
import { fit, textWidth } from './text.ts';
import { tgiClass, type TgiClass } from './tgi-class.ts';

export interface PictureCell {
  /** The value, or null where several were joined. */
  cell: ProfileCell | null;
  joined: { n: number; share: number; hidden: boolean } | null;
  x: number;
  w: number;
  cls: TgiClass;
  name: string;
  tgi: string;
}
export interface PictureRow {
  tag: ProfileTag;
  y: number;
  h: number;
  labelY: number;
  cells: PictureCell[];
  name: string;
  known: string | null;
  /** The known n stands beside the name, not under it. */ inline: boolean;
}
export interface PictureLayout {
  height: number;
  left: number;
  narrow: boolean;
  rows: PictureRow[];
  /** Where the rule's own tags begin. */ ruleY: number | null;
  /** Tags left out because nothing in them differs clearly. */ quiet: number;
  more: number;
}
export interface PictureOptions {
  width: number;
  /** Rows of findings at most. */ limit: number;
  /** Tags whose rows stand even where nothing in them is clear. */ keep?: ReadonlySet<string> | null;
  known: (n: number) => string;
  moreWord: (n: number) => string;
  tgiWord: (tgi: number | null, clear: boolean) => string;
  /** Given: no comparison. Rows stand in the order they come, uncoloured, with shares as numbers. */ shares?: (share: number) => string;
}

const JOINT = 3,
  MOST = 12,
  MIN = 24,
  MAX = 60,
  RULE = 20;

/** Rows sorted by D, those of the rule last. A tag without one clear cell is no finding and is only counted. */
export function pictureRows(
  tags: ProfileTag[],
  keep: ReadonlySet<string> | null = null,
): { findings: ProfileTag[]; rule: ProfileTag[]; quiet: number } {
  const drawn = tags.filter((t) => t.cells.some((c) => !c.hidden && c.share > 0));
  const clear = (t: ProfileTag): boolean => keep?.has(t.id) || (t.D > 0 && t.cells.some((c) => c.clear));
  const findings = drawn.filter((t) => !t.inRule && clear(t)).sort((a, b) => b.D - a.D || a.title.localeCompare(b.title));
  return { findings, rule: drawn.filter((t) => t.inRule), quiet: drawn.filter((t) => !t.inRule && !clear(t)).length };
}

/** At most twelve cells in a row: clear ones and the largest stay, the rest is one "n more"; those too few to show are another, hatched. */
function shownCells(cells: ProfileCell[]): { cell: ProfileCell | null; joined: PictureCell['joined']; share: number }[] {
  const named = cells.filter((c) => !c.hidden && c.share > 0);
  const keep = new Set(
    [...named]
      .sort((a, b) => Number(b.clear) * b.term - Number(a.clear) * a.term || b.share - a.share)
      .slice(0, named.length > MOST ? MOST - 1 : MOST),
  );
  const rest = named.filter((c) => !keep.has(c));
  const hidden = cells.filter((c) => c.hidden);
  const out: { cell: ProfileCell | null; joined: PictureCell['joined']; share: number }[] = named
    .filter((c) => keep.has(c))
    .map((cell) => ({ cell, joined: null, share: cell.share }));
  const restShare = rest.reduce((s, c) => s + c.share, 0);
  if (rest.length) out.push({ cell: null, joined: { n: rest.length, share: restShare, hidden: false }, share: restShare });
  if (hidden.length) {
    const left = Math.max(0.004, 1 - named.reduce((s, c) => s + c.share, 0));
    out.push({ cell: null, joined: { n: hidden.length, share: 0, hidden: true }, share: Math.min(left, 0.06) });
  }
  return out;
}

/** The picture of a segment against its baseline: one row per tag, cut by value shares, as tall as the tag tells apart (24–60 ∝ √D). */
export function layoutPicture(tags: ProfileTag[], o: PictureOptions): PictureLayout {
  const { findings, rule, quiet } = o.shares
    ? { findings: tags.filter((t) => t.cells.some((c) => !c.hidden && c.share > 0)), rule: [], quiet: 0 }
    : pictureRows(tags, o.keep);
  const narrow = o.width < 520;
  const left = narrow ? 0 : Math.min(148, Math.max(112, o.width * 0.19));
  const top = findings[0]?.D || 1;
  const rows: PictureRow[] = [];
  let y = 0;
  const place = (tag: ProfileTag, h: number, plain: boolean): void => {
    if (narrow) y += 20;
    const parts = shownCells(tag.cells);
    const room = o.width - left - JOINT * (parts.length - 1);
    const sum = parts.reduce((s, p) => s + p.share, 0) || 1;
    // Cells narrower than 3 px are widened to 3 at the cost of the others.
    const small = parts.filter((p) => (p.share / sum) * room < 3).length;
    const large = parts.reduce((s, p) => s + ((p.share / sum) * room < 3 ? 0 : p.share), 0) || 1;
    let x = left;
    const cells = parts.map((p): PictureCell => {
      const w = (p.share / sum) * room < 3 ? 3 : (p.share / large) * (room - small * 3);
      const at = x;
      x += w + JOINT;
      const cls = p.cell && !plain && !o.shares ? tgiClass(p.cell.tgi, p.cell.clear) : 4;
      const label = p.cell ? p.cell.value : o.moreWord(p.joined!.n);
      const number = !p.cell || plain ? '' : o.shares ? o.shares(p.cell.share) : o.tgiWord(p.cell.tgi, p.cell.clear);
      const both = number && w >= 72 && textWidth(number, 12, true) + 22 + Math.min(textWidth(label, 12), 36) < w;
      return {
        cell: p.cell,
        joined: p.joined,
        x: at,
        w,
        cls,
        name: w < 26 ? '' : fit(label, w - 12 - (both ? textWidth(number, 12, true) + 8 : 0), plain ? 11 : 12),
        tgi: both ? number : '',
      };
    });
    const known = plain ? null : o.known(tag.n);
    const name = fit(tag.title, narrow ? o.width * 0.62 : left - 10, 12, true);
    const inline = narrow || h < 30;
    const room2 = (narrow ? o.width : left - 10) - textWidth(name, 12, true) - 8;
    rows.push({
      tag,
      y,
      h,
      labelY: narrow ? y - 6 : y + h / 2,
      cells,
      name,
      known: known && (!inline || textWidth(known, 11) < room2) ? known : null,
      inline,
    });
    y += h + JOINT;
  };
  for (const t of findings.slice(0, o.limit)) place(t, o.shares ? 30 : Math.round(Math.max(MIN, Math.min(MAX, MAX * Math.sqrt(t.D / top)))), false);
  let ruleY: number | null = null;
  if (rule.length) {
    if (rows.length) y += 7;
    ruleY = y;
    for (const t of rule) place(t, RULE, true);
  }
  return { height: Math.max(0, y - JOINT), left, narrow, rows, ruleY, quiet, more: Math.max(0, findings.length - o.limit) };
}
