import { svelte } from '@sveltejs/vite-plugin-svelte'
import path from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { tensorflowEnvironment } from './main/engine/shared/tensorflowEnvironment.ts'

// In its test processes vitest replaces `process.env` by a copy, which TensorFlow's library does not read. So its
// settings are made here, where the test processes inherit them.
Object.assign(process.env, tensorflowEnvironment(process.env, null))

// Tests start hundreds of programs from their TypeScript. Node keeps what it compiled of a file's content, and starts them
// in little more than half the time.
process.env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, 'node_modules', '.cache', 'compiled')

/** A module that stands in for another must be the first that is loaded, so these files have a process of their own. */
const withStandIns = ['test/main/electron/**/*.test.ts', 'test/preload/**/*.test.ts']

/** Compiles Svelte's files. */
function withSvelte(): ViteUserConfig {
  return {
    plugins: [svelte()],
    // The plugin has svelte optimized where test environments are loaded. Modules then have addresses with a version, and
    // those are no files to Node on Windows.
    environments: { __vitest__: { optimizeDeps: { exclude: ['svelte'] } } },
  }
}

export default defineConfig({
  test: {
    // TensorFlow allows one backend a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    unstubEnvs: true,
    restoreMocks: true,
    // A test names its tags, or a whole file does: `// @module-tag slow`.
    tags: [
      { name: 'online', description: 'fetches from outside, for example by pip' },
      { name: 'slow', description: 'takes more than some seconds: it trains, or starts programs' },
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['test/core/**/*.test.ts'],
          // Pure functions keep nothing that one test could leave to the next, so their modules are loaded once.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          globalSetup: './test/programs/build.ts',
          include: ['test/**/*.test.ts'],
          exclude: [
            ...['test/core/**', 'test/e2e/**', 'test/cluster/**', 'test/renderer/**', 'node_modules/**'],
            ...withStandIns,
          ],
          // TensorFlow and the lab are loaded once for many files. What these change of their process they put back.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'electron', include: withStandIns },
      },
      {
        extends: true,
        // The states of the window are Svelte modules, and what they compute is computed as in a page.
        ...withSvelte(),
        resolve: { conditions: ['browser'] },
        test: {
          name: 'window',
          include: ['test/renderer/**/*.test.ts'],
          exclude: ['test/renderer/mounted/**'],
          environment: './test/renderer/pageEnvironment.ts',
        },
      },
      {
        extends: true,
        // Components in a document, before a lab in the same process.
        ...withSvelte(),
        // The lab's sockets are Node's.
        resolve: {
          conditions: ['browser'],
          alias: { ws: path.join(import.meta.dirname, 'node_modules/ws/wrapper.mjs') },
        },
        test: {
          name: 'mounted',
          include: ['test/renderer/mounted/**/*.test.ts'],
          environment: './test/renderer/mounted/documentEnvironment.ts',
        },
      },
    ],
  },
})
