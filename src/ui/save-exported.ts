import type { Exported } from '../project/studio-api.ts';
import { saveFile } from './parts/save.ts';

/** Hands an exported file to the browser's downloads. */
export const save = (file: Exported): void =>
  saveFile(file.name, file.bytes as Uint8Array<ArrayBuffer>, file.name.endsWith('.csv') ? 'text/csv' : 'application/vnd.apache.parquet');
