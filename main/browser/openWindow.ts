import { spawn } from 'node:child_process'
import type { Way } from '../platform/waysToOpen.ts'

/**
 * Starts a program that outlives this one. Resolves with whether it succeeded. A browser that passes the address to a
 * running one ends at once; one that stays open ends much later.
 * @param successAfterSeconds A program that still runs after this time counts as a success; null waits for its end.
 */
function start(way: Way, successAfterSeconds: number | null): Promise<boolean> {
  return new Promise((resolve) => {
    // Not `windowsHide`: the window of a browser would be hidden too.
    const child = spawn(way.command, way.arguments, { detached: true, stdio: 'ignore' })
    const successTimer =
      successAfterSeconds === null ? undefined : setTimeout(() => resolve(true), successAfterSeconds * 1000)
    const settle = (wentWell: boolean): void => {
      clearTimeout(successTimer)
      resolve(wentWell)
    }
    child.once('error', () => settle(false))
    child.once('exit', (code) => settle(code === 0))
    child.unref()
  })
}

export interface OpenOptions {
  /**
   * Returns the ways for a fresh address. Called for each try, because a browser that failed may have used up its
   * address.
   */
  readonly ways: () => readonly Way[]
  /** Whether a page has connected by now. Then a browser that ends with an error was just closed. */
  readonly arrived: () => boolean
  /** Called with the way that is being tried. */
  readonly onTry: (way: Way) => void
  /** Seconds after which a browser that runs counts as open; null if `arrived` tells. */
  readonly successAfterSeconds: number | null
}

/**
 * Tries the ways one after another until one succeeds or a page connects.
 * @returns False if none is left.
 */
export async function openWindow(options: OpenOptions): Promise<boolean> {
  for (let tried = 0; ; tried += 1) {
    const way = options.ways()[tried]
    if (way === undefined) return false
    options.onTry(way)
    if ((await start(way, options.successAfterSeconds)) || options.arrived()) return true
  }
}
