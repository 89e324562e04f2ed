// The sums of all files of a packed program, in the form that `sha256sum --check` reads.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { filesUnder, sumOfFile } from '../fingerprint.mjs'

/** The name of the list in a packed program. */
export const sumsName = 'SHA256SUMS'

/**
 * Writes the list of all files that are in a folder now.
 * @param {string} folder
 */
export async function writeSums(folder) {
  const lines = []
  for (const file of filesUnder([folder]))
    lines.push(`${await sumOfFile(file)}  ${path.relative(folder, file).replaceAll(path.sep, '/')}\n`)
  writeFileSync(path.join(folder, sumsName), lines.join(''))
}
