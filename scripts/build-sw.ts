/** Last step of the build: lists the built files with their hashes, for the page (`files.json`) and in the service worker. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtFiles, fillServiceWorker, integrityOf } from './sw-build.ts';

const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
const template = readFileSync(new URL('../public/sw.js', import.meta.url), 'utf8');
const files = builtFiles(dist);
const list = JSON.stringify(files);
writeFileSync(join(dist, 'files.json'), list);
const listFile = { name: 'files.json', bytes: Buffer.byteLength(list), hash: integrityOf(Buffer.from(list)), later: false };
writeFileSync(join(dist, 'sw.js'), fillServiceWorker(template, [...files, listFile]));
const mb = (later: boolean): string => (files.filter((f) => f.later === later).reduce((sum, f) => sum + f.bytes, 0) / 1e6).toFixed(1);
console.log(
  `Service worker: ${files.length + 1} files listed, ${mb(false)} MB kept at first opening, ${mb(true)} MB kept in the background or when first used.`,
);
