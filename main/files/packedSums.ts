import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { problem, type Problem } from '../../core/words/problems.ts'
import { sumsName } from '../../setup/package/sums.mjs'
import { codeOf } from './errorCode.ts'
import { sumOfFile } from './sumOfFile.ts'

export { sumsName }

/** A file of a portable folder. */
export interface ListedFile {
  /** Its path from the folder, with slashes. */
  readonly name: string
  /** SHA-256 in hex. */
  readonly sum: string
}

/** The files that a portable folder must hold; null where the list itself is missing or is none. */
export function listedFiles(folder: string): ListedFile[] | null {
  let text: string
  try {
    text = readFileSync(path.join(folder, sumsName), 'utf8')
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null
    throw thrown
  }
  const lines = text.split('\n').filter((line) => line !== '')
  const files = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line))
  if (files.length === 0 || files.includes(null)) return null
  return files.flatMap((found) => (found === null ? [] : [{ sum: found[1] ?? '', name: found[2] ?? '' }]))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return []
    throw thrown
  }
}

/**
 * The listed files that are not there. It reads folders instead of asking for each file, because a share in a network
 * takes a while for each question.
 */
export function missingOf(folder: string, files: readonly ListedFile[]): string[] {
  const known = new Map<string, ReadonlySet<string>>()
  return files.flatMap(({ name }) => {
    const parent = path.posix.dirname(name)
    const there = known.get(parent) ?? new Set(namesIn(path.join(folder, parent)))
    known.set(parent, there)
    return there.has(path.posix.basename(name)) ? [] : [name]
  })
}

/**
 * The listed files that are there and have another content than when they were packed.
 * @param onFile called before each file, with the number of files that were read
 */
export async function alteredOf(
  folder: string,
  files: readonly ListedFile[],
  onFile: (read: number) => void,
): Promise<string[]> {
  const altered: string[] = []
  for (const [read, { name, sum }] of files.entries()) {
    onFile(read)
    if ((await sumOfFile('sha256', path.join(folder, name))) !== sum) altered.push(name)
  }
  return altered
}

/** What hinders a portable program from starting: a file that is missing; null if none is. */
export function incompleteCopy(folder: string, files = listedFiles(folder)): Problem | null {
  const missing = files === null ? [sumsName] : missingOf(folder, files)
  const [first] = missing
  return first === undefined ? null : problem('copy-incomplete', { file: first, count: missing.length })
}

/**
 * What hinders a portable program from starting: a file that is there with another content; null if none is.
 * @param first those that are looked at
 * @param further those that are counted as well once one of the first is altered
 */
export async function alteredCopy(
  folder: string,
  first: readonly ListedFile[],
  further: readonly ListedFile[],
): Promise<Problem | null> {
  const nobody = (): void => undefined
  const [altered] = await alteredOf(folder, first, nobody)
  if (altered === undefined) return null
  const missing = new Set(missingOf(folder, further))
  const there = further.filter(({ name }) => !missing.has(name))
  return problem('copy-altered', { file: altered, count: (await alteredOf(folder, there, nobody)).length })
}
