/** What the imports of the app may not do. The direction of the rooms is held by test/rooms.test.ts, which sees `.svelte` files whole. */
module.exports = {
  forbidden: [
    // A component may contain itself: a group of rules holds groups.
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: 'RuleGroup\\.svelte$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?(url|raw|worker)$|^@duckdb/duckdb-wasm/' } },
    {
      name: 'nothing-from-tests-or-scripts',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'only-shipped-packages',
      comment: 'What the app imports is a dependency, not a tool of the build.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '\\.svelte$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], pathNot: 'node_modules/svelte/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js'], exportsFields: ['exports'], conditionNames: ['svelte', 'import', 'default'] },
  },
};
