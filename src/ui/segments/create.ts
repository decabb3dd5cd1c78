import type { Rule } from '../../core/rule.ts';
import type { Entity } from '../../core/tag.ts';
import { toastNote, toastUndo } from '../parts/toast.ts';
import type { AppState } from '../state/app.svelte.ts';
import { segmentWords as w } from '../words/en-segments.ts';
import { setWords } from '../words/en-sets.ts';

/** Adds a segment to the document under a name of its own and answers its id. */
export function addSegment(app: AppState, label: string, rule: Rule, entity: Entity = 'user'): string {
  const id = crypto.randomUUID().slice(0, 8);
  const taken = new Set(app.doc!.segments.map((s) => s.name));
  let name = label;
  for (let i = 2; taken.has(name); i++) name = `${label} ${i}`;
  app.change(w.created(name), (d) => void d.segments.push({ id, name, rule, ...(entity === 'product' ? { entity } : {}) }));
  return id;
}

/** Adds a segment while another view stays: says so, with its undo. A rule that is there already is only named. */
export function keepSegment(app: AppState, label: string, rule: Rule, entity: Entity = 'user'): void {
  const text = JSON.stringify(rule);
  const old = app.doc!.segments.find((s) => JSON.stringify(s.rule) === text && !s.limit && (s.entity ?? 'user') === entity);
  if (old) return void toastNote(setWords.already(old.name));
  const id = addSegment(app, label, rule, entity);
  void toastUndo(w.created(app.doc!.segments.find((s) => s.id === id)!.name), () => void app.undo());
}
