import type { Draft } from 'mutative';
import type { Dialect, FileMapping } from '../../core/files.ts';
import type { ProjectDoc } from '../../core/project.ts';
import type { Role } from '../../core/roles.ts';
import { BY_YOU } from '../../ingest/evidence.ts';
import type { AppState } from '../state/app.svelte.ts';
import { guessed } from '../state/guessed.ts';
import { dataWords as w, roleTitle } from '../words/en-data.ts';

type Mapped = Pick<AppState, 'doc' | 'change'> & { studio: Pick<AppState['studio'], 'guess'> };
type Read = Mapped & { studio: Pick<AppState['studio'], 'reopen'>; pipeline: Pick<AppState['pipeline'], 'track'> };

/**
 * Changes the mapping of a file; shapes, evidence and questions of all columns follow in the same step of undo. Every change is followed by a look of its own, so
 * the newest mapping is always looked at. What was looked for under a mapping that was changed or taken back meanwhile is dropped: it would bring back what no
 * longer stands.
 */
async function remap(app: Mapped, label: string, file: string, recipe: (mapping: Draft<FileMapping>) => void): Promise<void> {
  const key = `mapping:${crypto.randomUUID()}`;
  app.change(label, (d: Draft<ProjectDoc>) => recipe(d.mapping.files.find((f) => f.file === file)!), key);
  const { files, mapping } = app.doc!;
  const next = await app.studio.guess(files, mapping);
  if (app.doc?.mapping === mapping) app.change(label, (d) => void (d.mapping = next), key);
}

/** Gives a column a role, as a person's choice; another column of the file that had it becomes an attribute. */
export const setRole = (app: Mapped, file: string, column: string, role: Role | null): Promise<void> =>
  remap(app, w.changedRole(column, roleTitle(role)), file, (m) => {
    // What was said of the role before goes at once, also where the look that follows comes to nothing.
    const chosen = { confidence: 'chosen', evidence: BY_YOU, asks: [] } as const;
    const many = role === 'category' || role === 'competitor_price' || role === 'label' || role === null || role.startsWith('mix:');
    for (const c of m.columns) if (!many && c.role === role && c.column !== column) Object.assign(c, { role: null, ...chosen });
    Object.assign(
      m.columns.find((c) => c.column === column)!,
      { role, ...chosen },
    );
  });

/** Answers a question about the values of a column: day or month first, point or comma. */
export const setOption = (app: Mapped, file: string, column: string, ask: 'dayfirst' | 'decimal', value: string): Promise<void> =>
  remap(app, w.changedOption, file, (m) => {
    if (ask === 'dayfirst') m.options.dayFirst = { ...m.options.dayFirst, [column]: value === 'true' };
    else m.options.decimal = { ...m.options.decimal, [column]: value as '.' | ',' };
    const c = m.columns.find((x) => x.column === column)!;
    c.asks = c.asks.filter((a) => a !== ask);
  });

/** Reads a file again in another way; its roles are guessed anew, all else stays as it is when that is known. */
export async function readAgain(app: Read, file: string, dialect: Partial<Dialect>): Promise<void> {
  const fresh = await app.studio.reopen(file, dialect, 'open', app.pipeline.track);
  const next = await guessed(
    () => app.doc,
    (files, previous) => app.studio.guess(files, previous),
    ({ files, mapping }) =>
      files.some((f) => f.id === file)
        ? { files: files.map((f) => (f.id === file ? fresh : f)), previous: { files: mapping.files.filter((m) => m.file !== file) } }
        : null,
  );
  if (next) app.change(w.changedOption, (d) => void Object.assign(d, next));
}
