// The sums of all files of a packed program, in the form that `sha256sum --check` reads.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { writeFileSync } from 'node:fs'
import { filesUnder } from '../fingerprint.mjs'

/** The name of the list in a packed program. */
export const sumsName = 'SHA256SUMS'

/** @param {string} file */
async function sumOf(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/**
 * Writes the list of all files that are in a folder now.
 * @param {string} folder
 */
export async function writeSums(folder) {
  const lines = []
  for (const file of filesUnder([folder]))
    lines.push(`${await sumOf(file)}  ${path.relative(folder, file).replaceAll(path.sep, '/')}\n`)
  writeFileSync(path.join(folder, sumsName), lines.join(''))
}
