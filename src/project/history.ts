import { apply, create, type Draft, type Patches } from 'mutative';

/** One change of the document as patches both ways: plain JSON, so that undo survives a reload. */
export interface Change {
  label: string;
  /** Changes of one gesture (typing a number, dragging) share a key and become one step. */
  key: string | null;
  patches: Patches<true>;
  inverse: Patches<true>;
}
export interface History {
  undo: Change[];
  redo: Change[];
}
export const NO_HISTORY: History = { undo: [], redo: [] };
const MOST = 100;

/** Applies a recipe to the document and records it; a recipe that changes nothing returns the same document and history. */
export function change<T extends object>(
  doc: T,
  history: History,
  label: string,
  recipe: (draft: Draft<T>) => void,
  key: string | null = null,
): { doc: T; history: History } {
  const [next, patches, inverse] = create(doc, (draft) => void recipe(draft), { enablePatches: true });
  if (patches.length === 0) return { doc, history };
  const last = history.undo.at(-1);
  const step: Change =
    key !== null && last?.key === key && history.redo.length === 0
      ? { label, key, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse] }
      : { label, key, patches, inverse };
  const before = step.patches === patches ? history.undo : history.undo.slice(0, -1);
  return { doc: next as T, history: { undo: [...before, step].slice(-MOST), redo: [] } };
}

/** Takes the last change back; null if there is none. */
export function undo<T extends object>(doc: T, history: History): { doc: T; history: History; label: string } | null {
  const step = history.undo.at(-1);
  if (!step) return null;
  return { doc: apply(doc, step.inverse) as T, history: { undo: history.undo.slice(0, -1), redo: [...history.redo, step] }, label: step.label };
}

/** Makes the change last taken back once more; null if there is none. */
export function redo<T extends object>(doc: T, history: History): { doc: T; history: History; label: string } | null {
  const step = history.redo.at(-1);
  if (!step) return null;
  return { doc: apply(doc, step.patches) as T, history: { undo: [...history.undo, step], redo: history.redo.slice(0, -1) }, label: step.label };
}
