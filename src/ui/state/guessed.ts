import type { FileFacts, Mapping } from '../../core/files.ts';
import type { ProjectDoc } from '../../core/project.ts';

type Data = Pick<ProjectDoc, 'files' | 'mapping'>;
interface Asked {
  files: FileFacts[];
  previous: Mapping;
}

/**
 * Files and the mapping that is guessed for them, where the guess rests on the document as it stands when it is known: what was changed while it was looked for
 * is asked again, so that nothing chosen meanwhile is overwritten. `ask` says what to guess of a document; null from it or a closed document ends it.
 */
export async function guessed(
  doc: () => Data | null,
  guess: (files: FileFacts[], previous: Mapping) => Promise<Mapping>,
  ask: (doc: Data) => Asked | null,
): Promise<Data | null> {
  for (;;) {
    const before = doc();
    const asked = before && ask(before);
    if (!asked) return null;
    const mapping = await guess(asked.files, asked.previous);
    const now = doc();
    if (now?.files === before.files && now.mapping === before.mapping) return { files: asked.files, mapping };
  }
}
