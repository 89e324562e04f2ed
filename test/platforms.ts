import { lstatSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
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

const isWindows = process.platform === 'win32'

/**
 * A test that Windows cannot run.
 * @param reason What Windows has not, in a few words. It stands in the report where the test is left out.
 */
export const posixOnly = (reason: string): Declare => where(!isWindows, reason)

/** The same for a test that Linux alone can run. */
export const linuxOnly = (reason: string): Declare => where(process.platform === 'linux', reason)

/** A test that asks another program to end, as Ctrl+C does: programs of Windows can only end each other at once. */
export const withSignals: Declare = posixOnly('Windows has no signals')

/** Whether this user may make links. Wine says that it made one, and makes none. */
function mayLink(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-link-'))
  const link = path.join(folder, 'link')
  try {
    symlinkSync('target', link)
    return lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true
  } catch {
    // Windows names the refusal in several ways.
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A test that makes links, which Windows lets only administrators and developers do. */
export const withLinks: Declare = where(!isWindows || mayLink(), 'this user of Windows may not make links')
