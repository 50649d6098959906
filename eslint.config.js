import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Import rule: which packages and rooms a room may not see. The rooms are described in ARCHITECTURE.md. */
const forbid = (...groups) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: groups }],
});
const tfjs = { group: ['@tensorflow/*'], message: 'tfjs lives in layers/ and training/ (worker side) only.' };
const react = {
  group: ['react', 'react-dom', 'react/*', 'recharts', 'zustand', 'zustand/*'],
  message: 'No React here.',
};
const upper = {
  group: ['**/ui/**', '**/store/**', '**/worker/**', '**/training/**', '**/layers/**'],
  message: 'Pure rooms do not know engines, workers, stores or views.',
};
const workerSide = {
  group: [
    '**/layers/**',
    '**/training/tfjs/**',
    '**/training/webgpu/**',
    '**/worker/session/**',
    '**/worker/*.worker',
    '**/worker/*.worker.ts',
  ],
  allowTypeImports: true,
  message: 'The main thread talks to the worker by messages only.',
};
const domGlobals = ['window', 'document', 'navigator', 'localStorage', 'indexedDB', 'GPUDevice', 'fetch'].map(
  (name) => ({
    name,
    message: 'Pure rooms use no DOM, network or GPU.',
  }),
);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'public', 'test-results', 'playwright-report', '.cache'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Index access on typed arrays is everywhere in numeric code and cannot be undefined there.
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-properties': [
        'error',
        { property: 'dataSync', message: 'Synchronous read-back stalls the GPU: use await data().' },
        { property: 'arraySync', message: 'Synchronous read-back stalls the GPU: use await array().' },
      ],
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['network', 'topology', 'energy', 'statistics', 'data/formats', 'glossary'].map(
      (room) => `src/${room}/**`,
    ),
    rules: { ...forbid(tfjs, react, upper), 'no-restricted-globals': ['error', ...domGlobals] },
  },
  {
    // Nothing but the types of tfjs, whose functions are handed in. Tests hold activations against the engines.
    files: ['src/activations/**'],
    ignores: ['src/activations/*.test.ts'],
    rules: {
      ...forbid({ ...tfjs, allowTypeImports: true }, react, upper),
      'no-restricted-globals': ['error', ...domGlobals],
    },
  },
  {
    files: ['src/run/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      ...forbid(tfjs, react, {
        group: [
          '**/ui/**',
          '**/store/**',
          '**/worker/**',
          '**/workbench/**',
          '**/experiments/**',
          '**/training/tfjs/**',
          '**/training/webgpu/**',
        ],
        message: 'A run knows engines by their interface only, and nobody who drives it.',
      }),
      'no-restricted-globals': [
        'error',
        ...domGlobals,
        ...['performance', 'Date', 'setTimeout', 'postMessage', 'MessageChannel'].map((name) => ({
          name,
          message: 'A run knows no clock and no messages: who drives it does.',
        })),
      ],
    },
  },
  {
    files: ['src/cli/**'],
    ignores: ['src/cli/experiments/**', 'src/cli/wgsl*.ts'],
    rules: forbid(tfjs, react, upper),
  },
  {
    files: ['src/experiments/**', 'src/cli/experiments/**'],
    rules: forbid(tfjs, react, {
      regex: '/(ui|store)/',
      message: 'Recipes and their runner know no views.',
    }),
  },
  {
    files: [
      'src/ui/**',
      'src/store/**',
      'src/workbench/**',
      'src/machine/views/**',
      'src/machine/state.ts',
      'src/main.tsx',
    ],
    ignores: ['src/workbench/thread/*.worker.ts'],
    ...reactHooks.configs.flat['recommended-latest'],
    rules: { ...reactHooks.configs.flat['recommended-latest'].rules, ...forbid(tfjs, workerSide) },
  },
  {
    // Drawings are markup and nothing else: no state, no document, so that files are drawn by the same code as the page.
    files: ['src/drawing/**'],
    rules: {
      ...forbid(tfjs, upper, {
        group: ['recharts', 'zustand', '**/workbench/**', '**/experiments/**'],
        message: 'The drawing kit knows no data but its own.',
      }),
      'no-restricted-globals': ['error', ...domGlobals],
    },
  },
  {
    files: ['src/ui/**/*.tsx', 'src/workbench/**/*.tsx', 'src/machine/**/*.tsx'],
    ...jsxA11y.flatConfigs.strict,
  },
  {
    files: ['src/worker/**', 'src/training/**', 'src/layers/**', 'src/data/**'],
    rules: forbid(react, { group: ['**/ui/**', '**/store/**'], message: 'Views are downstream.' }),
  },
);
