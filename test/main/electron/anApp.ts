import { rm } from 'node:fs/promises'
import { onTestFinished } from 'vitest'
import { startElectron } from '../../../main/electron/app.ts'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import { smallWindow, temporaryFolder } from '../shells/fixtures.ts'
import { double, type BrowserWindowDouble } from './double.ts'

/** Resolves when the app has quit. */
export function hasQuit(): Promise<void> {
  return double.app.quits > 0
    ? Promise.resolve()
    : new Promise((resolve) => double.app.once('has quit', () => resolve()))
}

/** Removes the folder that the app has made for Chromium in the cache. */
export async function removeProfile(): Promise<void> {
  const folder = double.app.paths.get('userData')
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}

/**
 * Starts the Electron shell on the double with a real lab; it is ended after the test. The engine starts when a run
 * does.
 */
export async function anApp(home?: string): Promise<{ window: BrowserWindowDouble; home: string }> {
  const folder = home ?? (await temporaryFolder())
  await startElectron({ home: folder, windowFolder: await smallWindow(), launchEngine: forkEngine, warm: false })
  const window = double.windows.at(-1)
  if (window === undefined) throw new Error('the shell opened no window')
  onTestFinished(async () => {
    if (double.app.quits === 0) window.close()
    await hasQuit()
  })
  return { window, home: folder }
}
