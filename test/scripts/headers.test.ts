import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CSP, HEADERS, META_CSP } from '../../scripts/headers.ts';
import { headersFile, nginxFile } from '../../scripts/host-files.ts';
import { policyMeta } from '../../scripts/vite-policy.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the policy', () => {
  it('shuts everything by default and opens only the own host', () => {
    expect(CSP.startsWith("default-src 'none'; ")).toBe(true);
    expect(CSP).not.toMatch(/https?:|\*|'unsafe-eval'|allow-popups|allow-forms|allow-top-navigation/);
    expect(HEADERS['Connection-Allowlist']).toBe('(response-origin)');
  });

  it('says the same in a <meta>, less what a <meta> cannot say', () => {
    const header = CSP.split('; ');
    expect(META_CSP.split('; ')).toEqual(header.filter((part) => !/^(frame-ancestors|sandbox) /.test(part)));
  });

  it('is what the host files say: run `npx tsx scripts/write-headers.ts` after a change', () => {
    expect(read('public/_headers')).toBe(headersFile());
    expect(read('docs/nginx.conf')).toBe(nginxFile());
    for (const [name, value] of Object.entries(HEADERS)) {
      expect(headersFile()).toContain(`\n  ${name}: ${value}\n`);
      expect(nginxFile()).toContain(`add_header ${name} "${value}" always;`);
    }
  });

  it('keeps all nginx headers in one location', () => {
    expect(nginxFile().match(/location /g)).toHaveLength(2); // the note above it, and the block
  });

  it('is the first tag of the page', () => {
    const plugin = policyMeta().transformIndexHtml as { handler(html: string): string };
    const html = plugin.handler(read('index.html'));
    expect(html).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
    const scripts = html.match(/<script[^>]*>/g) ?? [];
    expect(scripts[0]).toBe('<script src="/guard.js">');
  });
});
