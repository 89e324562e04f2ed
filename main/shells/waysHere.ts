import path from 'node:path'
import { cacheFolder } from '../files/places.ts'
import { surroundingsHere, waysToOpen, type Way } from '../platform/waysToOpen.ts'

/** The programs that can show an address on this computer, best first. */
export function waysHere(address: string): Way[] {
  return waysToOpen(address, surroundingsHere(path.join(cacheFolder(), 'browser')))
}
