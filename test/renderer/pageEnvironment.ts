import type { Environment } from 'vitest/runtime'

/** Node with modules compiled as for a browser, so that derived states update here too. */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment
