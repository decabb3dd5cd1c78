import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real files beside the project; tests that need them say so and skip where they are absent. */
export const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
export const hasData = existsSync(DATA);
if (!hasData) console.warn(`skipped: no ${DATA}`);
