import type { Role } from '../../core/roles.ts';
import type { AppState } from '../state/app.svelte.ts';
import { dataWords as w, roleTitle } from '../words/en-data.ts';

type Mapped = Pick<AppState, 'doc' | 'change'> & { studio: Pick<AppState['studio'], 'guess'> };

/**
 * Gives a column a role, as a person's choice; another column of the file that had it becomes an attribute. Shapes and evidence follow, in the same step of
 * undo. Where the mapping was changed or taken back while they were looked for, they are left: they would bring back what no longer stands.
 */
export async function setRole(app: Mapped, file: string, column: string, role: Role | null): Promise<void> {
  const label = w.changedRole(column, roleTitle(role));
  const key = `role:${crypto.randomUUID()}`;
  app.change(
    label,
    (d) => {
      const m = d.mapping.files.find((f) => f.file === file)!;
      const many = role === 'category' || role === 'competitor_price' || role === 'label' || role === null || role.startsWith('mix:');
      for (const c of m.columns) if (!many && c.role === role && c.column !== column) Object.assign(c, { role: null, confidence: 'chosen' });
      Object.assign(
        m.columns.find((c) => c.column === column)!,
        { role, confidence: 'chosen' },
      );
    },
    key,
  );
  const { files, mapping } = app.doc!;
  const next = await app.studio.guess(files, mapping);
  if (app.doc?.mapping === mapping) app.change(label, (d) => void (d.mapping = next), key);
}
