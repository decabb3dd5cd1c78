import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { HEADERS } from './scripts/headers.ts';
import { policyMeta } from './scripts/vite-policy.ts';

// Vitest's reporter needs Map.groupBy, which Node 20 lacks: without it a failing test is not told.
Map.groupBy ??= <K, T>(items: Iterable<T>, key: (item: T, i: number) => K): Map<K, T[]> => {
  const out = new Map<K, T[]>();
  let i = 0;
  for (const item of items) {
    const k = key(item, i++);
    const list = out.get(k);
    if (list) list.push(item);
    else out.set(k, [item]);
  }
  return out;
};

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const BUILDS = {
  app: { outDir: 'dist', target: 'es2023', assetsInlineLimit: 0 },
  cli: {
    ssr: 'src/cli.ts',
    copyPublicDir: false,
    outDir: 'dist-cli',
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'tessera.mjs' } },
  },
  // The engine alone, built and guarded as in the app, for the egress tester.
  'engine-page': { outDir: at('test-results/engine-page'), emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
};

/** One file for the app, the command line (`--mode cli`), the egress tester's engine page (`--mode engine-page`) and the tests. */
export default defineConfig(({ mode }) => ({
  base: './',
  ...(mode === 'engine-page' ? { root: at('test/egress/engine-page'), publicDir: at('public') } : {}),
  plugins: mode === 'cli' ? [] : [svelte({ preprocess: vitePreprocess(), compilerOptions: { runes: true } }), policyMeta()],
  worker: { format: 'es' as const },
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm', 'parquet-wasm'] },
  server: { headers: { ...HEADERS } },
  build: BUILDS[mode === 'cli' || mode === 'engine-page' ? mode : 'app'],
  test: {
    projects: [
      {
        extends: true as const,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
}));
