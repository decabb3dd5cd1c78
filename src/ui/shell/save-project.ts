import type { ProjectDoc } from '../../core/project.ts';
import { definitionsOf } from '../../project/definitions.ts';
import { fileName, saveFile } from '../parts/save.ts';

/** Hands the project's definitions to the browser's download, for the command line or a colleague. */
export const saveProject = (doc: ProjectDoc): void =>
  saveFile(fileName(doc.name, 'json'), JSON.stringify(definitionsOf(doc), null, 2), 'application/json');
