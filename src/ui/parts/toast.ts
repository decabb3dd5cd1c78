import { words } from '../words/words.ts';

/** Says that something was changed, with its undo for 8 s. Errors that need a decision are never toasts. */
export async function toastUndo(text: string, undo: () => void): Promise<void> {
  const { toast } = await import('svelte-sonner');
  toast(text, { duration: 8000, action: { label: words.parts.undo, onClick: () => undo() } });
}

/** Something that waits for the user's word, for as long as it takes. */
export async function toastAsk(text: string, label: string, run: () => void): Promise<void> {
  const { toast } = await import('svelte-sonner');
  toast(text, { duration: Infinity, action: { label, onClick: () => run() } });
}

/** A short note that needs no answer: "Copied". */
export async function toastNote(text: string): Promise<void> {
  const { toast } = await import('svelte-sonner');
  toast(text, { duration: 3000 });
}
