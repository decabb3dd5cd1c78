import { getContext, setContext } from 'svelte';
import type { Cell, Column } from '../parts/cells.ts';

/** A chart's numbers as a table: same numbers, same order, same rounding. */
export interface Twin {
  columns: Column[];
  rows: Cell[][];
  currency?: string;
}
/** A mark that can be walked to, in pixels of its chart. `row` groups marks for up and down. */
export interface Mark {
  key: string;
  label: string;
  x: number;
  y: number;
  w: number;
  h: number;
  row?: number;
}

/** What a chart tells the frame around it. */
export class ChartData {
  twin = $state.raw<Twin | null>(null);
}
const KEY = Symbol('chart');
export const provideChart = (): ChartData => setContext(KEY, new ChartData());
/** Called by each chart with its twin; a chart that stands alone has no frame to tell. */
export function tellTwin(twin: () => Twin): void {
  const chart = getContext<ChartData | undefined>(KEY);
  $effect(() => {
    if (chart) chart.twin = twin();
  });
}
