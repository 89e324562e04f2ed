import { Window } from 'happy-dom'
import type { Environment } from 'vitest/runtime'

/** A context of a canvas that draws nothing. What is asked of it is a number where a caller would reckon with it. */
function blankContext(canvas: unknown): object {
  const measured = { width: 0, actualBoundingBoxAscent: 0, actualBoundingBoxDescent: 0 }
  return new Proxy(
    { canvas },
    {
      get: (known, name) => Reflect.get(known, name) ?? (() => measured),
      set: (known, name, value) => Reflect.set(known, name, value),
    },
  )
}

/**
 * A page with a document beside Node's own globals, which stay: a lab runs in the same process. Modules are compiled as
 * for a browser. Nothing is laid out or drawn.
 */
export default {
  name: 'document',
  viteEnvironment: 'client',
  setup(global: typeof globalThis) {
    const page = new Window({ url: 'lab://window/' })
    Reflect.set(page.HTMLCanvasElement.prototype, 'getContext', function (this: unknown) {
      return blankContext(this)
    })
    const names = new Set<string>()
    for (let holder: object = page; holder !== Object.prototype; holder = Object.getPrototypeOf(holder))
      for (const name of Object.getOwnPropertyNames(holder)) if (!(name in global)) names.add(name)
    for (const name of names) {
      const value: unknown = Reflect.get(page, name)
      // Functions of the window, but not its classes, are called without it.
      const isPlain = typeof value === 'function' && !/^[A-Z]/.test(name)
      Object.defineProperty(global, name, {
        configurable: true,
        writable: true,
        value: isPlain ? value.bind(page) : value,
      })
    }
    Object.defineProperty(global, 'window', { configurable: true, value: global })
    return {
      async teardown() {
        for (const name of [...names, 'window']) Reflect.deleteProperty(global, name)
        await page.happyDOM.close()
      },
    }
  },
} satisfies Environment
