import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// Room directions and cycles are held by test/rooms.test.ts, which also sees `import type` inside .svelte files.

const HEADLESS = ['src/{core,stats,engine,ingest,tags,segments,profiles,insights,decisions,measure}/**/*.ts'];

/** What text could become code, or leave the tab, has no place in the app. The policy refuses it; this says so earlier. */
const LEAKS = [
  { selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]', message: 'Text from files stays text.' },
  { selector: 'CallExpression[callee.property.name=/^(insertAdjacentHTML|pushState)$/]', message: 'Text stays text; the app routes by hash only.' },
  { selector: "CallExpression[callee.object.name='window'][callee.property.name='open']", message: 'The policy allows no new windows.' },
  { selector: "SvelteElement[name.name='form']", message: 'The policy allows no forms.' },
  { selector: "SvelteAttribute[key.name='target']", message: 'The policy allows no new windows: show the address as text.' },
];

const ban = (object, property, message) => ({ object, property, message });

export default ts.config(
  { ignores: ['dist/**', 'dist-cli/**', 'node_modules/**', 'test-results/**', 'playwright-report/**', '**/.scratch/**'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node, ...globals.worker } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-undef': 'off', // TypeScript and svelte-check do this with knowledge of types
      'no-eval': 'error',
      eqeqeq: ['error', 'smart'],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-unused-svelte-ignore': 'off',
      'svelte/no-useless-children-snippet': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,svelte}', 'workers/**/*.ts'],
    rules: {
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-restricted-syntax': ['error', ...LEAKS],
    },
  },
  {
    files: HEADLESS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'localStorage', 'sessionStorage'].map((name) => ({ name, message: 'The core runs in Node and in workers too.' })),
      ],
      'no-restricted-properties': [
        'error',
        ban('Math', 'random', 'Splits and samples must be equal everywhere: use the seeded generator.'),
        ban('Date', 'now', 'Everything that depends on time takes asOf.'),
      ],
      'no-restricted-syntax': [
        'error',
        ...LEAKS,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Everything that depends on time takes asOf.' },
      ],
      'no-console': 'error',
    },
  },
  { files: ['src/stats/**/*.ts'], rules: { 'no-loss-of-precision': 'off' } }, // coefficients stand as they were published
  { files: ['src/ui/boot/policy-check.ts'], rules: { 'no-new-func': 'off' } }, // the self-test tries it, to see it refused
  { files: ['*.config.{js,ts}', 'vite.config.ts', 'playwright.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['public/sw.js'], languageOptions: { globals: globals.serviceworker } },
);
