/** Writes the policy where hosts read it: `public/_headers` (Netlify, Cloudflare Pages) and `docs/nginx.conf`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { headersFile, nginxFile } from './host-files.ts';

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
mkdirSync(at('docs/'), { recursive: true });
writeFileSync(at('public/_headers'), headersFile());
writeFileSync(at('docs/nginx.conf'), nginxFile());
console.log('Wrote public/_headers and docs/nginx.conf.');
