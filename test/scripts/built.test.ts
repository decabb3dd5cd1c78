import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { META_CSP } from '../../scripts/headers.ts';
import { standingShell } from '../../scripts/vite-shell.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const BUDGET_BYTES = 200_000;

/** The entry of the page and everything it imports before anything is drawn, as names below `dist`. */
function firstScripts(html: string): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const code = readFileSync(join(dist, name), 'utf8');
    for (const [, target] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)) visit(posix.join(dirname(name), target ?? ''));
  };
  for (const [, name] of html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)) visit(name ?? '');
  return found;
}

describe.skipIf(!existsSync(join(dist, 'index.html')))('the built page', () => {
  const html = existsSync(join(dist, 'index.html')) ? readFileSync(join(dist, 'index.html'), 'utf8') : '';

  it('begins with the policy, then the guard, before any other script', () => {
    const head = html.slice(html.indexOf('<head>') + '<head>'.length).trimStart();
    expect(head.startsWith(`<meta http-equiv="Content-Security-Policy" content="${META_CSP}" />`)).toBe(true);
    expect(html.match(/<script[^>]*>/)?.[0]).toBe('<script src="./guard.js">');
  });

  it('has no inline script or style, and names no other host', () => {
    expect(html).not.toMatch(/<script(?![^>]*src=)[^>]*>|<style|\sstyle="|\son\w+="|https?:\/\//);
  });

  it('shows its bar with the six places before any script has run', () => {
    expect(html).toContain(`<div id="app">${standingShell()}</div>`);
    expect(standingShell().match(/<a href="#\/\w+">/g)).toHaveLength(6);
  });

  it('needs less than 200 kB of script, packed, for the first screen', () => {
    const scripts = [...firstScripts(html)];
    expect(scripts.length).toBeGreaterThanOrEqual(2);
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0);
    console.log(`First screen: ${scripts.length} scripts, ${Math.round(bytes / 1000)} kB packed.`);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
  });
});
