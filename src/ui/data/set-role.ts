import type { Role } from '../../core/roles.ts';
import type { AppState } from '../state/app.svelte.ts';
import { dataWords as w, roleTitle } from '../words/en-data.ts';

/** Gives a column a role, as a person's choice; another column of the file that had it becomes an attribute. Shapes and evidence follow. */
export async function setRole(app: AppState, file: string, column: string, role: Role | null): Promise<void> {
  app.change(w.changedRole(column, roleTitle(role)), (d) => {
    const m = d.mapping.files.find((f) => f.file === file)!;
    const many = role === 'category' || role === 'competitor_price' || role === 'label' || role === null || role.startsWith('mix:');
    for (const c of m.columns) if (!many && c.role === role && c.column !== column) Object.assign(c, { role: null, confidence: 'chosen' });
    Object.assign(
      m.columns.find((c) => c.column === column)!,
      { role, confidence: 'chosen' },
    );
  });
  await reguess(app);
}
/** Shapes and evidence follow a chosen role; the choices themselves stand. */
async function reguess(app: AppState): Promise<void> {
  const next = await app.studio.guess(app.doc!.files, app.doc!.mapping);
  app.change(w.changedOption, (d) => void (d.mapping = next), 'reguess');
}
