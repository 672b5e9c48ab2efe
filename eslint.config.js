import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Who may import whom, one way: `ui -> state -> {bridge, storage, deliver} -> contract -> core` (ARCHITECTURE.md). */
const layers = {
  'src/core': {
    closed: ['contract', 'bridge', 'storage', 'deliver', 'charts', 'state', 'ui', 'workers'],
    pure: true,
  },
  'src/contract': { closed: ['bridge', 'storage', 'deliver', 'charts', 'state', 'ui', 'workers'] },
  'src/bridge': { closed: ['storage', 'deliver', 'charts', 'state', 'ui'] },
  'src/storage': { closed: ['bridge', 'deliver', 'charts', 'state', 'ui', 'workers'] },
  'src/deliver': { closed: ['bridge', 'storage', 'charts', 'state', 'ui', 'workers'] },
  'src/charts': { closed: ['contract', 'bridge', 'storage', 'deliver', 'state', 'ui', 'workers'] },
  'src/state': { closed: ['charts', 'ui', 'workers'] },
  'src/ui': { closed: ['bridge', 'storage', 'workers'] },
  workers: { closed: ['bridge', 'storage', 'deliver', 'charts', 'state', 'ui'] },
};

const layerRules = Object.entries(layers).map(([folder, { closed, pure }]) => ({
  files: [`${folder}/**/*.ts`, `${folder}/**/*.svelte`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...closed.map((name) => ({
            group: [`**/${name}/*`, `**/${name}/**`],
            message: `${folder} may not import ${name}: imports go ui -> state -> {bridge, storage, deliver} -> contract -> core, and workers -> contract -> core.`,
          })),
          ...(pure
            ? [{ regex: '^[^.]', message: 'core is pure: it imports nothing from outside core.' }]
            : []),
        ],
      },
    ],
  },
}));

export default ts.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      'tests/must-fail/',
      // AssemblyScript: looks like TypeScript, and is another language.
      'workers/kernels/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.app.json', './tsconfig.worker.json', './tsconfig.test.json'],
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, svelteConfig },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // ESLint does not infer the types of callbacks in markup, and of properties; svelte-check does, and has the last word.
      'no-undef': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // The plugin's rule wants SvelteKit's resolve(); this is one page with #anchors.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'core has no clock.' },
        { name: 'performance', message: 'core has no clock.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness only from core/random.ts.' },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.config.ts', '**/*.d.mts'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { globals: globals.node, parserOptions: { project: null } },
    rules: { ...ts.configs.disableTypeChecked.rules, 'no-restricted-syntax': 'off' },
  },
  ...layerRules,
);
