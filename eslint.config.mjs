import boundaries from 'eslint-plugin-boundaries'
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

/** Packages that the pure core may import. */
const corePackages = ['zod', '@orpc/contract', 'fastest-levenshtein']

/** Packages that only one place may import, with that place; the others go through it. */
const electron = { name: 'electron', message: 'Electron is main/electron’s business' }
// Its protocol buffers are plain JavaScript and load nothing.
const tensorflow = {
  regex: '^@tensorflow/(?!tfjs-node/dist/proto/)',
  message: 'TensorFlow is loaded by main/engine/process/tensorflow.ts alone',
  allowTypeImports: true,
}
/** Programs of a process or a worker thread: their own folder does not import them either. */
const started = {
  regex: '(/process/entry|\\.thread)\\.ts$',
  message: 'this file is started, as a process or a worker thread, and imported by nobody',
}
const sqlite = { name: 'better-sqlite3', message: 'SQL lives in main/history alone' }

/**
 * The rule for files that may import none of these.
 * @param {{ name: string, message: string }[]} paths
 * @param {object[]} patterns
 */
function forbid(paths, patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] }
}

/** The parts of the program, as folders; a file belongs to the first that it lies in. */
const parts = {
  core: 'core',
  preload: 'preload',
  messages: 'renderer/messages',
  text: 'renderer/text',
  ui: 'renderer/ui',
  charts: 'renderer/charts',
  state: 'renderer/state',
  panels: 'renderer/panels',
  // Each page by itself.
  page: 'renderer/pages/*',
  windowShell: 'renderer/shell',
  window: 'renderer',
  setup: 'setup',
  // What differs between systems.
  platform: 'main/platform',
  files: 'main/files',
  // What runs in the main process: it starts the engine, asks it, stops it, kills it.
  engineHost: 'main/engine/host',
  // What both processes use; it loads nothing of TensorFlow.
  engineShared: 'main/engine/shared',
  // What runs in the engine process.
  engine: 'main/engine',
  history: 'main/history',
  datasets: 'main/datasets',
  homeSocket: 'main/homeSocket',
  api: 'main/api',
  shells: 'main/shells',
  browser: 'main/browser',
  electron: 'main/electron',
  cli: 'main/cli',
  lab: 'main',
}

/** What shows something on a page may import. */
const belowPages = ['core', 'messages', 'text', 'ui', 'charts', 'state']

/** The window's layers, each above those that it may import. No page may import another. */
const windowLayers = {
  messages: ['core'],
  text: ['core', 'messages'],
  ui: ['core', 'messages', 'text'],
  charts: ['core', 'messages', 'text', 'ui'],
  state: ['core', 'messages', 'text', 'charts'],
  panels: belowPages,
  page: [...belowPages, 'panels'],
  windowShell: belowPages,
  window: [...belowPages, 'page', 'windowShell'],
}

/** The parts of the engine that the rest of main may import. */
const forTheLab = ['engineHost', 'engineShared']

const forTheApi = ['core', 'platform', 'files', 'history', ...forTheLab, 'homeSocket', 'lab']

/** What each part may import besides itself. */
const mayImport = {
  core: [],
  preload: ['core'],
  ...windowLayers,
  platform: ['core', 'setup'],
  files: ['core', 'platform', 'setup'],
  engineHost: ['core', 'platform', 'files', 'engineShared'],
  engineShared: ['core', 'platform', 'files'],
  engine: ['core', 'platform', 'files', 'engineShared'],
  history: ['core', 'platform', 'files'],
  datasets: ['core', 'platform', 'files'],
  homeSocket: ['core', 'platform', 'files'],
  lab: ['core', 'platform', 'files', 'history', ...forTheLab, 'homeSocket'],
  api: forTheApi,
  shells: [...forTheApi, 'api'],
  browser: [...forTheApi, 'api', 'shells'],
  electron: [...forTheApi, 'api', 'shells'],
  cli: [...forTheApi, 'api', 'shells'],
}

/** Single files that are open to others beside the folders above. */
const openFiles = [
  // The format of a checkpoint: main checks files and compares them, without an engine.
  {
    category: 'checkpointFormat',
    pattern: 'main/engine/checkpoint/{checkpointFile,networkWeights,safetensors}.ts',
    openTo: ['lab'],
  },
  {
    category: 'datasetStore',
    pattern: 'main/datasets/datasetStore.ts',
    openTo: ['lab', 'api', 'shells', 'browser', 'electron', 'cli'],
  },
  // What a person takes from a mirror beside data sets.
  {
    category: 'mirrorFiles',
    pattern: 'main/datasets/{mirror/mirrorFiles,jobs/{jobProgress,transferRate}}.ts',
    openTo: ['lab'],
  },
  { category: 'givenPicture', pattern: 'main/datasets/images/givenPicture.ts', openTo: ['lab'] },
  { category: 'datasetImages', pattern: 'main/datasets/images/imageResponse.ts', openTo: ['shells'] },
  { category: 'catalogue', pattern: 'main/datasets/{sets/catalogue,mirror/*}.ts', openTo: ['cli'] },
]

const directions = Object.entries(mayImport).map(([from, to]) => ({
  from: { element: { type: from } },
  // The files of one element may always import each other; two pages are two elements.
  allow: { to: { element: { type: from === 'page' ? to : [from, ...to] } } },
}))

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      // Bundled for the nodes of a cluster, where tfjs-node must be CommonJS.
      'cluster/*.cjs',
      'renderer/messages/compiled/',
      'test-results/',
      'playwright-report/',
      '.set-up/',
    ],
  },
  // What needs types, and what TypeScript's files hold, is judged by oxlint (setup/lint.mjs). Here: who imports whom, and
  // how components are written.
  { files: ['**/*.ts', '**/*.mjs', '**/*.js'], languageOptions: { parser: tseslint.parser } },
  { plugins: { '@typescript-eslint': tseslint.plugin } },
  { files: ['**/*.svelte'], extends: [tseslint.configs.strict] },
  ...svelte.configs.recommended,
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    files: ['**/*.svelte'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      // Props that are bound are written by `let`, and their neighbours with them.
      'prefer-const': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // The directions of imports that docs/folders.md lists.
    files: ['core/**', 'main/**', 'preload/**', 'renderer/**'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.js', '.mjs', '.svelte'] } },
      'boundaries/elements': Object.entries(parts).map(([type, pattern]) => ({ type, pattern, partialMatch: false })),
      'boundaries/files': [
        // The programs lie beside the lab, not in a folder.
        { category: 'program', pattern: 'main/{electron,browser,cli,portable}.ts' },
        ...openFiles.map(({ category, pattern }) => ({ category, pattern })),
        { category: 'package', pattern: 'package.json' },
      ],
    },
    rules: {
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...directions,
            ...openFiles.map(({ category, openTo }) => ({
              from: { element: { type: openTo } },
              allow: { to: { file: { categories: category } } },
            })),
            {
              from: { file: { categories: 'program' } },
              allow: { to: { element: { type: [...forTheApi, 'api', 'shells', 'browser', 'electron', 'cli'] } } },
            },
            { disallow: { to: { file: { categories: 'program' } } } },
            // For the version.
            { from: { element: { type: 'lab' } }, allow: { to: { file: { categories: 'package' } } } },
          ],
        },
      ],
    },
  },
  {
    files: ['core/**'],
    rules: forbid(
      [],
      [
        {
          regex: `^(?!\\.{1,2}/)(?!(${corePackages.join('|')})$)`,
          message: `core is pure: it imports ${corePackages.join(', ')} alone`,
        },
      ],
    ),
  },
  {
    files: ['renderer/**'],
    rules: forbid(
      [electron, sqlite],
      [tensorflow, { regex: '^node:', message: 'the window is a page: it has no Node' }],
    ),
  },
  {
    files: ['main/**'],
    ignores: ['main/history/**', 'main/electron/**', 'main/electron.ts', 'main/engine/process/tensorflow.ts'],
    rules: forbid([electron, sqlite], [tensorflow, started]),
  },
  {
    // What differs between systems stands in one folder.
    files: ['main/**'],
    ignores: ['main/platform/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'platform', message: 'what differs between systems stands in main/platform' },
      ],
    },
  },
  {
    // The same for set-up and the bench. What a packed folder for a system holds beside the program is said where it is made.
    files: ['setup/**', 'bench/**'],
    ignores: ['setup/platform/**', 'setup/package/{launchers,portable,readme}.mjs', 'setup/testCluster.mjs'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'BinaryExpression[operator=/^[!=]==$/] > Literal[value=/^(linux|win32|darwin)$/]',
          message: 'what differs between systems stands in setup/platform',
        },
      ],
    },
  },
  { files: ['main/history/**'], rules: forbid([electron], [tensorflow, started]) },
  { files: ['main/electron/**', 'main/electron.ts'], rules: forbid([sqlite], [tensorflow, started]) },
  { files: ['main/engine/process/tensorflow.ts'], rules: forbid([electron, sqlite], [started]) },
)
