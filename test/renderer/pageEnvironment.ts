import type { Environment } from 'vitest/runtime'

/** Node with modules compiled as for a browser, so that derived states update here too, and with frames as a page has. */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: (global) => {
    Object.assign(global, {
      requestAnimationFrame: (action: FrameRequestCallback) => Number(setTimeout(() => action(performance.now()), 1)),
    })
    return { teardown: () => undefined }
  },
} satisfies Environment
