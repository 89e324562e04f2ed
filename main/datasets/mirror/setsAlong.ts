import { existsSync } from 'node:fs'
import path from 'node:path'
import { packName } from './mirrorLayout.ts'

/**
 * The folder of packed sets in a portable folder, which is laid out as a mirror, if it has this set.
 * @param portable the portable folder; null for a program that is not a portable one
 */
export function placeOfSetAlong(portable: string | null, id: string): string | null {
  if (portable === null) return null
  const folder = path.join(portable, 'datasets')
  return existsSync(path.join(folder, packName(id))) ? folder : null
}
