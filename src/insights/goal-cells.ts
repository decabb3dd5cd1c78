import { rows, type Frame } from '../core/frame.ts';
import type { AskedGoal } from './goal.ts';

/** Values of a tag (or pairs of two) with what they hold of the goal: counts by class in the order of the classes, or n, sum and sum of squares. */
export const cellsSql = (value: string, goal: AskedGoal): string => {
  const known = `(SELECT ${value} AS v, ${goal.sql} AS y FROM user_tags t)`;
  return goal.of === 'classes'
    ? `SELECT v, CAST(y AS VARCHAR) AS y, count(*) AS n FROM ${known} WHERE v IS NOT NULL AND y IS NOT NULL GROUP BY ALL ORDER BY v, y`
    : `SELECT v, count(*) AS n, sum(y) AS s, sum(y * y) AS q FROM ${known} WHERE v IS NOT NULL AND y IS NOT NULL GROUP BY v ORDER BY v`;
};

/** The cells by value. Classes come in their order in bytes, the first last, so that of two ("no", "yes") the second is the one told. */
export function cellsOf(frame: Frame, goal: AskedGoal): Map<string, number[]> {
  if (goal.of === 'number') return new Map(rows<{ v: string; n: number; s: number; q: number }>(frame).map((r) => [String(r.v), [r.n, r.s, r.q]]));
  const all = rows<{ v: string; y: string; n: number }>(frame);
  const classes = [...new Set(all.map((r) => r.y))].sort().reverse();
  const out = new Map<string, number[]>();
  for (const r of all) {
    const v = String(r.v);
    if (!out.has(v))
      out.set(
        v,
        classes.map(() => 0),
      );
    out.get(v)![classes.indexOf(r.y)] = r.n;
  }
  return out;
}

/** Users of a cell. */
export const sizeOfCell = (cell: readonly number[], goal: Pick<AskedGoal, 'of'>): number =>
  goal.of === 'number' ? cell[0]! : cell.reduce((s, x) => s + x, 0);
/** What is told of a cell: share of the first class of two, mean of a number. */
export const rateOfCell = (cell: readonly number[], goal: Pick<AskedGoal, 'of'>): number | null =>
  goal.of === 'number' ? cell[1]! / cell[0]! : cell.length === 2 ? cell[0]! / (cell[0]! + cell[1]!) : null;
export const addCells = (cells: readonly (readonly number[])[]): number[] => (cells[0] ?? []).map((_, i) => cells.reduce((s, c) => s + c[i]!, 0));
