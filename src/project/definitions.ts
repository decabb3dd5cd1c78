import type { FileFacts } from '../core/files.ts';
import type { ProjectDoc } from '../core/project.ts';
import type { Seen } from '../core/rule.ts';

/** What a project says without its data: which files it was made for (content hash and name), how they are read, segments, own tags and settings. */
export type Definitions = Pick<ProjectDoc, 'mapping' | 'settings' | 'segments' | 'ownTags'> & { files: Pick<FileFacts, 'id' | 'name'>[] };

/** Without what was known of its size. */
const unseen = <T extends { seen?: Seen }>({ seen: _counts, ...definition }: T): Omit<T, 'seen'> => definition;

/** The project as a file for the command line or a colleague: no row and no sample of a column, only ids that a rule or an own tag lists itself. */
export const definitionsOf = ({ name, files, mapping, settings, segments, ownTags }: ProjectDoc): Definitions & { schema: 1; name: string } => ({
  schema: 1,
  name,
  files: files.map((f) => ({ id: f.id, name: f.name })),
  mapping,
  settings,
  segments: segments.map(unseen),
  ...(ownTags?.length ? { ownTags: ownTags.map(unseen) } : {}),
});
