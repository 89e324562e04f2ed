import { spawn } from 'node:child_process'
import type { Way } from './waysToOpen.ts'

/**
 * Starts a program that outlives this one. Resolves with whether it went well once it has ended: a browser that hands
 * the address to one that runs already ends at once, one that stays open ends much later.
 * @param successAfterSeconds A program that runs after this time went well, too; null waits for its end.
 */
function start(way: Way, successAfterSeconds: number | null): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(way.command, way.arguments, { detached: true, stdio: 'ignore', windowsHide: true })
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
   * Gives the ways for a fresh address; asked anew for each try, because a browser that failed may have used up its
   * address.
   */
  readonly ways: () => readonly Way[]
  /** Whether a page has come by now: then a browser that ends badly has just been closed. */
  readonly arrived: () => boolean
  /** Hears which way is being tried. */
  readonly onTry: (way: Way) => void
  /** Seconds after which a browser that runs counts as open; null where `arrived` tells. */
  readonly successAfterSeconds: number | null
}

/**
 * Tries the ways one after the other until one ends well or a page comes.
 * @returns False when none is left.
 */
export async function openWindow(options: OpenOptions): Promise<boolean> {
  for (let tried = 0; ; tried += 1) {
    const way = options.ways()[tried]
    if (way === undefined) return false
    options.onTry(way)
    if ((await start(way, options.successAfterSeconds)) || options.arrived()) return true
  }
}
