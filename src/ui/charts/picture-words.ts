import type { ProfileCell, ProfileTag } from '../../core/profile.ts';
import { int, pct } from '../format.ts';
import type { Cell, Column } from '../parts/cells.ts';
import { words } from '../words/words.ts';
import type { Twin } from './chart-data.svelte.ts';
import type { PictureCell, PictureRow } from './picture-layout.ts';

/** How a picture is read: against whom, down to which smallest group, or as shares alone. */
export interface Reading {
  baseline: string;
  k: number;
  shares: boolean;
}

/** A cell of the picture in words: its tooltip, and what is heard of it. */
export function sayCell({ tag }: Pick<PictureRow, 'tag'>, c: Pick<PictureCell, 'cell' | 'joined'>, { baseline, k, shares }: Reading): string {
  const w = words.chart;
  if (c.joined)
    return `${tag.title}: ${c.joined.hidden ? w.moreJoined(c.joined.n, k) : `${words.parts.moreValues(c.joined.n)}, ${pct(c.joined.share)}`}`;
  const v = c.cell!;
  if (shares) return `${tag.title}, ${v.value}: ${pct(v.share)}`;
  const head = `${tag.title}, ${w.cell(v.value, pct(v.share), pct(v.base), baseline)}`;
  if (tag.inRule) return `${head}; ${w.inRule}`;
  return v.clear ? `${head}, ${sayTgi(v)}` : `${head}; ${w.couldBeChance}`;
}

/** A TGI with its interval; a share of 0 has none. */
export const sayTgi = ({ tgi, lo, hi }: Pick<ProfileCell, 'tgi' | 'lo' | 'hi'>): string =>
  lo === null || hi === null ? words.chart.cellTgiAlone(int(tgi)) : words.chart.cellTgi(int(tgi), int(lo), int(hi));

/** The picture as a table: every shown value of the drawn tags; without a comparison their shares alone. */
export function pictureTwin(tags: readonly ProfileTag[], { baseline, shares }: Reading): Twin {
  const w = words.chart;
  const whole = (v: unknown): string => int(v as number);
  const own: Column[] = [
    { id: 'tag', label: w.tag, type: 'text', width: 140 },
    { id: 'value', label: w.value, type: 'text', grow: true },
    { id: 'here', label: w.here, type: 'share' },
  ];
  const against: Column[] = [
    { id: 'base', label: baseline, type: 'share' },
    { id: 'tgi', label: w.tgi, type: 'number', format: whole },
    { id: 'lo', label: w.interval, type: 'number', format: whole },
    { id: 'hi', label: '', type: 'number', format: whole },
    { id: 'clear', label: w.clear, type: 'text', width: 120 },
  ];
  const rows = tags.flatMap((tag) =>
    tag.cells
      .filter((c) => !c.hidden)
      .map((c): Cell[] => {
        const said = tag.inRule ? w.inRule : c.clear ? w.yes : w.could;
        return [tag.title, c.value, c.share, ...(shares ? [] : [c.base, c.tgi, c.lo, c.hi, said])];
      }),
  );
  return { columns: shares ? own : [...own, ...against], rows };
}
