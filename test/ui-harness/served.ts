import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { build, preview } from 'vite';

/** Builds the harness into a folder of its own (or takes `HARNESS_DIST`) and serves it. The project's `public/` comes along. */
export async function serveHarness(port: number): Promise<{ url: string; close: () => Promise<void> }> {
  const dist = process.env['HARNESS_DIST'] ?? (await mkdtemp(join(tmpdir(), 'tessera-harness-')));
  const config = {
    configFile: false as const,
    root: resolve('test/ui-harness'),
    publicDir: resolve('public'),
    base: './',
    logLevel: 'error' as const,
    plugins: [svelte({ configFile: false, preprocess: vitePreprocess(), compilerOptions: { runes: true } })],
    build: { outDir: dist, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  };
  if (!process.env['HARNESS_BUILT']) await build(config);
  const server = await preview({ ...config, preview: { port, strictPort: true } });
  return { url: `http://localhost:${port}/index.html`, close: () => server.close() };
}
