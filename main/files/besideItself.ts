import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * A file of one of these names in a portable folder says that home and cache lie there too, so that a stick has all of
 * it. Windows hides the ending that it gives to a new text file.
 */
const markers = ['portable', 'portable.txt']

/**
 * Where a portable program keeps its files when they lie beside it; null where the platform's folders are meant.
 * @param folder the portable folder; null for a program that is not a portable one
 */
export function besideItself(folder: string | null): { home: string; cache: string } | null {
  if (folder === null || !markers.some((name) => existsSync(path.join(folder, name)))) return null
  return { home: path.join(folder, 'home'), cache: path.join(folder, 'cache') }
}
