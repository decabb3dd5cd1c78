import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEADERS } from '../../scripts/headers.ts';
import { startServer, type Served } from '../../scripts/serve.ts';

const top = mkdtempSync(join(tmpdir(), 'tessera-serve-'));
const dir = join(top, 'dist');
let served: Served;
let bare: Served;

beforeAll(async () => {
  mkdirSync(join(dir, 'assets'), { recursive: true });
  writeFileSync(join(dir, 'index.html'), '<!doctype html><p>x'.padEnd(3000, ' '));
  writeFileSync(join(dir, 'assets', 'e.wasm'), Buffer.alloc(5000));
  writeFileSync(join(dir, 'm.webmanifest'), '{}');
  writeFileSync(join(top, 'secret.txt'), 'secret');
  symlinkSync(join(top, 'secret.txt'), join(dir, 'link.txt'));
  served = await startServer({ dir, port: 0 });
  bare = await startServer({ dir, port: 0, bare: true });
});

afterAll(async () => {
  await served.close();
  await bare.close();
  rmSync(top, { recursive: true });
});

/** Sends the path exactly as written, which fetch would tidy up first. */
const raw = (path: string, method = 'GET'): Promise<{ status: number; body: string }> =>
  new Promise((done, failed) => {
    const { hostname, port } = new URL(served.url);
    const sent = request({ hostname, port, path, method }, (res) => {
      let body = '';
      res.on('data', (part) => (body += String(part))).on('end', () => done({ status: res.statusCode ?? 0, body }));
    });
    sent.on('error', failed).end();
  });

describe('the server', () => {
  it('sends every header on every answer, found or not', async () => {
    for (const path of ['', 'assets/e.wasm', 'm.webmanifest', 'nothing']) {
      const response = await fetch(served.url + path);
      for (const [name, value] of Object.entries(HEADERS)) expect(response.headers.get(name), `${name} of /${path}`).toBe(value);
      const without = await fetch(bare.url + path);
      for (const name of Object.keys(HEADERS)) expect(without.headers.get(name), `${name} of /${path}, bare`).toBeNull();
    }
  });

  it('sends the right media types', async () => {
    const type = async (path: string): Promise<string | null> => (await fetch(served.url + path)).headers.get('Content-Type');
    expect(await type('')).toBe('text/html; charset=utf-8');
    expect(await type('assets/e.wasm')).toBe('application/wasm');
    expect(await type('m.webmanifest')).toBe('application/manifest+json; charset=utf-8');
  });

  it('packs text, and answers an unchanged file with 304', async () => {
    const first = await fetch(served.url, { headers: { 'Accept-Encoding': 'br' } });
    expect(first.headers.get('Content-Encoding')).toBe('br');
    expect((await first.text()).trim()).toBe('<!doctype html><p>x');
    const again = await fetch(served.url, { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await fetch(`${served.url}assets/e.wasm`)).headers.get('Content-Encoding')).toBeNull();
  });

  it('stays in its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/link.txt',
      '/assets',
      '/%00',
      '/%',
    ])
      expect(await raw(path).then(({ status, body }) => [status < 500 && status >= 400, body.includes('secret')]), path).toEqual([true, false]);
  });

  it('answers GET and HEAD only', async () => {
    expect((await raw('/', 'POST')).status).toBe(405);
    expect(await raw('/', 'HEAD')).toEqual({ status: 200, body: '' });
  });

  it('takes the next port when one is busy', async () => {
    const port = Number(new URL(served.url).port);
    const other = await startServer({ dir, port });
    expect(Number(new URL(other.url).port)).toBeGreaterThan(port);
    await other.close();
  });
});
