import { TesseraError } from '../core/errors.ts';
import type { FileFacts } from '../core/files.ts';
import type { Opened } from './studio-api.ts';

/** The facts of files that must all open; throws the error of the first that did not. */
export const allOpened = (opened: readonly Opened[]): FileFacts[] =>
  opened.map((o) => {
    if (!o.ok) throw new TesseraError(o.error.code, o.error.message, o.error);
    return o.facts;
  });
