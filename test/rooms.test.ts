import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Reading this list aloud is the data flow. A room may import itself, `core`, `stats` and the rooms before it. */
const ROOMS = ['core', 'stats', 'engine', 'ingest', 'tags', 'segments', 'profiles', 'insights', 'decisions', 'measure', 'project', 'ui'];
const ALONE = new Set(['core', 'stats']);

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a file imports: static, re-exported, dynamic, workers started by URL, and type-only unless `types` is false; `.svelte` files too. */
function importsOf(source: string, types = true): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}])\/\/.*$/gm, '$1');
  const patterns = [
    /\bimport\s+(?:type\s+)?(?:[\w*{][^'";]*?\sfrom\s*)?['"]([^'"]+)['"]/g,
    /\bexport\s+(?:type\s+)?[*{][^'";]*?\sfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ];
  const found = patterns.flatMap((pattern) => [...code.matchAll(pattern)]);
  return found.filter(([whole]) => types || !/^\w+\s+type\s/.test(whole)).map((match) => match[1] ?? '');
}

const filesIn = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts'))
        .map((path) => posix.join(folder, path.split(sep).join('/')))
    : [];

const roomOf = (file: string): string | null => {
  const [top, room] = file.split('/');
  return top === 'src' && room !== undefined && !room.includes('.') ? room : null;
};

const oursOf = (file: string, names: readonly string[]): string[] =>
  names
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(root, resolve(root, dirname(file), name.replace(/\?.*$/, ''))))
    .map((path) => path.split(sep).join('/'));

/** Files of ours, each with the files of ours that it imports (`atRunTime`: less types), and the packages. */
const graph = new Map(
  [...filesIn('src'), ...filesIn('workers')].map((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const wanted = importsOf(source);
    const packages = wanted.filter((name) => !name.startsWith('.'));
    return [file, { ours: oursOf(file, wanted), atRunTime: oursOf(file, importsOf(source, false)), packages }] as const;
  }),
);

/** The first cycle found, as a list of files, or null. */
function cycleIn(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const found = visit(file);
    if (found) return found;
  }
  return null;
}

describe('rooms', () => {
  it('are only those of the design', () => {
    const found = new Set([...graph.keys()].map(roomOf).filter((room) => room !== null));
    expect([...found].filter((room) => !ROOMS.includes(room))).toEqual([]);
  });

  it('import only themselves, core, stats and the rooms before them', () => {
    const wrong: string[] = [];
    for (const [file, { ours }] of graph) {
      const from = roomOf(file);
      if (from === null) continue; // doors: workers, the command line, the page's entry
      for (const target of ours) {
        const to = roomOf(target);
        const startsWorker = (from === 'ui' || from === 'engine') && target.startsWith('workers/');
        const allowed = to === from || (to !== null && !ALONE.has(from) && (ALONE.has(to) || ROOMS.indexOf(to) < ROOMS.indexOf(from)));
        if (!allowed && !startsWorker) wrong.push(`${file} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('have no cycle of imports', () => {
    // Starting a worker by URL is not an import: the door may import what the starter imports.
    // A component that contains itself (a group in a group) imports itself: that is how Svelte says recursion.
    const edges = new Map(
      [...graph].map(([file, { atRunTime }]) => [
        file,
        atRunTime.filter((target) => !target.startsWith('workers/') && !(target === file && file.endsWith('.svelte'))),
      ]),
    );
    expect(cycleIn(edges)).toBeNull();
  });

  it('know Svelte, D3 and icons only in ui', () => {
    const wrong = [...graph].filter(([file]) => roomOf(file) !== 'ui' && file !== 'src/main.ts');
    expect(
      wrong.filter(([, { packages }]) => packages.some((name) => /^(svelte|d3|bits-ui|@lucide)(\/|-|$)/.test(name))).map(([file]) => file),
    ).toEqual([]);
  });

  it('have no barrels', () => {
    expect([...graph.keys()].filter((file) => /\/index\.ts$/.test(file))).toEqual([]);
  });

  it('import only files that exist, with their ending', () => {
    const missing = [...graph].flatMap(([file, { ours }]) =>
      ours.filter((target) => !existsSync(join(root, target))).map((target) => `${file}: ${target}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it('sees every way to import', () => {
    const source = `
      import a, { type B } from './a.ts';
      import type { C } from './c.ts';
      import './side.css';
      import * as d from 'd3';
      export { e } from './e.ts';
      export type { F } from './f.ts';
      const g = await import('./g.svelte');
      new Worker(new URL('../../workers/h.ts', import.meta.url), { type: 'module' });
      // import x from './commented.ts';
      /* import y from './commented.ts'; */
      const url = 'https://example.invalid'; import z from './z.ts';`;
    expect(importsOf(source).sort()).toEqual([
      '../../workers/h.ts',
      './a.ts',
      './c.ts',
      './e.ts',
      './f.ts',
      './g.svelte',
      './side.css',
      './z.ts',
      'd3',
    ]);
  });

  it('finds a cycle', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(cycleIn(edges)).toEqual(['b', 'c', 'b']);
    expect(cycleIn(new Map([['a', ['b']]]))).toBeNull();
  });
});
