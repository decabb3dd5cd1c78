import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HEADERS } from '../../scripts/headers.ts';
import { builtFiles, BUILD_LINE, fillServiceWorker, integrityOf } from '../../scripts/sw-build.ts';

const template = readFileSync(new URL('../../public/sw.js', import.meta.url), 'utf8');
const rest = (worker: string): string => worker.replace(BUILD_LINE, '');

describe('the service worker', () => {
  // On a host without headers its own network is all that no policy closes. Whoever changes it reads it whole, then this line.
  it('is the one that was read and approved', () => {
    expect(createHash('sha256').update(rest(template)).digest('hex')).toBe('6727e058310775f4b191319853be792062d1c44b58aa65a49499d1336edac752');
  });

  it('is short, imports nothing and knows one message', () => {
    expect(template.split('\n').length).toBeLessThan(120);
    expect(template).not.toMatch(/importScripts|import\s|import\(|eval|XMLHttpRequest|WebSocket|EventSource|postMessage|clients\.openWindow/);
    expect(template.match(/\bfetch\(/g)).toHaveLength(1);
    expect(template.match(/event\.data/g)).toHaveLength(1);
  });

  it('is filled with the policy and the hash of every file, engine and demo data apart', () => {
    const dist = mkdtempSync(join(tmpdir(), 'tessera-sw-'));
    const put = (name: string, text: string): void => {
      mkdirSync(join(dist, name, '..'), { recursive: true });
      writeFileSync(join(dist, name), text);
    };
    put('index.html', 'page');
    put('assets/a.js', 'code');
    put('assets/engine.wasm', 'engine');
    put('demo/shop.parquet', 'data');
    put('sw.js', template);
    put('_headers', '');
    const files = builtFiles(dist);
    rmSync(dist, { recursive: true });
    expect(files.map(({ name, later }) => [name, later])).toEqual([
      ['assets/a.js', false],
      ['assets/engine.wasm', true],
      ['demo/shop.parquet', true],
      ['index.html', false],
    ]);
    const filled = fillServiceWorker(template, files);
    expect(rest(filled)).toBe(rest(template));
    const line = BUILD_LINE.exec(filled)?.[0].slice('const BUILD = '.length, -1) ?? '';
    const build = JSON.parse(line) as Record<'headers' | 'shell' | 'later', Record<string, string>>;
    expect(build.headers).toEqual(HEADERS);
    expect(build.shell['index.html']).toBe(integrityOf(Buffer.from('page')));
    expect(Object.keys(build.later)).toEqual(['assets/engine.wasm', 'demo/shop.parquet']);
  });

  const dist = new URL('../../dist/sw.js', import.meta.url);
  it.skipIf(!existsSync(dist))('in the built app is the same but for its list', () => {
    expect(rest(readFileSync(dist, 'utf8'))).toBe(rest(template));
  });
});
