import type { Entity } from '../../core/tag.ts';
import type { Column } from './column.ts';
import type { Pack } from './packs.ts';

/** One entity's tags as columns over ordinals 0 … n-1, in the order of its keys (u or p), which is the order of its ids. */
export interface IndexTable {
  entity: Entity;
  n: number;
  /** u (p) of each ordinal, ascending. */
  keys: Uint32Array;
  /** By tag id. Tags that are not here (long texts, maps, lists of very many values) are answered by SQL. */
  columns: Map<string, Column>;
  packs: Pack[];
}

/** Ordinals of keys; -1 where a key is not in the table. */
export function ordinalOf(table: IndexTable): (key: number) => number {
  const { keys } = table;
  const place = new Int32Array((keys.at(-1) ?? -1) + 1).fill(-1);
  for (let i = 0; i < keys.length; i++) place[keys[i]!] = i;
  return (key) => place[key] ?? -1;
}
