import { test, type TestFunction } from 'vitest'

/** Declares a test, as `test` does. */
type Declare = (name: string, body: TestFunction) => void

function where(suits: boolean, reason: string): Declare {
  if (reason.trim() === '') throw new Error('A test that does not run everywhere says why')
  return (name, body) =>
    test(name, (context) => {
      if (!suits) context.skip(reason)
      return body(context)
    })
}

/**
 * A test that Windows cannot run.
 * @param reason What Windows has not, in a few words. It stands in the report where the test is left out.
 */
export const posixOnly = (reason: string): Declare => where(process.platform !== 'win32', reason)

/** The same for a test that Linux alone can run. */
export const linuxOnly = (reason: string): Declare => where(process.platform === 'linux', reason)
