import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { tensorflowEnvironment } from '../../main/engine/shared/tensorflowEnvironment.ts'

Object.assign(process.env, tensorflowEnvironment(process.env, null))

// Apart from the other tests: these install Ray, and take minutes.
export default defineConfig({
  root: path.join(import.meta.dirname, '../..'),
  test: {
    pool: 'forks',
    fileParallelism: false,
    include: ['test/cluster/**/*.test.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    tags: [{ name: 'slow', description: 'takes more than some seconds' }],
  },
})
