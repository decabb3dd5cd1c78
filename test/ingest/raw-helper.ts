import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { FileFacts } from '../../src/core/files.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openFile } from '../../src/ingest/open.ts';

/** Opens a CSV text as a dropped file. */
export function rawCsv(engine: Engine, name: string, text: string | Uint8Array, opts: { header?: boolean } = {}): Promise<FileFacts> {
  const source = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return openFile(engine, { name, source }, opts.header === undefined ? {} : { dialect: { header: opts.header } });
}

const DATA = new URL('../../../shared/data/', import.meta.url);
/** Bytes of a file of the shared data, or null (with a printed reason) where that is absent. */
export function sharedData(path: string): Uint8Array | null {
  const url = new URL(path, DATA);
  if (!existsSync(url)) {
    console.warn(`skipped: ../shared/data/${path} is not here`);
    return null;
  }
  const bytes = readFileSync(url);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
