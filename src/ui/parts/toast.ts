import { toast } from 'svelte-sonner';
import { words } from '../words/words.ts';

/** Says that something was changed, with its undo for 8 s. Errors that need a decision are never toasts. */
export function toastUndo(text: string, undo: () => void): void {
  toast(text, { duration: 8000, action: { label: words.parts.undo, onClick: () => undo() } });
}

/** A short note that needs no answer: "Copied". */
export function toastNote(text: string): void {
  toast(text, { duration: 3000 });
}
