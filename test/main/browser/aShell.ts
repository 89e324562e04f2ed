import { onTestFinished } from 'vitest'
import { openBrowserShell, type BrowserShell, type BrowserShellOptions } from '../../../main/browser/shell.ts'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import { smallWindow, temporaryFolder } from '../shells/fixtures.ts'

/** A browser shell on a home folder of its own, ended after the test. The engine starts when a run does. */
export async function aShell(options: Partial<BrowserShellOptions> = {}): Promise<BrowserShell> {
  const shell = await openBrowserShell({
    home: options.home ?? (await temporaryFolder()),
    windowFolder: options.windowFolder ?? (await smallWindow()),
    port: 0,
    launchEngine: forkEngine,
    warm: false,
    goneSeconds: null,
    ...options,
  })
  onTestFinished(() => shell.end())
  return shell
}

/** Opens an address as a browser does, up to the cookie. */
export async function cookieOf(shell: BrowserShell): Promise<string> {
  const response = await fetch(shell.address(), { redirect: 'manual' })
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
