import path from 'node:path'
import { problem, type Problem } from '../../core/words/problems.ts'
import type { ListedFile } from './packedSums.ts'

/**
 * Characters that the path of a program or library may have on Windows (Microsoft, “Maximum Path Length Limitation”:
 * MAX_PATH, with its end). Node opens other files by a form of their path that has no such limit.
 */
const longestLoaded = 259

/** Files that the system loads by itself. */
const loadedBySystem = /\.(?:exe|dll|node)$/

/**
 * What hinders a portable program from starting on Windows: a path that the system cannot load; null if there is none.
 * @param folder the portable folder, an absolute path
 */
export function tooDeepCopy(
  folder: string,
  files: readonly ListedFile[],
  platform: NodeJS.Platform = process.platform,
): Problem | null {
  if (platform !== 'win32') return null
  const lengthOf = (name: string): number => path.win32.join(folder, name).length
  const loaded = files.map(({ name }) => name).filter((name) => loadedBySystem.test(name))
  const longest = loaded.reduce((sofar, name) => (name.length > sofar.length ? name : sofar), '')
  const length = lengthOf(longest)
  return length <= longestLoaded ? null : problem('copy-too-deep', { file: longest, length, most: longestLoaded })
}
