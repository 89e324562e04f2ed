import type { Environment } from 'vitest/runtime'

/** Node, for which modules are compiled as for a page: states that follow each other do so here as well. */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment
