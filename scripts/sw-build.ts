import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { HEADERS } from './headers.ts';

/** One file of the built app. `later` files (engine, demo data) are kept on first use, or in the background, all others when the app is first opened. */
export interface BuiltFile {
  name: string;
  bytes: number;
  /** As in a subresource integrity attribute: `sha256-<base64>`. */
  hash: string;
  later: boolean;
}

/** The line of the service worker that the build fills. */
export const BUILD_LINE = /^const BUILD = .*;$/m;

// For hosts, not for the page; and files.json would have to hold its own hash.
const LEFT_OUT = new Set(['sw.js', '_headers', 'files.json']);

const isLater = (name: string): boolean => name.endsWith('.wasm') || (name.startsWith('demo/') && name !== 'demo/demos.json');

/** The subresource integrity value of these bytes. */
export const integrityOf = (bytes: Uint8Array): string => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** Every file below `dist` that the page may ask for, by name. */
export function builtFiles(dist: string): BuiltFile[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((path) => join(dist, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, name: relative(dist, path).split(sep).join('/') }))
    .filter(({ name }) => !LEFT_OUT.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ path, name }) => {
      const body = readFileSync(path);
      return { name, bytes: body.length, hash: integrityOf(body), later: isLater(name) };
    });
}

/** The service worker with its one line filled: the policy's headers and the hash of every file. Throws if the line is not there. */
export function fillServiceWorker(template: string, files: readonly BuiltFile[]): string {
  if (!BUILD_LINE.test(template)) throw new Error('The service worker has no BUILD line to fill.');
  const pick = (later: boolean): Record<string, string> => Object.fromEntries(files.filter((f) => f.later === later).map((f) => [f.name, f.hash]));
  const build = JSON.stringify({ headers: HEADERS, shell: pick(false), later: pick(true) });
  return template.replace(BUILD_LINE, () => `const BUILD = ${build};`);
}
