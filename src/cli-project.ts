import { readFile } from 'node:fs/promises';
import { TesseraError } from './core/errors.ts';
import type { FileFacts, Mapping } from './core/files.ts';
import type { Definitions } from './project/definitions.ts';

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Reads a project as the app saves it. Throws PROJECT_INVALID in a sentence. */
export async function readProject(path: string): Promise<Definitions> {
  const invalid = (message: string, cause?: unknown): TesseraError =>
    new TesseraError('PROJECT_INVALID', `${path}: ${message}`, { next: 'Give a project file that Tessera saved.', where: { file: path }, cause });
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalid('the project cannot be read.', cause);
  });
  let doc: unknown;
  try {
    doc = JSON.parse(text);
  } catch (cause) {
    throw invalid('the project is not JSON.', cause);
  }
  if (!isRecord(doc) || doc.schema !== 1) throw invalid('this is no project of this version (schema 1).');
  const { files, mapping, settings, segments, ownTags = [] } = doc;
  const mapped = isRecord(mapping) && Array.isArray(mapping.files);
  if (!Array.isArray(files) || !mapped || !isRecord(settings) || !Array.isArray(segments) || !Array.isArray(ownTags))
    throw invalid('files, mapping, settings, segments or own tags are missing or no lists.');
  return { files, mapping, settings, segments, ownTags } as unknown as Definitions;
}

/** The project's mapping for the files at hand: the same file by its content, else next month's by its name. */
export function carryMapping(project: Definitions, files: FileFacts[]): Mapping {
  const known = new Map(project.files.map((f) => [f.id, f.name]));
  return {
    files: project.mapping.files.flatMap((m) => {
      const now = files.find((f) => f.id === m.file) ?? files.find((f) => f.name === known.get(m.file));
      return now ? [{ ...m, file: now.id }] : [];
    }),
  };
}
