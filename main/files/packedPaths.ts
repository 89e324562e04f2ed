import { problem, type Problem } from '../../core/words/problems.ts'
import { longestLoadedPath } from '../platform/longestPath.ts'
import type { ListedFile } from './packedSums.ts'

/** Files that the system loads by itself. */
const loadedBySystem = /\.(?:exe|dll|node)$/

/**
 * What hinders a portable program from starting: a program or library whose path the system cannot load; null if there is
 * none.
 * @param folder the portable folder, an absolute path
 * @param most characters that such a path may have; null: as many as one likes
 */
export function tooDeepCopy(
  folder: string,
  files: readonly ListedFile[],
  most: number | null = longestLoadedPath,
): Problem | null {
  if (most === null) return null
  const loaded = files.map(({ name }) => name).filter((name) => loadedBySystem.test(name))
  const longest = loaded.reduce((sofar, name) => (name.length > sofar.length ? name : sofar), '')
  const length = `${folder}/${longest}`.length
  return length <= most ? null : problem('copy-too-deep', { file: longest, length, most })
}
