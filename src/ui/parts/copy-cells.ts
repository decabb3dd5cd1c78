import { words } from '../words/words.ts';
import { tsv } from './cells.ts';
import { toastNote } from './toast.ts';

/** Puts lines of cells on the clipboard, as a spreadsheet takes them. */
export async function copyCells(lines: string[][]): Promise<void> {
  await navigator.clipboard.writeText(tsv(lines));
  void toastNote(words.parts.copied);
}
