import { columns, type TableCell, type TableColumnInfo } from '../core/analysis.ts';
import { wilson } from '../stats/proportion.ts';

/** Returned of eligible, with Wilson's interval. `hidden`: below the smallest group, no numbers. */
export interface Rate {
  returned: number;
  eligible: number;
  rate: number | null;
  lo: number | null;
  hi: number | null;
  hidden: boolean;
}

const NONE: Omit<Rate, 'hidden'> = { returned: 0, eligible: 0, rate: null, lo: null, hi: null };
/** A share with Wilson's interval; withheld where fewer than k were there, or from 1 to k − 1 returned or stayed away. */
export function rateOf(returned: number, eligible: number, k: number): Rate {
  const few = (x: number): boolean => x > 0 && x < k;
  if (few(eligible) || few(returned) || few(eligible - returned)) return { ...NONE, hidden: true };
  const ends = wilson(returned, eligible);
  return { returned, eligible, rate: eligible > 0 ? returned / eligible : null, lo: ends?.lo ?? null, hi: ends?.hi ?? null, hidden: false };
}
export const withheld = <T extends Rate>(cell: T): T => ({ ...cell, ...NONE, hidden: true });

/** A rate as cells of a table, under these columns. */
export const RATE_COLUMNS: TableColumnInfo[] = columns(
  'returned:int Returned; eligible:int Of; rate:share Share; low:share 95 % from; high:share to; withheld:boolean Withheld',
);
export const rateCells = (r: Rate): TableCell[] =>
  r.hidden ? [null, null, null, null, null, true] : [r.returned, r.eligible, r.rate, r.lo, r.hi, false];
