import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Who may import whom is kept by scripts/rooms; here what its list says of globals and of React. */
const rooms = JSON.parse(readFileSync(new URL('./scripts/rooms/rooms.json', import.meta.url), 'utf8'));
const filesOf = ({ room }) => (room.endsWith('.tsx') ? `src/${room}` : `src/${room}/**`);
const pageFiles = rooms.filter(({ page }) => page).map(filesOf);
const pureFiles = rooms.filter(({ pure }) => pure).map(filesOf);
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
    files: [...pureFiles, 'src/data/formats/**'],
    rules: { 'no-restricted-globals': ['error', ...domGlobals] },
  },
  {
    files: ['src/run/**'],
    ignores: ['**/*.test.ts'],
    rules: {
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
    files: pageFiles,
    ...reactHooks.configs.flat['recommended-latest'],
  },
  { files: pageFiles.map((files) => files.replace(/\*\*$/, '**/*.tsx')), ...jsxA11y.flatConfigs.strict },
);
