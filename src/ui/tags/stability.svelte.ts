import { isCancelled } from '../../core/errors.ts';
import type { ShiftBin, TagShift } from '../../core/moment.ts';
import type { TagInfo } from '../../core/tag.ts';
import { movedMost } from '../../tags/stability.ts';
import { pct } from '../format.ts';
import type { AppState } from '../state/app.svelte.ts';
import { tagWords as w } from '../words/en-tags.ts';

/** How far tags have shifted since the last snapshot. Made while a component starts: it asks while `wanted`, and again when tags or snapshot change. */
export class Stability {
  shifts = $state.raw<TagShift[]>([]);
  error = $state.raw<unknown>(null);
  busy = $state(false);

  constructor(app: AppState, wanted: () => boolean) {
    const needed = $derived(wanted());
    $effect(() => {
      const { basis, since, catalogue } = app;
      if (!since || !basis || !catalogue) this.shifts = [];
      if (!since || !basis || !catalogue || !needed) return;
      let over = false;
      this.busy = true;
      app.studio
        .shifts(since, basis, 'shifts')
        .then(
          (list) => {
            if (!over) [this.shifts, this.error] = [list, null];
          },
          (e: unknown) => {
            if (!over && !isCancelled(e)) [this.shifts, this.error] = [[], e];
          },
        )
        .finally(() => {
          if (!over) this.busy = false;
        });
      return () => {
        over = true;
      };
    });
  }

  of(tag: Pick<TagInfo, 'id' | 'entity'>): TagShift | undefined {
    return this.shifts.find((s) => s.id === tag.id && s.entity === tag.entity);
  }
}

export const binName = ({ kind, value }: ShiftBin): string => (kind === 'unknown' ? w.unknownBin : kind === 'rest' ? w.restBin : value);

/** "at risk: 12.0 % → 31.4 %": the value whose share changed most; '' where none did. */
export function movedWords(shift: TagShift | undefined): string {
  const most = shift && movedMost(shift);
  return most ? w.moved(binName(most.bin), pct(most.before), pct(most.now)) : '';
}
