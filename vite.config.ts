import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { HEADERS } from './scripts/headers.ts';
import { policyMeta } from './scripts/vite-policy.ts';
import { shellInPage } from './scripts/vite-shell.ts';

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
  app: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    // All that the first screen needs comes as one file: some forty small ones cost half a second.
    rollupOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial' as const] }] } } },
  },
  cli: {
    ssr: 'src/cli.ts',
    copyPublicDir: false,
    outDir: 'dist-cli',
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'tessera.mjs' } },
  },
  // The engine alone, built and guarded as in the app, for the egress tester; the project store alone, for the crash tester.
  'engine-page': { outDir: at('test-results/engine-page'), emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  'store-page': { outDir: at('test-results/store-page'), emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
};

const PAGES: Partial<Record<string, string>> = { 'engine-page': 'test/egress/engine-page', 'store-page': 'test/crash/store-page' };

/** One file for the app, the command line (`--mode cli`), the testers' pages (`--mode engine-page`, `store-page`) and the tests. */
export default defineConfig(({ mode }) => {
  const root = PAGES[mode];
  return {
    base: './',
    ...(root ? { root: at(root), publicDir: at('public') } : {}),
    plugins: mode === 'cli' ? [] : [svelte({ preprocess: vitePreprocess(), compilerOptions: { runes: true } }), policyMeta(), shellInPage()],
    worker: { format: 'es' as const },
    optimizeDeps: { exclude: ['@duckdb/duckdb-wasm', 'parquet-wasm'] },
    server: { headers: { ...HEADERS } },
    build: BUILDS[mode in BUILDS ? (mode as keyof typeof BUILDS) : 'app'],
    test: {
      // Files share a process: the engine's module is compiled once. Two cores are both used.
      isolate: false,
      maxWorkers: Math.max(2, availableParallelism() - 1),
      projects: [
        {
          extends: true as const,
          test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'], testTimeout: 60_000, hookTimeout: 60_000 },
        },
      ],
    },
  };
});
